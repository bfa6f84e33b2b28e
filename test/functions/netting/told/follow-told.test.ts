import { describe, expect, it } from 'vitest';
import type { Cycle } from '../../../../functions/netting/cycles/cycle.ts';
import { changeObligation } from '../../../../functions/netting/obligations/change-obligation.ts';
import { isOvertaken, type Obligation } from '../../../../functions/netting/obligations/obligation.ts';
import { asToldLast, begin, followTold } from '../../../../functions/netting/told/follow-told.ts';
import type { Told } from '../../../../functions/netting/told/told.ts';
import { permutations } from '../../../support/permutations.ts';
import { aCycle, anObligation, at, cause, on } from '../intake-samples.ts';

const origin = { source: 'INVOICES' as const, version: 1, owed: 12_000n };
/** 120.00, as told in the first version. */
const one = (more: Partial<Obligation> = {}) => anObligation({ reference: 'INVOICES/inv_1', origin, ...more });
const told = (version: number, owed: bigint, dispute?: string): Told => ({
  ...{ tenant: 'demo', source: 'INVOICES', subject: 'inv_1', version, owed, currency: 'CNY', toldAt: at, cause },
  ...{ payer: { as: 'CUSTOMER', value: 'A' }, payee: { as: 'LEGAL_ENTITY', value: 'B' } },
  ...(dispute !== undefined && { dispute }),
});
const follow = (obligation: Obligation, cycle: Partial<Cycle>, what: Told, now = at) =>
  followTold(obligation, aCycle(cycle), what, now);
const resultOf = (step: ReturnType<typeof follow>) => ('obligation' in step ? step.obligation : undefined);
const disputedByHand = (obligation: Obligation) => {
  const change = changeObligation(obligation, aCycle(), { kind: 'DISPUTE', reason: '对账' }, on);
  if (change.outcome !== 'CHANGED') throw new Error(`It is ${change.outcome}.`);
  return change.obligation;
};
const afterCutOff = '2026-03-31T10:00:00.000Z';
const confirming = { state: 'CONFIRMING' as const };
const closed = { state: 'CLOSED' as const };

describe('while its cycle is open an obligation', () => {
  it('is withdrawn when nothing is owed any more', () => {
    const step = follow(one(), {}, told(2, 0n));
    expect(step).toMatchObject({ kind: 'CHANGE', whileIn: ['OPEN'] });
    expect(resultOf(step)).toMatchObject({
      state: 'WITHDRAWN',
      amount: 12_000n,
      revision: 2,
      origin: { version: 2, owed: 0n },
    });
  });

  it('has the amount that is owed by now; one that was confirmed is to be confirmed again', () => {
    const step = follow(one({ state: 'CONFIRMED' }), {}, told(2, 7_000n));
    expect(step).toMatchObject({ kind: 'CHANGE', obligation: { state: 'UNCONFIRMED', amount: 7_000n } });
  });

  it('stands again when it is owed again', () => {
    const withdrawn = one({ state: 'WITHDRAWN', origin: { ...origin, version: 2, owed: 0n } });
    const step = follow(withdrawn, {}, told(3, 5_000n));
    expect(step).toMatchObject({ kind: 'CHANGE', obligation: { state: 'UNCONFIRMED', amount: 5_000n } });
  });

  it('is disputed and resolved with its source', () => {
    const disputed = resultOf(follow(one({ state: 'CONFIRMED' }), {}, told(2, 12_000n, '数量不符')));
    expect(disputed).toMatchObject({
      state: 'DISPUTED',
      dispute: { reason: '数量不符', since: at, wasConfirmed: true },
    });
    expect(disputed?.origin).toEqual({ source: 'INVOICES', version: 2, owed: 12_000n, disputed: true });
    const resolved = resultOf(follow(disputed as Obligation, {}, told(3, 12_000n)));
    expect(resolved).toMatchObject({ state: 'CONFIRMED', origin: { version: 3 } });
    expect(resolved).not.toHaveProperty('dispute');
    expect(resolved?.origin).not.toHaveProperty('disputed');
  });

  it('keeps a dispute that somebody opened by hand', () => {
    const byHand = one({ state: 'DISPUTED', dispute: { reason: '对账', since: at, wasConfirmed: false } });
    expect(follow(byHand, {}, told(2, 12_000n))).toMatchObject({ kind: 'NOTE', obligation: { state: 'DISPUTED' } });
    expect(resultOf(follow(byHand, {}, told(2, 12_000n, '数量不符')))?.dispute?.reason).toBe('对账');
  });

  it('that somebody disputes by hand is disputed still when it is owed no more for a while', () => {
    const disputed = disputedByHand(one({ state: 'CONFIRMED' }));
    const withdrawn = resultOf(follow(disputed, {}, told(2, 0n))) as Obligation;
    expect(withdrawn.state).toBe('WITHDRAWN');
    for (const owed of [12_000n, 5_000n]) {
      expect(resultOf(follow(withdrawn, {}, told(3, owed)))).toMatchObject({
        ...{ state: 'DISPUTED', amount: owed, dispute: { reason: '对账', since: at, wasConfirmed: false } },
      });
    }
    expect(resultOf(follow(withdrawn, closed, told(3, 12_000n), afterCutOff))).toMatchObject({ state: 'DISPUTED' });
    expect(changeObligation(withdrawn, aCycle(), { kind: 'RESOLVE' }, on)).toEqual({ outcome: 'UNCHANGED' });
  });

  it('is disputed by who did so last: the source does not end the dispute of a person', () => {
    const bySource = resultOf(follow(one(), {}, told(2, 12_000n, '数量不符'))) as Obligation;
    const byHand = disputedByHand(bySource);
    expect(byHand.origin).not.toHaveProperty('disputed');
    expect(resultOf(follow(byHand, {}, told(3, 12_000n)))).toMatchObject({
      ...{ state: 'DISPUTED', dispute: { reason: '对账' } },
    });
  });

  it('says nothing in its cycle where only the version is new', () => {
    expect(follow(one(), {}, told(2, 12_000n))).toMatchObject({ kind: 'NOTE', obligation: { origin: { version: 2 } } });
  });
});

