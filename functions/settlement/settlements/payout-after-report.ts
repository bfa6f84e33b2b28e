import { backAfter, type ReturnEntry } from '../../../shared/money/came-back.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { PayoutChange } from './change-payout.ts';
import { isOnItsWay, lastPayout, type PayoutLine, type Settlement } from './settlement.ts';

/** What a bank told of a payout, in states of ISO 20022 as collection has them. Minor units. */
export interface ReportOfPayout {
  readonly state: 'ACCEPTED' | 'PROCESSING' | 'SETTLED' | 'REJECTED' | 'RETURNED';
  readonly amount?: bigint;
  /** The bank's entries that say so, each by its references; none where it does not name them. */
  readonly entries?: readonly Pick<ReturnEntry, 'references' | 'amount'>[];
  readonly text?: string;
  /** ISO instant, by the bank. */
  readonly at: string;
}

/**
 * What a report makes of a payout; nothing where it tells nothing new. What has failed or come back stays so for ever; what is paid
 * may only come back, and what came back in part may come back further, up to all of it. Reports in any order and number come to
 * the same, but for a bank that says that both are the end of it: then the first counts, and only a return takes the place of a
 * payment.
 */
export function payoutAfterReport(line: PayoutLine, report: ReportOfPayout): PayoutChange | undefined {
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

function returned(line: PayoutLine, report: ReportOfPayout): PayoutChange | undefined {
  const after = backAfter(line, report);
  return after && { state: 'RETURNED', ...after, ...defined({ reason: report.text ?? line.reason }) };
}

/** What of a line is owed to the merchant again. Minor units. */
export function backOf({ state, amount, returns = [] }: Pick<PayoutLine, 'state' | 'amount' | 'returns'>): bigint {
  return state === 'FAILED' ? amount : sum(returns.map((one) => one.amount));
}

/**
 * What of a settlement's payouts failed or came back, and was not tried again. The first is of all that is paid out, unless a part of it
 * was netted. Minor units.
 */
export function owedAgain({ payouts, payout }: Pick<Settlement, 'payouts' | 'payout'>): bigint {
  return payout + sum(payouts.map(backOf)) - sum(payouts.map(({ amount }) => amount));
}

/** What is owed to the merchant and not on its way: what failed or came back, is held, or waits for funds. Minor units. */
export function unpaidOf(settlement: Pick<Settlement, 'payouts' | 'payout'>): bigint {
  const last = lastPayout(settlement);
  const isWaiting = last?.state === 'HELD' || last?.state === 'PENDING_FUNDS';
  return owedAgain(settlement) + (isWaiting ? last.amount : 0n);
}
