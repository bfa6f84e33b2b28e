import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { PayoutChange } from './change-payout.ts';
import { isOnItsWay, lastPayout, type PayoutLine, type PayoutReturn, type Settlement } from './settlement.ts';

/** What a bank told of a payout, in states of ISO 20022 as collection has them. Minor units. */
export interface ReportOfPayout {
  readonly state: 'ACCEPTED' | 'PROCESSING' | 'SETTLED' | 'REJECTED' | 'RETURNED';
  readonly amount?: bigint;
  readonly text?: string;
  /** ISO instant, by the bank. */
  readonly at: string;
}

/**
 * What a report makes of a payout; nothing where it tells nothing new. What has failed or come back stays so for ever; what is paid
 * may only come back, and what came back in part may come back further, up to all of it. Reports in any order and number come to
 * the same, but for a bank that says that both are the end of it: then the first counts, and only a return takes the place of a
 * payment. Banks tell what came back on a day in pieces, and again in the statement of the day, added up to there: what is certain
 * to have come back is the largest figure of the day, and only what one is above those before it is new.
 */
export function payoutAfterReport(line: PayoutLine, report: ReportOfPayout): PayoutChange | undefined {
  const { state, amount } = line;
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
    case 'RETURNED': {
      if (!isOpen && state !== 'PAID' && state !== 'RETURNED') return undefined;
      const { returns = [] } = line;
      const on = businessDateOf(new Date(report.at));
      const known = returnedOn(returns, on);
      const others = sum(returns.map((one) => one.amount)) - known;
      const back = smaller(report.amount ?? amount, amount - others) - known;
      if (back <= 0n) return undefined;
      return { state: 'RETURNED', returns: [...returns, { on, amount: back }], ...reason };
    }
  }
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

/** What came back on a day, in all. Minor units. */
export function returnedOn(returns: readonly PayoutReturn[], on: PlainDate): bigint {
  return sum(returns.filter((one) => one.on === on).map((one) => one.amount));
}

/** What is owed to the merchant and not on its way: what failed or came back, is held, or waits for funds. Minor units. */
export function unpaidOf(settlement: Pick<Settlement, 'payouts' | 'payout'>): bigint {
  const last = lastPayout(settlement);
  const isWaiting = last?.state === 'HELD' || last?.state === 'PENDING_FUNDS';
  return owedAgain(settlement) + (isWaiting ? last.amount : 0n);
}