describe('what is told', () => {
  it('again, or is older than what was told, changes nothing', () => {
    const later = one({ origin: { ...origin, version: 3 } });
    for (const version of [1, 2, 3]) expect(follow(later, {}, told(version, 0n))).toEqual({ kind: 'NOTHING' });
  });

  it('does not bring back what somebody withdrew by hand', () => {
    for (const owed of [0n, 5_000n]) {
      expect(follow(one({ state: 'WITHDRAWN' }), {}, told(2, owed))).toEqual({ kind: 'NOTHING' });
    }
  });

  it('is never one that a caller recorded', () => {
    expect(() => follow(anObligation(), {}, told(2, 0n))).toThrow('did not come of an event');
  });

  it('comes to the same in any order of its versions, its end first too', () => {
    const versions = [told(1, 12_000n), told(2, 12_000n, '数量不符'), told(3, 9_000n, '数量不符'), told(4, 9_000n)];
    const ends = permutations(versions).map(([first, ...rest]) => {
      const begun = one({ amount: (first as Told).owed, ...begin(first as Told, at) });
      const last = rest.reduce((obligation, next) => resultOf(follow(obligation, {}, next)) ?? obligation, begun);
      const { state, amount, dispute, origin: end } = last;
      return { state, amount, dispute, origin: end };
    });
    expect(ends).toHaveLength(24);
    for (const end of ends) {
      expect(end).toEqual({ state: 'UNCONFIRMED', amount: 9_000n, origin: { ...origin, version: 4, owed: 9_000n } });
    }
  });

  it('begins as what is owed, disputed or not, and as withdrawn where nothing is', () => {
    expect(begin(told(1, 5n), at)).toMatchObject({ state: 'UNCONFIRMED', origin: { owed: 5n } });
    expect(begin(told(1, 5n, 'x'), at)).toMatchObject({ state: 'DISPUTED', dispute: { reason: 'x', since: at } });
    expect(begin(told(7, 0n), at)).toEqual({
      state: 'WITHDRAWN',
      origin: { source: 'INVOICES', version: 7, owed: 0n },
    });
  });
});

