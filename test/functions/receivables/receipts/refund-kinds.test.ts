import { describe, expect, it } from 'vitest';
import { bookingsOf } from '../../../../functions/receivables/booking/bookings-of.ts';
import { allocateByHand } from '../../../../functions/receivables/matches/allocate-by-hand.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { refundReceipt } from '../../../../functions/receivables/matches/refund-receipt.ts';
import { undoReturned } from '../../../../functions/receivables/matches/undo-returned.ts';
import { presentRefund } from '../../../../functions/receivables/receipts/present-receipt.ts';
import type { Refund } from '../../../../functions/receivables/receipts/receipt.ts';
import { refundToPlain } from '../../../../functions/receivables/receipts/receipt-items.ts';
import { statementOf } from '../../../../functions/receivables/reports/statement.ts';
import { aReceipt, byId, step } from '../receipt-samples.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** 1,000.00 were put on account, 30.00 of them given back from there, and then the bank took all of it back. */
async function restored(): Promise<{ readonly given: Refund; readonly refund: Refund }> {
  const use = allocateByHand({ customerId: 'cus_1', invoices: [], onAccount: 100_000n, from: 'UNAPPLIED' });
  const { receipt, match } = applyExplanation(aReceipt(), byId(), use, step);
  const asked = { id: 'rfd_1', amount: 3_000n, fromOnAccount: 3_000n, reason: '多付' };
  const given = refundReceipt(receipt, asked, step);
  const history = { matches: [match], refunds: [given.refund] };
  const none = { readInvoices: async () => new Map() };
  const { refund } = await undoReturned(none, given.receipt, match, history, '退汇', step);
  if (!refund) throw new Error('Nothing was put on account again.');
  return { given: given.refund, refund };
}

const period = { from: '2026-01-01', to: '2026-12-31' } as const;
const told = (refund: Refund) => bookingsOf({ kind: 'INSERT', item: refundToPlain(refund) })[0]?.description;

describe('what goes back of a receipt', () => {
  it('and moves no money says so, and how much is on account again', async () => {
    const { refund } = await restored();
    expect(presentRefund(refund)).toMatchObject({
      kind: 'ON_ACCOUNT_RESTORED',
      amount: yuan('0.00'),
      fromOnAccount: yuan('0.00'),
      toOnAccount: yuan('30.00'),
    });
    const { lines } = statementOf([{ kind: 'REFUND', refund }], period);
    expect(lines).toMatchObject([
      { kind: 'ON_ACCOUNT_RESTORED', effect: -3_000n, paid: { cash: 0n, onAccount: 3_000n } },
    ]);
    expect(told(refund)).toBe('预收冲回 On account again');
  });

  it('is told apart by who gave it back, and whether it did', async () => {
    const { given } = await restored();
    const byBank = { ...given, returnOf: 'rtc_1' };
    const reversed = { ...byBank, amount: -3_000n, fromOnAccount: -3_000n };
    const shown = [given, byBank, reversed].map((one) => [presentRefund(one).kind, told(one)]);
    expect(shown).toEqual([
      ['REFUND', '退款 Refund'],
      ['RETURNED', '退汇 Taken back by the bank'],
      ['RETURN_REVERSED', '退汇冲回 Not taken back by the bank'],
    ]);
    expect(presentRefund(reversed)).toMatchObject({ amount: yuan('-30.00'), fromOnAccount: yuan('-30.00') });
  });
});
