import { general } from '../../shared/problems/general.ts';
import { Problem } from '../../shared/problems/problem.ts';
import type { KeyRecord } from './assemble.ts';
import type { TransferContent } from './transfer.ts';

/** What became of a command. */
export type Outcome =
  | { readonly outcome: 'TRANSFER'; readonly transfer: TransferContent }
  | { readonly outcome: 'CHANGE'; readonly accountId: string; readonly version: number }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

/** What an earlier command with this key came to; or that the key belongs to another request. */
export function replay(command: { readonly fingerprint: string }, record: KeyRecord): Outcome {
  if (record.fingerprint !== command.fingerprint) {
    const detail = 'This Idempotency-Key came with another request before.';
    return { outcome: 'REFUSED', problem: general['idempotency-key-reused'].with({ detail }) };
  }
  if (record.outcome === 'TRANSFER') return { outcome: 'TRANSFER', transfer: record.transfer };
  if (record.outcome === 'CHANGE') return { outcome: 'CHANGE', accountId: record.accountId, version: record.version };
  return { outcome: 'REFUSED', problem: Problem.fromBody(record.problem) };
}

/** What a caller is told when the attempts are used up: that nothing happened, or that it is not known. */
export function exhausted(unanswered: boolean): Problem {
  if (unanswered) {
    const detail = 'The ledger did not answer. Send the same request with the same key: it tells what became of it.';
    return general.unavailable.with({ detail });
  }
  const detail = 'Too many writers on the same accounts. Nothing was booked; send the same request again.';
  return general['conflict-retry'].with({ detail });
}
