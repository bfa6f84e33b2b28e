import { MINUTE_MS } from '../../../shared/time/durations.ts';

/** Failures without a step between them, after which a run has failed for good: some four hours. */
export const attemptsMax = 5;
const firstDistanceMs = 15 * MINUTE_MS;

/** How long a run waits after so many failures: 15 minutes, 30, 60 … */
export function distanceMs(failures: number): number {
  return failures === 0 ? 0 : firstDistanceMs * 2 ** (failures - 1);
}

/** Receipts of a block of a run that could not be matched; what caused it is in `errors`. */
export class ReceiptsNotMatchedError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} ${errors.length === 1 ? 'receipt' : 'receipts'} of it could not be matched.`);
  }
}

/** Why a run did not get on, as its owner may read it. What nobody foresaw is in the log alone. */
export function reasonOf(error: unknown): string {
  return error instanceof ReceiptsNotMatchedError
    ? error.message
    : 'Something unforeseen stopped it; the log has it under the id of the run.';
}

/** A run that has failed for good. */
export function failed(failure: string, now: Date) {
  return { state: 'FAILED', failure, endedAt: now.toISOString() } as const;
}
