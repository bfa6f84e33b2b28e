import { describe, expect, it } from 'vitest';
import type { ReportedPayment } from '../../../../functions/collection/published.ts';
import { withAskAt } from '../../../../functions/settlement/settlements/ask-at.ts';
import {
  backOf,
  payoutAfterReport,
  unpaidOf,
} from '../../../../functions/settlement/settlements/payout-after-report.ts';
import { retryPayout } from '../../../../functions/settlement/settlements/retry-payout.ts';
import type { PayoutLine, PayoutState, Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import { payoutStates } from '../../../../functions/settlement/settlements/settlement.ts';
import {
  payoutIdOf,
  settlementIdOf,
  settlementOfPayout,
} from '../../../../functions/settlement/settlements/settlement-keys.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import { permutations } from '../../../support/permutations.ts';
import { aMarket, aMerchant } from '../samples.ts';
import { aPayoutLine, aSettlement } from './samples.ts';

const now = new Date('2025-09-29T02:00:00.000Z');
type Told = Omit<ReportedPayment, 'at'> & { readonly at?: string };
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
    const orders = [...permutations([0, 1, 2]), [1, 1, 2, 2, 0, 1]];
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

  it('takes back of a day what the largest figure of it says, in whatever order banks tell pieces and the whole', () => {
    const part = (amount: bigint, day = '2025-09-29'): Told => {
      return { state: 'RETURNED', amount, at: `${day}T02:00:00.000Z` };
    };
    // 4.00 and 3.00 came back: the statement of the day says 7.00, a report in the course of it what had come by then.
    const ofDay = [part(400n), part(300n), part(700n)];
    const orders = [...permutations([0, 1, 2]), [0, 2], [1, 2], [2]];
    for (const order of orders) {
      const told = order.flatMap((place) => ofDay[place] ?? []);
      expect(backOf(lineAfter(aPayoutLine(), told))).toBe(700n);
      const next = [...told, part(400n, '2025-09-30'), ...told];
      expect(backOf(lineAfter(aPayoutLine(), next))).toBe(1_100n);
      const most = [...next, part(9_000n, '2025-10-01')];
      expect(backOf(lineAfter(aPayoutLine(), most))).toBe(10_000n);
    }
  });

  it('takes back each entry of the bank once, told in the course of the day and by its statement, in any order', () => {
    const entry = (name: string, amount: bigint) => ({ references: [name], amount });
    const told = (...entries: ReturnType<typeof entry>[]): Told => {
      return { state: 'RETURNED', amount: entries.reduce((all, one) => all + one.amount, 0n), entries };
    };
    // 4.00 came back twice on the day, and 1.00: the statement has all three.
    const [first, second, third] = [entry('E-1', 400n), entry('E-2', 400n), entry('E-3', 100n)];
    const reports = [told(first), told(second), told(third), told(first, second, third)];
    const back = (places: readonly number[]) =>
      backOf(
        lineAfter(
          aPayoutLine(),
          places.flatMap((place) => reports[place] ?? []),
        ),
      );
    expect(back([0, 1])).toBe(800n);
    expect(back([0, 0])).toBe(400n);
    for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [3], [1, 3, 0, 2], [2, 3, 3]]) expect(back(order)).toBe(900n);
    const nextDay: Told = { ...told(first, second, third), at: '2025-09-29T02:00:00.000Z' };
    expect(backOf(lineAfter(aPayoutLine(), [...reports, nextDay]))).toBe(900n);
  });

  it('knows an entry by any of its references, and by its larger figure', () => {
    const intraday: Told = { state: 'RETURNED', amount: 400n, entries: [{ references: ['TX-1'], amount: 400n }] };
    const statement: Told = {
      ...{ state: 'RETURNED', amount: 500n },
      entries: [{ references: ['E-1', 'TX-1'], amount: 500n }],
    };
    for (const order of [
      [intraday, statement],
      [statement, intraday],
    ]) {
      expect(backOf(lineAfter(aPayoutLine(), order))).toBe(500n);
    }
    // Then by either.
    const later = [intraday, statement, { ...intraday, entries: [{ references: ['E-1'], amount: 500n }] }];
    expect(backOf(lineAfter(aPayoutLine(), later))).toBe(500n);
  });

  it('takes back once what is told by the entry, by its transaction and by both, in any order', () => {
    const told = (amount: bigint, by: 'ENTRY' | 'TRANSACTION' | undefined, ...references: string[]): Told => {
      return { state: 'RETURNED', amount, entries: [{ references, ...(by && { by }), amount }] };
    };
    const back = (...reports: Told[]) => backOf(lineAfter(aPayoutLine(), reports));
    // 4.00 came back: a report of the transaction, one of the entry, and the statement with both.
    const reports = [
      told(400n, 'TRANSACTION', 'TX-1'),
      told(400n, 'ENTRY', 'E-1'),
      told(400n, undefined, 'E-1', 'TX-1'),
    ];
    const orders = [...permutations([0, 1, 2]), [0, 1], [0, 1, 0, 1], [2, 1, 2, 0]];
    for (const order of orders) expect(back(...order.flatMap((place) => reports[place] ?? []))).toBe(400n);
    // 3.00 more, told by its entry alone: that is other money, and by its transaction it is the same.
    const [first, second] = [told(300n, 'ENTRY', 'E-2'), told(300n, 'TRANSACTION', 'TX-2')];
    for (const order of [
      [...reports, first, second],
      [first, second, ...reports],
      [reports[1], first, second, reports[0], reports[2]],
    ]) {
      expect(back(...order.flatMap((report) => report ?? []))).toBe(700n);
    }
    // 4.00 and 3.00 by their entries are 7.00 at once; of a transaction of 3.00 it is not said yet that it is none of these.
    expect(back(told(400n, 'ENTRY', 'E-1'), first)).toBe(700n);
    expect(back(told(400n, 'ENTRY', 'E-1'), second)).toBe(400n);
  });

  it('takes what has no reference for the same as what has one, as far as it goes', () => {
    const named = (name: string, amount: bigint): Told => {
      return { state: 'RETURNED', amount, text: '账户已销户', entries: [{ references: [name], amount }] };
    };
    const bare: Told = { state: 'RETURNED', amount: 400n };
    expect(backOf(lineAfter(aPayoutLine(), [bare, named('E-1', 400n)]))).toBe(400n);
    const both = lineAfter(aPayoutLine(), [named('E-1', 400n), bare, named('E-2', 400n)]);
    expect([backOf(both), both.reason]).toEqual([800n, '账户已销户']);
    expect(backOf(lineAfter(aPayoutLine(), [bare, named('E-1', 300n), named('E-2', 300n)]))).toBe(600n);
  });

  it('takes back of a day without references what its largest figure says: 0.10 and then 0.15 are 0.15', () => {
    const parts = (...amounts: bigint[]): Told[] => amounts.map((amount) => ({ state: 'RETURNED', amount }));
    for (const told of [parts(10n, 15n), parts(15n, 10n, 5n), parts(10n, 5n, 15n)]) {
      expect(backOf(lineAfter(aPayoutLine(), told))).toBe(15n);
    }
  });
});

