import { describeError, writeLog } from '../../shared/http/log.ts';

/** What a job sees to, a page at a time. */
export interface DuePages<Due> {
  readonly readPage: (after: string | undefined) => Promise<{ readonly due: readonly Due[]; readonly next?: string }>;
  readonly seeTo: (one: Due) => Promise<unknown>;
  /** What the log says of one that failed, and of which. */
  readonly failed: string;
  readonly nameOf: (one: Due) => Readonly<Record<string, string>>;
}

/** Sees to all that are due. One that fails keeps no other from its turn; answers what failed. */
export async function eachDue<Due>({ readPage, seeTo, failed, nameOf }: DuePages<Due>): Promise<unknown[]> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { due, next } = await readPage(after);
    for (const one of due) {
      try {
        await seeTo(one);
      } catch (error) {
        failures.push(error);
        writeLog({ level: 'ERROR', message: failed, ...nameOf(one), error: describeError(error) });
      }
    }
    after = next;
  } while (after !== undefined);
  return failures;
}
