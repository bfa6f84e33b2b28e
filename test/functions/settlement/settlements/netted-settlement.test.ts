import { describe, expect, it } from 'vitest';
import { service } from '../../../../functions/settlement/service.ts';
import {
  isInNetting,
  type PaidByCycle,
  placedInNetting,
  settlementAfterNetting,
} from '../../../../functions/settlement/settlements/netted-settlement.ts';
import { owedAgain, unpaidOf } from '../../../../functions/settlement/settlements/payout-after-report.ts';
import { retryPayout } from '../../../../functions/settlement/settlements/retry-payout.ts';
import { withSettled } from '../../../../functions/settlement/settlements/settled-back.ts';
import type { NettingPlace, PayoutState, Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import { nettingTypes } from '../../../../functions/settlement/settlements/take-netting.ts';
import { aMarket, aMerchant } from '../samples.ts';
import { aPayoutLine, aSettlement } from './samples.ts';

const tuesday = 'cyc_group_2026-03-31';
const wednesday = 'cyc_group_2026-04-01';
const now = new Date('2026-04-02T02:00:00.000Z');
/** 100.00 that did not go. */
const unpaid = (state: PayoutState, more: Partial<Settlement> = {}) =>
  aSettlement({ payouts: [aPayoutLine({ state })], ...more });
const paid = (amount: bigint, cycleId = tuesday): PaidByCycle => ({ cycleId, valueDate: '2026-04-02', amount });
const paidBy = (settlement: Settlement, what: PaidByCycle) => {
  const next = settlementAfterNetting(settlement, what, now);
  if (!next) throw new Error('Something was to be new.');
  return next;
};
const linesOf = ({ payouts }: Settlement) => payouts.map(({ state, amount }) => `${state} ${amount}`);
const place = (cycleId: string, state: NettingPlace['state'], version = 1): NettingPlace => ({
  cycleId,
  state,
  version,
});

it('what netting tells is taken as far as it is heard, and heard as far as it is taken', () => {
  const heard = service.subscriptions?.find(({ entry }) => entry === 'on-netting-told')?.events;
  expect([...(heard ?? [])].sort()).toEqual([...nettingTypes].sort());
});

describe('a settlement that a netting cycle pays', () => {
  it.each(['PENDING_FUNDS', 'HELD'] as const)('is paid where it was %s, under the number it had', (state) => {
    const next = paidBy(unpaid(state), paid(10_000n));
    expect(linesOf(next)).toEqual(['NETTED 10000']);
    expect(next.payouts[0]?.id).toBe(aPayoutLine().id);
    expect(next.netted).toMatchObject([{ cycleId: tuesday, amount: 10_000n, beyond: 0n }]);
    expect([unpaidOf(next), owedAgain(next), next.askAt]).toEqual([0n, 0n, undefined]);
  });

  it.each(['FAILED', 'RETURNED'] as const)('is paid by a line of its own where it had %s', (state) => {
    const next = paidBy(unpaid(state), paid(10_000n));
    expect(linesOf(next)).toEqual([`${state} 10000`, 'NETTED 10000']);
    expect(next.payouts[1]?.id).not.toBe(next.payouts[0]?.id);
    expect(next.payouts[1]).not.toHaveProperty('returns');
    expect([unpaidOf(next), next.askAt]).toEqual([0n, undefined]);
  });

  it('waits with the rest where more is owed by now than the cycle has paid', () => {
    const returns = [{ on: '2025-09-28', amount: 3_000n }];
    const more = aSettlement({
      payout: 10_000n,
      payouts: [
        aPayoutLine({ state: 'FAILED' }),
        aPayoutLine({ id: 'b', state: 'RETURNED', returns }),
        aPayoutLine({ id: 'c', amount: 1_000n, state: 'PENDING_FUNDS' }),
      ],
    });
    // 100.00 failed, was tried again and 30.00 of that came back, of which 10.00 wait: 30.00 are owed in all.
    expect(unpaidOf(more)).toBe(3_000n);
    const next = paidBy(more, paid(2_500n));
    expect(linesOf(next)).toEqual(['FAILED 10000', 'RETURNED 10000', 'NETTED 2500', 'PENDING_FUNDS 500']);
    expect([unpaidOf(next), owedAgain(next)]).toEqual([500n, 0n]);
    expect(new Set(next.payouts.map(({ id }) => id)).size).toBe(4);
    const first = paidBy(unpaid('PENDING_FUNDS'), paid(4_000n));
    expect([linesOf(first), unpaidOf(first)]).toEqual([['NETTED 4000', 'PENDING_FUNDS 6000'], 6_000n]);
    const failed = paidBy(unpaid('FAILED'), paid(4_000n));
    expect([linesOf(failed), owedAgain(failed)]).toEqual([['FAILED 10000', 'NETTED 4000'], 6_000n]);
  });

  it('has it from the merchant what a bank had paid before the cycle did', () => {
    const next = paidBy(unpaid('PAID'), paid(10_000n));
    expect(linesOf(next)).toEqual(['PAID 10000']);
    expect(next.netted).toMatchObject([{ amount: 0n, beyond: 10_000n }]);
    const sent = paidBy(unpaid('SENT'), paid(10_000n));
    expect(sent.netted).toMatchObject([{ amount: 0n, beyond: 10_000n }]);
    const inPart = unpaid('RETURNED', {
      payouts: [aPayoutLine({ state: 'RETURNED', returns: [{ on: '2025-09-28', amount: 4_000n }] })],
    });
    expect(paidBy(inPart, paid(10_000n)).netted).toMatchObject([{ amount: 4_000n, beyond: 6_000n }]);
  });

  it('makes up for what fails or comes back afterwards, and no more than that is owed again', () => {
    // 60.00 of 100.00 came back and the cycle paid 100.00: 40.00 of it beyond what was owed.
    const part = { state: 'RETURNED' as const, returns: [{ on: '2025-09-28', amount: 6_000n }] };
    const beyond = paidBy(unpaid('RETURNED', { payouts: [aPayoutLine(part)] }), paid(10_000n));
    const back = (amount: bigint): Settlement => {
      const [first, ...rest] = beyond.payouts;
      if (!first) throw new Error('There was to be a payout.');
      const line = { ...first, returns: [...(first.returns ?? []), { on: '2026-04-03', amount }] };
      const after = { ...beyond, payouts: [line, ...rest] };
      return { ...after, payouts: [withSettled(beyond, after, line), ...rest] };
    };
    const half = back(1_500n);
    expect([unpaidOf(half), half.payouts[0]?.returns?.at(-1)]).toEqual([
      0n,
      { on: '2026-04-03', amount: 1_500n, settles: 1_500n },
    ]);
    expect(unpaidOf(back(4_000n))).toBe(0n);
    const sent = paidBy(unpaid('SENT'), paid(7_000n));
    const failed = { ...sent, payouts: [aPayoutLine({ state: 'FAILED' })] };
    // 100.00 failed, of which the cycle had paid 70.00.
    expect([
      unpaidOf(failed),
      retryPayout(failed, aMerchant(), aMarket(), now, { onlyMended: false })?.payouts.at(-1),
    ]).toMatchObject([3_000n, { state: 'DUE', amount: 3_000n }]);
    expect(withSettled(sent, failed, aPayoutLine({ state: 'FAILED' })).settles).toBe(7_000n);
  });

  it('counts each cycle once, and is not decided while a payout is about to be booked', () => {
    const once = paidBy(unpaid('FAILED'), paid(4_000n));
    expect(settlementAfterNetting(once, paid(4_000n), now)).toBeUndefined();
    const twice = paidBy(once, paid(6_000n, wednesday));
    expect(linesOf(twice)).toEqual(['FAILED 10000', 'NETTED 4000', 'NETTED 6000']);
    expect(() => settlementAfterNetting(unpaid('DUE'), paid(1n), now)).toThrow('about to be booked');
    expect(() => settlementAfterNetting(aSettlement({ payouts: [], payout: 0n }), paid(1n), now)).toThrow('Nothing');
  });
});

describe('a settlement in a cycle that was cut off', () => {
  const retried = (settlement: Settlement) =>
    retryPayout(settlement, aMerchant(), aMarket(), now, { onlyMended: false });
  const told = (places: readonly NettingPlace[]) =>
    places.reduce((one, each) => placedInNetting(one, each, now) ?? one, unpaid('PENDING_FUNDS'));
  const cut = unpaid('PENDING_FUNDS', { netting: place(tuesday, 'CUT_OFF') });

  it('is not paid otherwise until the cycle has paid it, or went on without it', () => {
    expect(isInNetting(cut)).toBe(true);
    expect(retried(cut)).toBeUndefined();
    expect(retried(unpaid('FAILED', { netting: place(tuesday, 'CUT_OFF') }))).toBeUndefined();
    const moved = placedInNetting(cut, place(wednesday, 'OPEN', 2), now);
    expect(moved && isInNetting(moved)).toBe(false);
    expect(moved && retried(moved)).toMatchObject({ payouts: [{ state: 'DUE' }] });
    const inPart = paidBy(cut, paid(4_000n));
    expect(isInNetting(inPart)).toBe(false);
    expect(retried(inPart)?.payouts).toMatchObject([{ state: 'NETTED' }, { state: 'DUE', amount: 6_000n }]);
  });

  it('stands where it was told last, in whatever order it is told', () => {
    const places = [place(tuesday, 'CUT_OFF'), place(wednesday, 'OPEN', 2), place(wednesday, 'CUT_OFF', 2)];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ];
    for (const order of orders) {
      let settlement = unpaid('PENDING_FUNDS');
      for (const index of [...order, ...order]) {
        settlement = placedInNetting(settlement, places[index] as NettingPlace, now) ?? settlement;
      }
      expect(settlement.netting).toEqual(place(wednesday, 'CUT_OFF', 2));
    }
    const moved = [place(wednesday, 'OPEN', 2), place(tuesday, 'CUT_OFF')];
    expect(isInNetting(told(moved))).toBe(false);
  });

  it('is paid otherwise again once it was withdrawn from the cycle, until it is cut off anew', () => {
    const withdrawn = place(tuesday, 'WITHDRAWN', 2);
    for (const order of [
      [place(tuesday, 'CUT_OFF'), withdrawn],
      [withdrawn, place(tuesday, 'CUT_OFF')],
    ]) {
      expect(isInNetting(told(order))).toBe(false);
      expect(retried(told(order))).toMatchObject({ payouts: [{ state: 'DUE' }] });
    }
    // Withdrawn and owed again before the cut-off: the cycle pays it.
    expect(isInNetting(told([withdrawn, place(tuesday, 'CUT_OFF', 3)]))).toBe(true);
    expect(isInNetting(told([place(tuesday, 'CUT_OFF', 3), withdrawn]))).toBe(true);
  });
});
