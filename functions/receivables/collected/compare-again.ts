import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { writeLog } from '../../../shared/http/log.ts';
import { changed } from '../matches/step.ts';
import type { ToldTools } from '../tools.ts';
import { type CollectedCredit, collectedState, differenceOf } from './collected-credit.ts';

interface Tools extends Pick<ToldTools, 'store'> {
  readonly collection: Pick<ToldTools['collection'], 'collectedUnder'>;
}

/** Read together. */
const perPage = 100;

/** Who compares, where nobody asked for it. */
const comparing = { client: 'matching', role: 'system' };

/**
 * Compares all that differed, or was told of since it was compared, of every tenant, with what the orders have brought by now: a statement
 * may come before the bank says what became of each order, and orders bring and give back after it. Throws where some could not be
 * compared, after all were tried.
 */
export async function compareAgain(tools: Tools, now: Date): Promise<void> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { collected, next } = await tools.store.listToCompare(after, perPage);
    for (const one of collected) {
      await compareOne(tools, one, now).catch((error: unknown) => failures.push(error));
    }
    after = next;
  } while (after !== undefined);
  if (failures.length > 0) throw new AggregateError(failures, 'Some files of collections could not be compared.');
}

async function compareOne({ store, collection }: Tools, { tenant, id }: CollectedCredit, now: Date): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readCollected(tenant, id);
    const file = before && (await collection.collectedUnder(tenant, before.fileId));
    if (!before || !file) return { answer: undefined };
    const { orders, settled, returned } = file;
    const isSame = before.settled === settled && before.returned === returned;
    if (before.comparedAgain && isSame) return { answer: undefined };
    const at = now.toISOString();
    const says = { orders, settled, returned, comparedAgain: true as const, comparedAt: at };
    const next = changed<CollectedCredit>(before, says, { at, cause: { ...comparing, requestId: id } });
    if (collectedState(next) === 'DIFFERS') warn(next);
    return { answer: undefined, write: () => store.replaceCollected(next, before) };
  });
}

function warn(collected: CollectedCredit): void {
  const { tenant, id, currency } = collected;
  const difference = String(differenceOf(collected));
  const message = 'statements and orders of a file of collections differ';
  writeLog({ level: 'WARN', message, tenant, collectedCreditId: id, currency, difference });
}
