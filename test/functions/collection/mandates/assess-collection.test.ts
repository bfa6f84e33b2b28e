import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedCollection, assessCollection } from '../../../../functions/collection/mandates/assess-collection.ts';
import {
  type MandateUsage,
  piecesOf,
  shiftUsage,
  unused,
  usedIn,
} from '../../../../functions/collection/mandates/mandate-usage.ts';
import { testSeed } from '../../../support/random.ts';
import { aMandate } from './mandates.ts';

/** So much more on a day, by one order. */
const use = (usage: MandateUsage, day: string, amount: bigint) => shiftUsage(usage, day, amount, 1);
const giveBack = (usage: MandateUsage, day: string, amount: bigint) => shiftUsage(usage, day, -amount, -1);

const asked = (amount: bigint, more: Partial<AskedCollection> = {}): AskedCollection => ({
  amount,
  currency: 'CNY',
  date: '2026-03-02',
  splitAboveLimit: false,
  ...more,
});
const refused = (refusal: object) => ({ outcome: 'REFUSED', refusal });
const fits = (...pieces: bigint[]) => ({ outcome: 'FITS', pieces });

describe('a collection under a mandate', () => {
  it.each([
    ['that is pending', { state: 'PENDING' as const }, { code: 'MANDATE_NOT_ACTIVE', state: 'PENDING' }],
    ['that is suspended', { state: 'SUSPENDED' as const }, { code: 'MANDATE_NOT_ACTIVE', state: 'SUSPENDED' }],
    ['that was revoked', { state: 'REVOKED' as const }, { code: 'MANDATE_NOT_ACTIVE', state: 'REVOKED' }],
    ['that expired yesterday', { validTo: '2026-03-01' }, { code: 'MANDATE_NOT_ACTIVE', state: 'EXPIRED' }],
    ['that begins tomorrow', { validFrom: '2026-03-03' }, { code: 'MANDATE_NOT_YET_VALID', validFrom: '2026-03-03' }],
    ['in another currency', { currency: 'EUR' as const }, { code: 'CURRENCY', currency: 'EUR' }],
  ])('%s is refused', (_, more, refusal) => {
    expect(assessCollection(aMandate(more), unused, asked(100n))).toEqual(refused(refusal));
  });

  it('fits on the first day of the mandate and on its last', () => {
    const mandate = aMandate({ validFrom: '2026-03-02', validTo: '2026-03-02' });
    expect(assessCollection(mandate, unused, asked(100n))).toEqual(fits(100n));
  });

  it('of exactly the limit for one transaction fits, one cent more is refused, or cut where that is asked', () => {
    const mandate = aMandate({ limits: { perTransaction: 5_000_000n } });
    expect(assessCollection(mandate, unused, asked(5_000_000n))).toEqual(fits(5_000_000n));
    expect(assessCollection(mandate, unused, asked(5_000_001n))).toEqual(
      refused({ code: 'ABOVE_TRANSACTION_LIMIT', limit: 5_000_000n }),
    );
    const split = asked(12_000_001n, { splitAboveLimit: true });
    expect(assessCollection(mandate, unused, split)).toEqual(fits(5_000_000n, 5_000_000n, 2_000_001n));
  });

  it('in more than 200 pieces is refused: the limit looks wrong', () => {
    const mandate = aMandate({ limits: { perTransaction: 10n } });
    const split = (amount: bigint) => assessCollection(mandate, unused, asked(amount, { splitAboveLimit: true }));
    expect(split(2_000n)).toMatchObject({ outcome: 'FITS' });
    expect(split(2_001n)).toEqual(refused({ code: 'TOO_MANY_PIECES', pieces: 201, most: 200 }));
  });

  it('is bounded by what the day and the month leave, the pieces of one collection together', () => {
    const mandate = aMandate({ limits: { perTransaction: 500n, daily: 1_000n, monthly: 3_000n } });
    const before = use(use(unused, '2026-03-01', 1_500n), '2026-03-02', 400n);
    expect(assessCollection(mandate, before, asked(600n, { splitAboveLimit: true }))).toEqual(fits(500n, 100n));
    expect(assessCollection(mandate, before, asked(601n, { splitAboveLimit: true }))).toEqual(
      refused({ code: 'ABOVE_DAILY_LIMIT', limit: 1_000n, room: 600n }),
    );
    const late = use(before, '2026-03-03', 900n);
    expect(assessCollection(mandate, late, asked(201n, { date: '2026-03-04' }))).toEqual(
      refused({ code: 'ABOVE_MONTHLY_LIMIT', limit: 3_000n, room: 200n }),
    );
    expect(assessCollection(mandate, late, asked(500n, { date: '2026-04-01' }))).toEqual(fits(500n));
  });

  it('under a one-off mandate is the only one, and is not cut', () => {
    const mandate = aMandate({ sequence: 'OOFF', limits: { perTransaction: 100n } });
    expect(assessCollection(mandate, unused, asked(101n, { splitAboveLimit: true }))).toEqual(
      refused({ code: 'ABOVE_TRANSACTION_LIMIT', limit: 100n }),
    );
    const once = use(unused, '2026-03-02', 100n);
    expect(assessCollection(mandate, once, asked(1n))).toEqual(refused({ code: 'ONE_OFF_USED' }));
    expect(assessCollection(mandate, giveBack(once, '2026-03-02', 100n), asked(1n))).toEqual(fits(1n));
  });
});

