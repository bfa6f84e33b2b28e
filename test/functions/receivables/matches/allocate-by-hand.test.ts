import { describe, expect, it } from 'vitest';
import { explainNamed } from '../../../../functions/receivables/matches/allocate-by-hand.ts';
import { aReceipt } from '../receipt-samples.ts';
import { anInvoice } from '../samples.ts';

const tolerance = { chargeMax: { CNY: 50_00n }, basisPointsMax: 100 };
/** 12,345.67 on 2 March, 2/10 net 30; and 800.00 due before it. */
const large = anInvoice({ number: 'FP-2', amount: 1_234_567n, discount: { basisPoints: 200, withinDays: 10 } });
const small = anInvoice({ number: 'FP-1', amount: 80_000n, dueOn: '2026-03-20' });

function explained(amount: bigint, paidOn: string, ...invoices: (typeof large)[]) {
  const { allocations, onAccount } = explainNamed(aReceipt({ amount, paidOn }), invoices, tolerance);
  return [...allocations.map(({ cash, discount, charge }) => [cash, discount, charge]), onAccount];
}

describe('invoices that somebody names', () => {
  it('are paid in full, and the rest goes on account', () => {
    expect(explained(1_400_000n, '2026-03-02', large, small)).toEqual([
      [80_000n, 0n, 0n],
      [1_234_567n, 0n, 0n],
      85_433n,
    ]);
  });

  it('are cleared with the discount of 246.91 by 12,098.76 on day 10, and on day 11 that is a part', () => {
    expect(explained(1_209_876n, '2026-03-12', large)).toEqual([[1_209_876n, 24_691n, 0n], 0n]);
    expect(explained(1_209_876n, '2026-03-13', large)).toEqual([[1_209_876n, 0n, 0n], 0n]);
  });

  it('have no discount any more once some of them is paid', () => {
    const begun = { ...large, cleared: 1n };
    expect(explained(1_209_875n, '2026-03-12', begun)).toEqual([[1_209_875n, 0n, 0n], 0n]);
  });

  it('are cleared where a bank kept up to 50.00 and a hundredth of what is open, and not a fen more', () => {
    expect(explained(1_229_567n, '2026-03-20', large)).toEqual([[1_229_567n, 0n, 5_000n], 0n]);
    expect(explained(1_229_566n, '2026-03-20', large)).toEqual([[1_229_566n, 0n, 0n], 0n]);
    expect(explained(79_200n, '2026-03-20', small)).toEqual([[79_200n, 0n, 800n], 0n]);
    expect(explained(79_199n, '2026-03-20', small)).toEqual([[79_199n, 0n, 0n], 0n]);
  });

  it('are paid the oldest due first where the money does not reach', () => {
    expect(explained(100_000n, '2026-03-20', large, small)).toEqual([[80_000n, 0n, 0n], [20_000n, 0n, 0n], 0n]);
    expect(explained(50_000n, '2026-03-20', large, small)).toEqual([[50_000n, 0n, 0n], 0n]);
  });
});