describe('behind the cut-off an obligation', () => {
  it('of which nothing is owed any more is withdrawn until the end of the confirmation: it was paid otherwise', () => {
    for (const cycle of [confirming, {}]) {
      const step = follow(one({ state: 'CONFIRMED' }), cycle, told(2, 0n), afterCutOff);
      expect(step).toMatchObject({
        kind: 'CHANGE',
        whileIn: ['OPEN', 'CONFIRMING'],
        obligation: { state: 'WITHDRAWN' },
      });
      expect(isOvertaken(resultOf(step) as Obligation)).toBe(false);
    }
  });

  it.each([
    [
      'paid once its cycle is shut',
      0n,
      [{ ...confirming, shutAt: afterCutOff }, closed, { state: 'SETTLING' as const }],
    ],
    ['paid in part', 7_000n, [confirming, closed, { state: 'SETTLING' as const }, {}]],
  ])('that is %s stays in its cycle as it is, and what is owed by now is noted', (_, owed, cycles) => {
    for (const cycle of cycles) {
      const step = follow(one(), cycle, told(2, owed), afterCutOff);
      expect(step).toMatchObject({
        kind: 'NOTE',
        obligation: { state: 'UNCONFIRMED', amount: 12_000n, origin: { owed } },
      });
      expect(isOvertaken(resultOf(step) as Obligation)).toBe(true);
    }
  });

  it('is still disputed while it is confirmed, and no more afterwards', () => {
    const what = told(2, 12_000n, '数量不符');
    const step = follow(one(), confirming, what, afterCutOff);
    expect(step).toMatchObject({ kind: 'CHANGE', whileIn: ['OPEN', 'CONFIRMING'], obligation: { state: 'DISPUTED' } });
    expect(follow(one(), closed, what, afterCutOff)).toMatchObject({
      kind: 'NOTE',
      obligation: { state: 'UNCONFIRMED' },
    });
    expect(follow(one(), confirming, what, '2026-04-01T04:00:00.000Z')).toMatchObject({ kind: 'NOTE' });
  });

  it('is neither disputed nor changed once its cycle is shut, whatever the clock says', () => {
    const shut = { ...confirming, shutAt: afterCutOff };
    const what = told(2, 12_000n, '数量不符');
    expect(follow(one(), shut, what, afterCutOff)).toMatchObject({
      kind: 'NOTE',
      obligation: { state: 'UNCONFIRMED' },
    });
  });

  it('that its cycle has paid is not overtaken by that, but by what is left besides', () => {
    const settled = { state: 'SETTLED' as const };
    const paid = resultOf(follow(one(), settled, told(2, 0n), afterCutOff)) as Obligation;
    expect(paid).toMatchObject({ amount: 12_000n, origin: { owed: 0n, settled: true } });
    expect(isOvertaken(paid)).toBe(false);
    const late = resultOf(follow(one(), settled, told(2, 12_000n), afterCutOff)) as Obligation;
    expect(isOvertaken(late)).toBe(false);
    expect(isOvertaken(resultOf(follow(late, settled, told(3, 0n), afterCutOff)) as Obligation)).toBe(false);
    expect(isOvertaken(resultOf(follow(paid, settled, told(3, 500n), afterCutOff)) as Obligation)).toBe(true);
  });

  it('that was paid otherwise before its cycle paid it stays overtaken', () => {
    const otherwise = resultOf(follow(one(), closed, told(2, 0n), afterCutOff)) as Obligation;
    const after = resultOf(follow(otherwise, { state: 'SETTLED' }, told(3, 0n), afterCutOff)) as Obligation;
    expect(isOvertaken(after)).toBe(true);
  });

  it('that leaves its cycle is what was told last: withdrawn, or of another amount that is to be confirmed again', () => {
    const noted = (owed: bigint) => one({ state: 'CONFIRMED', origin: { ...origin, version: 2, owed } });
    expect(asToldLast(noted(0n))).toMatchObject({ state: 'WITHDRAWN', amount: 12_000n });
    expect(asToldLast(noted(7_000n))).toMatchObject({ state: 'UNCONFIRMED', amount: 7_000n });
    expect(asToldLast(noted(12_000n))).toEqual(noted(12_000n));
    const disputed = { dispute: { reason: 'x', since: at, wasConfirmed: true }, state: 'DISPUTED' as const };
    expect(asToldLast({ ...noted(7_000n), ...disputed })).toMatchObject({
      ...{ state: 'DISPUTED', amount: 7_000n, dispute: { wasConfirmed: false } },
    });
    expect(asToldLast(anObligation())).toEqual(anObligation());
  });

  it('goes into the next cycle where it had been withdrawn and is owed again', () => {
    const withdrawn = one({ state: 'WITHDRAWN', origin: { ...origin, version: 2, owed: 0n } });
    const step = follow(withdrawn, closed, told(3, 5_000n), afterCutOff);
    expect(step).toMatchObject({ kind: 'ENTER', obligation: { state: 'UNCONFIRMED', amount: 5_000n, revision: 2 } });
  });
});
