import { describe, expect, it } from 'vitest';
import { movedBy, movedOnMarket } from '../../../../functions/settlement/settlements/moved-by.ts';
import type { NettedPayout, PayoutLine, Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import { at } from '../samples.ts';
import { aPayoutLine, aSettlement } from './samples.ts';

/** What a settlement moved: on the account of what is owed to its merchant, and on those of the market. */
function moved(payouts: readonly PayoutLine[], more: Partial<Settlement> = {}) {
  const settlement = aSettlement({ payouts, ...more });
  return { payable: movedBy(settlement), ...movedOnMarket(settlement) };
}
const nothing = { payable: 0n, inTransit: 0n, paidOut: 0n, claims: 0n };
/** A cycle has paid 100.00, of which so much was not owed. */
const netted = (beyond: bigint): NettedPayout => ({
  ...{ cycleId: 'cyc_1', valueDate: '2025-09-29', amount: 10_000n - beyond, beyond, at },
});

describe('what a settlement moved on the accounts of its market', () => {
  it('is nothing while it waits, or where it never was on its way', () => {
    for (const state of ['DUE', 'HELD', 'PENDING_FUNDS', 'FAILED'] as const) {
      expect(moved([aPayoutLine({ state })])).toEqual(nothing);
    }
  });

  it('is on its way until it arrives, and then paid out; to an account of the ledger it is neither', () => {
    for (const state of ['SENDING', 'UNCERTAIN', 'SENT'] as const) {
      expect(moved([aPayoutLine({ state })])).toEqual({ ...nothing, payable: -10_000n, inTransit: 10_000n });
    }
    expect(moved([aPayoutLine({ state: 'PAID' })])).toEqual({ ...nothing, payable: -10_000n, paidOut: 10_000n });
    const to = { to: 'LEDGER', accountId: 'acc_9' } as const;
    expect(moved([aPayoutLine({ state: 'PAID', to })])).toEqual({ ...nothing, payable: -10_000n });
  });

  it('is paid out less what came back, and again what was sent for it', () => {
    const returned = aPayoutLine({ state: 'RETURNED', returns: [{ on: '2025-09-29', amount: 400n }] });
    expect(moved([returned])).toEqual({ ...nothing, payable: -9_600n, paidOut: 9_600n });
    const again = aPayoutLine({ id: 'later', state: 'SENT', amount: 400n });
    expect(moved([returned, again])).toEqual({ ...nothing, payable: -10_000n, paidOut: 9_600n, inTransit: 400n });
  });

  it('is paid out by a cycle, and what that paid beyond what was owed the merchant owes until a payout fails or comes back', () => {
    const line = aPayoutLine({ state: 'NETTED' });
    expect(moved([line], { netted: [netted(0n)] })).toEqual({ ...nothing, payable: -10_000n, paidOut: 10_000n });
    const paid = aPayoutLine({ state: 'PAID' });
    expect(moved([paid], { netted: [netted(10_000n)] })).toEqual({
      ...{ payable: -10_000n, inTransit: 0n, paidOut: 20_000n, claims: -10_000n },
    });
    const failed = aPayoutLine({ state: 'FAILED', settles: 10_000n });
    const returned = aPayoutLine({
      ...{ state: 'RETURNED', returns: [{ on: '2025-09-29', amount: 10_000n, settles: 10_000n }] },
    });
    for (const one of [failed, returned]) {
      expect(moved([one], { netted: [netted(10_000n)] })).toEqual({
        ...{ payable: -10_000n, inTransit: 0n, paidOut: 10_000n, claims: 0n },
      });
    }
  });

  it('is what the market gave where a shortfall is billed, once that is booked', () => {
    expect(moved([], { billed: 300n, bill: { attempt: 1 } })).toEqual(nothing);
    expect(moved([], { billed: 300n, bill: { attempt: 2, isBooked: true } })).toEqual({ ...nothing, payable: 300n });
  });
});
