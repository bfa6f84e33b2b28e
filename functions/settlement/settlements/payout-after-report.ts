import type { PayoutChange } from './change-payout.ts';
import { isOnItsWay, type PayoutLine } from './settlement.ts';

/** What a bank told of a payout, in states of ISO 20022 as collection has them. Minor units. */
export interface ReportOfPayout {
  readonly state: 'ACCEPTED' | 'PROCESSING' | 'SETTLED' | 'REJECTED' | 'RETURNED';
  readonly amount?: bigint;
  readonly text?: string;
}

/**
 * What a report makes of a payout; nothing where it tells nothing new. What has failed or come back stays so for ever; what is paid
 * may only come back. Reports in any order and number come to the same, but for a bank that says that both are the end of it:
 * then the first counts, and only a return takes the place of a payment.
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
      if (!isOpen && state !== 'PAID') return undefined;
      const back = report.amount ?? amount;
      return { state: 'RETURNED', returned: back < amount ? back : amount, ...reason };
    }
  }
}

/** What of a line is owed to the merchant again. Minor units. */
export function backOf({
  state,
  amount,
  returned = amount,
}: Pick<PayoutLine, 'state' | 'amount' | 'returned'>): bigint {
  return state === 'FAILED' ? amount : state === 'RETURNED' ? returned : 0n;
}