describe('what is used of a mandate', () => {
  const seed = testSeed();
  const dayOfMarch = fc.integer({ min: 1, max: 31 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`);
  const some = fc.array(fc.tuple(dayOfMarch, fc.integer({ min: 1, max: 9_999 }).map(BigInt)), { maxLength: 60 });

  it(`is zero again once all of it was given back, in any order, seed ${seed}`, () => {
    fc.assert(
      fc.property(some, fc.func(fc.nat()), (uses, order) => {
        const all = uses.reduce((usage: MandateUsage, [day, amount]) => use(usage, day, amount), unused);
        const back = uses.toSorted((one, other) => order(one) - order(other));
        const end = back.reduce((usage: MandateUsage, [day, amount]) => giveBack(usage, day, amount), all);
        expect(end.collections).toBe(0);
        expect(usedIn(end, '2026-03')).toBe(0n);
        expect(end.used.every(({ amount }) => amount >= 0n)).toBe(true);
      }),
      { seed },
    );
  });

  it(`keeps the whole of a month on however many of its days, seed ${seed}`, () => {
    fc.assert(
      fc.property(some, (uses) => {
        const all = uses.reduce((usage: MandateUsage, [day, amount]) => use(usage, day, amount), unused);
        expect(usedIn(all, '2026-03')).toBe(uses.reduce((total, [, amount]) => total + amount, 0n));
      }),
      { seed },
    );
  });

  it('counts days and months each for itself', () => {
    const usage = use(use(unused, '2026-03-31', 40n), '2026-04-01', 2n);
    expect(usage.used).toEqual([
      { period: '2026-04-01', amount: 2n },
      { period: '2026-03-31', amount: 40n },
      { period: '2026-04', amount: 2n },
      { period: '2026-03', amount: 40n },
    ]);
  });
});

describe('an amount in pieces', () => {
  const seed = testSeed();
  it(`adds up, each but the last of the limit and none above it, seed ${seed}`, () => {
    const positive = (max: bigint) => fc.bigInt({ min: 1n, max });
    fc.assert(
      fc.property(positive(10n ** 12n), positive(10n ** 10n), (amount, share) => {
        const limit = share < amount / 200n + 1n ? amount / 200n + 1n : share;
        const pieces = piecesOf(amount, limit);
        expect(pieces.reduce((sum, piece) => sum + piece, 0n)).toBe(amount);
        expect(pieces.slice(0, -1).every((piece) => piece === limit)).toBe(true);
        expect(pieces.every((piece) => piece > 0n && piece <= limit)).toBe(true);
      }),
      { seed },
    );
  });
});
