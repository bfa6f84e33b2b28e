import { describe, expect, it } from 'vitest';
import { withAskAt } from '../../../../functions/settlement/settlements/ask-at.ts';
import {
  backOf,
  payoutAfterReport,
  type ReportOfPayout,
} from '../../../../functions/settlement/settlements/payout-after-report.ts';
import { retryPayout } from '../../../../functions/settlement/settlements/retry-payout.ts';
import type { PayoutLine, PayoutState } from '../../../../functions/settlement/settlements/settlement.ts';
import { payoutStates } from '../../../../functions/settlement/settlements/settlement.ts';
import {
  payoutIdOf,
  settlementIdOf,
  settlementOfPayout,
} from '../../../../functions/settlement/settlements/settlement-keys.ts';
import { aMarket, aMerchant } from '../samples.ts';
import { aPayoutLine, aSettlement } from './samples.ts';

const now = new Date('2025-09-29T02:00:00.000Z');
type Told = Omit<ReportOfPayout, 'at'> & { readonly at?: string };
/** Told on 2025-09-28 unless on another day. */
const change = (line: PayoutLine, told: Told) => payoutAfterReport(line, { at: '2025-09-28T02:00:00.000Z', ...told });
function lineAfter(line: PayoutLine, reports: readonly Told[]): PayoutLine {
  let now = line;
  for (const report of reports) now = { ...now, ...change(now, report) };
  return now;
}

describe('what a bank tells of a payout', () => {
  it('makes it paid, failed or returned, whatever was known of it before', () => {
    for (const state of ['SENDING', 'UNCERTAIN', 'SENT'] as const) {
      const line = aPayoutLine({ state });
      expect(change(line, { state: 'SETTLED' })).toEqual({ state: 'PAID' });
      expect(change(line, { state: 'REJECTED', text: '户名不符' })).toEqual({
        ...{ state: 'FAILED', reason: '户名不符' },
      });
      expect(change(line, { state: 'RETURNED' })).toEqual({
        state: 'RETURNED',
        returns: [{ on: '2025-09-28', amount: 10_000n }],
      });
    }
    expect(change(aPayoutLine({ state: 'UNCERTAIN' }), { state: 'PROCESSING' })).toEqual({ state: 'SENT' });
  });

  it('comes to one state in any order and number, of what can be true together', () => {
    const told: Told[] = [{ state: 'ACCEPTED' }, { state: 'SETTLED' }, { state: 'RETURNED', amount: 10_000n }];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
      [0, 2, 1],
      [1, 2, 0],
      [1, 1, 2, 2, 0, 1],
    ];
    for (const order of orders) {
      const reports = order.flatMap((place) => told[place] ?? []);
      expect(lineAfter(aPayoutLine(), reports)).toMatchObject({ state: 'RETURNED', returns: [{ amount: 10_000n }] });
    }
  });

  it('never moves what has failed or come back', () => {
    for (const state of ['FAILED', 'RETURNED'] as const) {
      for (const report of ['ACCEPTED', 'PROCESSING', 'SETTLED', 'REJECTED', 'RETURNED'] as const) {
        expect(change(aPayoutLine({ state }), { state: report })).toBeUndefined();
      }
    }
    expect(change(aPayoutLine({ state: 'PAID' }), { state: 'REJECTED' })).toBeUndefined();
  });

  it('takes back no more than was paid', () => {
    expect(backOf(lineAfter(aPayoutLine(), [{ state: 'RETURNED', amount: 20_000n }]))).toBe(10_000n);
    expect(backOf(lineAfter(aPayoutLine(), [{ state: 'RETURNED', amount: 400n }]))).toBe(400n);
  });

  it('counts each return of a part, however often it is told, up to all that was paid', () => {
    const part = (amount: bigint, day: string): Told => ({ state: 'RETURNED', amount, at: `${day}T02:00:00.000Z` });
    const parts = [part(400n, '2025-09-29'), part(300n, '2025-09-29'), part(400n, '2025-09-30')];
    // A statement tells the two of a day as one.
    const asOne = part(700n, '2025-09-29');
    for (const told of [parts, [...parts, ...parts, asOne], [...parts].reverse()]) {
      expect(backOf(lineAfter(aPayoutLine(), told))).toBe(1_100n);
    }
    const most = lineAfter(aPayoutLine(), [...parts, part(9_000n, '2025-10-01')]);
    expect([backOf(most), most.returns?.length]).toEqual([10_000n, 4]);
  });
});