describe('a payout that is tried again', () => {
  const mended = aMerchant({ payout: { to: 'LEDGER', accountId: 'acc_9' } });
  const retry = (line: PayoutLine, merchant = mended, onlyMended = true) =>
    retryPayout(aSettlement({ payouts: [line] }), merchant, aMarket(), now, { onlyMended });

  it('has a number of its own, goes to the account as it is now, and leaves the earlier ones as they are', () => {
    const failed = aPayoutLine({ state: 'FAILED', reason: '户名不符' });
    expect(retry(failed)?.payouts).toEqual([
      failed,
      {
        ...{ id: failed.id.replace(/-1$/, '-2'), amount: 10_000n, to: mended.payout, state: 'DUE' },
        ...{ askedOn: '2025-09-29', attempt: 1, isRetry: true, changedAt: now.toISOString() },
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
      retryPayout(aSettlement({ payouts: [first, later(state)] }), mended, aMarket(), now, { onlyMended: true });
    expect(again('PAID')?.payouts[2]).toMatchObject({ amount: 300n, state: 'DUE', to: mended.payout });
    for (const state of ['DUE', 'SENDING', 'UNCERTAIN', 'SENT'] as const) expect(again(state)).toBeUndefined();
    expect(withAskAt(aSettlement({ payouts: [first, later('PAID')] }), now).askAt).toBe('2025-09-29T02:50:00.000Z');
  });

  it('goes as far as there is where it waits for funds, once, and the rest under a number of its own', () => {
    const waiting = aPayoutLine({ state: 'PENDING_FUNDS', attempt: 3 });
    const again = (payouts: PayoutLine[], there?: bigint) =>
      retryPayout(aSettlement({ payouts }), mended, aMarket(), now, { onlyMended: true, ...defined({ there }) });
    const linesOf = (settlement: Settlement | undefined) =>
      settlement?.payouts.map(({ amount, attempt, isPart }) => [amount, attempt, isPart]);
    for (const there of [undefined, 10_000n, 10_001n]) {
      expect(linesOf(again([waiting], there))).toEqual([[10_000n, 3, undefined]]);
    }
    for (const there of [0n, -1n]) expect(again([waiting], there)).toBeUndefined();
    const first = again([waiting], 6_000n);
    expect(linesOf(first)).toEqual([[6_000n, 3, true]]);
    expect(first && unpaidOf(first)).toBe(10_000n);
    // Until it is booked it may be more, or less.
    const refused = aPayoutLine({ state: 'PENDING_FUNDS', attempt: 4, amount: 6_000n, isPart: true });
    expect(linesOf(again([refused], 5_000n))).toEqual([[5_000n, 4, true]]);
    expect(linesOf(again([refused], 10_000n))).toEqual([[10_000n, 4, undefined]]);
    const part = aPayoutLine({ state: 'PAID', amount: 6_000n, isPart: true, askedOn: '2025-09-29' });
    const rest = again([part], 4_000n);
    expect(linesOf(rest)?.[1]).toEqual([4_000n, 1, undefined]);
    const waits = { ...(rest?.payouts[1] as PayoutLine), state: 'PENDING_FUNDS' as const };
    for (const payouts of [[part], [part, waits]]) expect(again(payouts, 3_999n)).toBeUndefined();
    // One a day, so that it is not paid by the fen.
    expect(linesOf(again([{ ...part, askedOn: '2025-09-28' }, waits], 3_999n))?.[1]).toEqual([3_999n, 1, true]);
    expect(unpaidOf(aSettlement({ payouts: [part, waits] }))).toBe(4_000n);
    // It goes by itself, also where somebody had what had failed tried again on the same account.
    const sameAccount = [aPayoutLine({ state: 'FAILED', to: mended.payout }), { ...part, to: mended.payout }];
    expect(linesOf(again(sameAccount))?.[2]).toEqual([4_000n, 1, undefined]);
    // But not to an account that had refused, where the part went to another one.
    const changedBack = [aPayoutLine({ state: 'FAILED', to: mended.payout }), { ...part, to: aMerchant().payout }];
    expect(again(changedBack)).toBeUndefined();
    const onItsWay = [{ ...part, state: 'SENT' as const }, aPayoutLine({ state: 'NETTED', amount: 3_000n })];
    expect(again(onItsWay)).toBeUndefined();
    // A part that did not go is none.
    const lost = { ...part, state: 'FAILED' as const };
    expect(linesOf(again([lost, { ...waits, amount: 10_000n }], 6_000n))?.[1]).toEqual([6_000n, 1, true]);
    expect(withAskAt(aSettlement({ payouts: [part] }), now).askAt).toBe('2025-09-29T02:50:00.000Z');
  });

  it('waits by itself until the account was changed, and goes without where somebody asks for it', () => {
    const failed = aPayoutLine({ state: 'FAILED' });
    expect(retry(failed, aMerchant())).toBeUndefined();
    expect(retry(failed, aMerchant(), false)?.payouts).toHaveLength(2);
  });

  it('is looked at, when nothing is owed any more, until the ledger has booked what failed or came back', () => {
    const askAt = (more: Partial<Settlement>) => withAskAt(aSettlement(more), now).askAt;
    const beyond = { cycleId: 'cyc_1', valueDate: '2025-09-29', amount: 0n, beyond: 10_000n, at: now.toISOString() };
    for (const state of ['FAILED', 'RETURNED'] as const) {
      // A cycle has paid the 100.00 meanwhile.
      const line = aPayoutLine({ state });
      expect(askAt({ payouts: [line], netted: [beyond] })).toBeUndefined();
      expect(askAt({ payouts: [{ ...line, isUnbooked: true }], netted: [beyond] })).toBe('2025-09-29T02:50:00.000Z');
      const paid = aPayoutLine({ id: 'later', state: 'PAID' });
      expect(askAt({ payouts: [line, paid] })).toBeUndefined();
      expect(askAt({ payouts: [{ ...line, isUnbooked: true }, paid] })).toBe('2025-09-29T02:50:00.000Z');
    }
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
