import { smaller } from '../../../shared/money/compare.ts';
import { settledBack } from './payout-after-report.ts';
import type { PayoutLine, PayoutReturn, Settlement } from './settlement.ts';

/**
 * A line that failed or came back further, with what of that the merchant does not owe any more: a cycle has paid it beyond what was
 * owed, while the bank had the payout. `after` has the line as it is now.
 */
export function withSettled(before: Settlement, after: Settlement, line: PayoutLine): PayoutLine {
  const settled = settledBack(after) - settledBack(before);
  if (settled <= 0n) return line;
  if (line.state === 'FAILED') return { ...line, settles: settled };
  const known = before.payouts.find(({ id }) => id === line.id)?.returns?.length ?? 0;
  let left = settled;
  const returns = (line.returns ?? []).map((one, place): PayoutReturn => {
    const settles = place < known ? 0n : smaller(left, one.amount);
    left -= settles;
    return settles > 0n ? { ...one, settles } : one;
  });
  return { ...line, returns };
}