describe('a payout that is tried again', () => {
  const mended = aMerchant({ payout: { to: 'LEDGER', accountId: 'acc_9' } });
  const retry = (line: PayoutLine, merchant = mended, onlyMended = true) =>
    retryPayout(aSettlement({ payouts: [line] }), merchant, aMarket(), now, onlyMended);

  it('has a number of its own, goes to the account as it is now, and leaves the earlier ones as they are', () => {
    const failed = aPayoutLine({ state: 'FAILED', reason: '户名不符' });
    expect(retry(failed)?.payouts).toEqual([
      failed,
      {
        ...{ id: failed.id.replace(/-1$/, '-2'), amount: 10_000n, to: mended.payout, state: 'DUE' },
        ...{ askedOn: '2025-09-29', attempt: 1, changedAt: now.toISOString() },
      },
    ]);
    expect(
      retry(aPayoutLine({ state: 'RETURNED', returns: [{ on: '2025-09-29', amount: 400n }] }))?.payouts[1]?.amount,
    ).toBe(400n);
  });

  it('is tried again of what came back since of an earlier one, once the later one is done', () => {
    const returns = [400n, 300n].map((amount, day) => ({ on: `2025-09-${29 + day}`, amount }));
    const first = aPayoutLine({ state: 'RETURNED', returns });
    const later = (state: PayoutState) => aPayoutLine({ id: 'later', amount: 400n, to: mended.payout, state });
    const again = (state: PayoutState) =>
      retryPayout(aSettlement({ payouts: [first, later(state)] }), mended, aMarket(), now, true);
    expect(again('PAID')?.payouts[2]).toMatchObject({ amount: 300n, state: 'DUE', to: mended.payout });
    for (const state of ['DUE', 'SENDING', 'UNCERTAIN', 'SENT'] as const) expect(again(state)).toBeUndefined();
    expect(withAskAt(aSettlement({ payouts: [first, later('PAID')] }), now).askAt).toBe('2025-09-29T02:50:00.000Z');
  });

  it('waits by itself until the account was changed, and goes without where somebody asks for it', () => {
    const failed = aPayoutLine({ state: 'FAILED' });
    expect(retry(failed, aMerchant())).toBeUndefined();
    expect(retry(failed, aMerchant(), false)?.payouts).toHaveLength(2);
  });

  it('is the same line where it never went: held, or short of funds', () => {
    for (const state of ['HELD', 'PENDING_FUNDS'] as const) {
      expect(retry(aPayoutLine({ state, attempt: 3 }))?.payouts).toMatchObject([
        { state: 'DUE', attempt: 3, to: mended.payout },
      ]);
    }
  });

  it('is not, of what is due, on its way or paid, or of a suspended merchant', () => {
    const never: PayoutState[] = ['DUE', 'SENDING', 'UNCERTAIN', 'SENT', 'PAID'];
    for (const state of never) expect(retry(aPayoutLine({ state }), mended, false)).toBeUndefined();
    for (const state of payoutStates) {
      expect(retry(aPayoutLine({ state }), { ...mended, state: 'SUSPENDED' }, false)).toBeUndefined();
    }
  });
});

describe('the number of a payout at the bank', () => {
  it('leads back to its settlement, and no other number does', () => {
    const id = settlementIdOf({ tenant: 'demo', merchantId: 'mer_a', date: '2025-09-28', sequence: 0 });
    expect(payoutIdOf(id, 12)).toMatch(/^[0-9A-Z]{26}-12$/);
    expect(settlementOfPayout(payoutIdOf(id, 12))).toBe(id);
    for (const other of ['A1', id, payoutIdOf(id, 1).slice(1), `${payoutIdOf(id, 1)}x`]) {
      expect(settlementOfPayout(other)).toBeUndefined();
    }
  });
});
