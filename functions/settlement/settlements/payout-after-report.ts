import { backAfter } from '../../../shared/money/came-back.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ReportedPayment } from '../../collection/published.ts';
import type { PayoutChange } from './change-payout.ts';
import { isOnItsWay, lastPayout, type PayoutLine, type Settlement } from './settlement.ts';

/**
 * What a report makes of a payout; nothing where it tells nothing new. What has failed or come back stays so for ever; what is paid
 * may only come back, and what came back in part may come back further, up to all of it. Reports in any order and number come to
 * the same, but for a bank that says that both are the end of it: then the first counts, and only a return takes the place of a
 * payment. How much came back is worked out by backAfter.
 */
export function payoutAfterReport(line: PayoutLine, report: ReportedPayment): PayoutChange | undefined {
  const { state } = line;
  const isOpen = isOnItsWay(state);
  const reason = report.text === undefined ? {} : { reason: report.text };
  switch (report.state) {
    case 'ACCEPTED':
    case 'PROCESSING':
      return isOpen && state !== 'SENT' ? { state: 'SENT' } : undefined;
    case 'SETTLED':
      return isOpen ? { state: 'PAID' } : undefined;
    case 'REJECTED':
      return isOpen ? { state: 'FAILED', ...reason } : undefined;
    case 'RETURNED':
      return isOpen || state === 'PAID' || state === 'RETURNED' ? returned(line, report) : undefined;
  }
}

function returned(line: PayoutLine, report: ReportedPayment): PayoutChange | undefined {
  const after = backAfter(line, report);
  return after && { state: 'RETURNED', ...after, ...defined({ reason: report.text ?? line.reason }) };
}

/** What of a line is owed to the merchant again. Minor units. */
export function backOf({ state, amount, returns = [] }: Pick<PayoutLine, 'state' | 'amount' | 'returns'>): bigint {
  return state === 'FAILED' ? amount : sum(returns.map((one) => one.amount));
}

type Paid = Pick<Settlement, 'payouts' | 'payout' | 'netted'>;

/**
 * What of a settlement has no payout that stands, is on its way or waits: it failed or came back and was not tried again, or it is the
 * rest of a part. What a cycle has paid beyond what was owed makes up for as much of that. Minor units.
 */
export function owedAgain(settlement: Paid): bigint {
  return notStanding(settlement) - settledBack(settlement);
}

/** What of all that cycles paid beyond what was owed the merchant does not owe any more, for as much did not go or came back. */
export function settledBack(settlement: Paid): bigint {
  return smaller(sum((settlement.netted ?? []).map(({ beyond }) => beyond)), notStanding(settlement));
}

function notStanding({ payouts, payout }: Paid): bigint {
  return payout + sum(payouts.map(backOf)) - sum(payouts.map(({ amount }) => amount));
}

/**
 * What is owed to the merchant and not on its way: it failed or came back, is held or waits for funds. What waits is asked for again and
 * again: it waits until it is booked. Minor units.
 */
export function unpaidOf(settlement: Paid): bigint {
  const last = lastPayout(settlement);
  if (!last) return owedAgain(settlement);
  // Each refusal of the ledger has spent a name.
  const isAskedAgain = last.state === 'DUE' && last.attempt > 1;
  const isWaiting = last.state === 'HELD' || last.state === 'PENDING_FUNDS' || isAskedAgain;
  return owedAgain(settlement) + (isWaiting ? last.amount : 0n);
}
