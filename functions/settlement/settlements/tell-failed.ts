import { describeError, writeLog } from '../../../shared/http/log.ts';
import type { Run } from './run.ts';

/** Logs what of a run could not be done, of whom, and why: the run goes on with the others, and tries it again. */
export function tellFailed(
  { tenant, id: runId }: Run,
  message: string,
  of: Readonly<Record<string, unknown>>,
  error: unknown,
): void {
  writeLog({ level: 'ERROR', message, tenant, runId, ...of, error: describeError(error) });
}
