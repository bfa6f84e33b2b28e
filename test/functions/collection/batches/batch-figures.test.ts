import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchFigures } from '../../../../functions/collection/batches/batch-figures.ts';
import type { CollectionItem, Try } from '../../../../functions/collection/items/item.ts';
import { testSeed } from '../../../support/random.ts';
import { anItem, aTry, at } from '../items/items.ts';

/** Of 1,000.00 each. */
const waiting = anItem();
const settled = anItem(aTry({ state: 'SETTLED', settled: 100_000n }));
const partly = anItem(aTry({ state: 'SETTLED', settled: 60_000n }));
const returned = anItem(aTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n }));
const ending = (state: 'FAILED' | 'CANCELLED') => ({ ended: { state, reason: 'CANCELLED' as const, at } });
const failed = { ...anItem(aTry({ state: 'DECLINED' })), ...ending('FAILED') };
const cancelled = { ...waiting, ...ending('CANCELLED') };

describe('a batch is', () => {
  it.each([
    ['OPEN', 'while money of one line is under way', [settled, anItem(aTry())], 0],
    ['OPEN', 'while the rest waits of which a part came', [partly], 0],
    ['COMPLETED', 'when all of it came', [settled, settled], 0],
    ['PARTIAL', 'when a line failed', [settled, failed], 0],
    ['PARTIAL', 'when a line was cancelled', [settled, cancelled], 0],
    ['PARTIAL', 'when a line was refused to begin with', [settled], 1],
    ['PARTIAL', 'when a part of its only line came and the rest failed', [{ ...partly, ...ending('FAILED') }], 0],
    ['PARTIAL', 'when money of one came back', [settled, returned], 0],
    ['FAILED', 'when nothing came', [failed, cancelled], 0],
    ['CANCELLED', 'when all of it was cancelled', [cancelled, cancelled], 0],
    ['CANCELLED', 'when all that was accepted was cancelled', [cancelled], 1],
    ['PARTIAL', 'when a part came and the rest was cancelled', [{ ...partly, ...ending('CANCELLED') }], 0],
    ['FAILED', 'when all that came went back', [returned], 0],
    ['FAILED', 'when every line was refused', [], 3],
  ] as const)('%s %s', (state, _, items, refused) => {
    expect(batchFigures(items, refused).state).toBe(state);
  });
});

describe('the figures of a batch', () => {
  it('say where its money is, and how many items stand where', () => {
    const rest = { ...partly, ...ending('FAILED') };
    const { amount, money, counts } = batchFigures([waiting, settled, rest, returned, failed, cancelled], 2);
    expect(amount).toBe(600_000n);
    // Open the one that waits; settled one and 600.00; failed one and 400.00.
    expect(money).toEqual({
      open: 100_000n,
      settled: 160_000n,
      failed: 140_000n,
      returned: 100_000n,
      cancelled: 100_000n,
    });
    expect(Object.fromEntries(counts)).toEqual({ ACCEPTED: 1, SETTLED: 2, RETURNED: 1, FAILED: 1, CANCELLED: 1 });
  });

  const seed = testSeed();
  it(`have every fen in one of five places, seed ${seed}`, () => {
    fc.assert(
      fc.property(fc.array(someItem(), { maxLength: 30 }), fc.nat(3), (items, refused) => {
        const { amount, money, counts, state } = batchFigures(items, refused);
        const { open, settled: came, failed: lost, returned: back, cancelled: stopped } = money;
        expect(open + came + lost + back + stopped).toBe(amount);
        expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(items.length);
        expect(state === 'OPEN').toBe(open > 0n);
      }),
      { seed, numRuns: 500 },
    );
  });
});

/** An item of which shares came and went back, and which may have ended over the rest. */
function someItem(): fc.Arbitrary<CollectionItem> {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const share = fc.integer({ min: 0, max: 100 }).map(BigInt);
  const end = fc.constantFrom('FAILED' as const, 'CANCELLED' as const, undefined);
  return fc.tuple(amount, share, share, end).map(([whole, came, back, state]) => {
    const settledMinor = (whole * came) / 100n;
    const returnedMinor = (settledMinor * back) / 100n;
    const one: Partial<Try> =
      returnedMinor > 0n ? { state: 'RETURNED', returned: returnedMinor } : { state: 'SETTLED' };
    const tries = settledMinor > 0n ? [aTry({ ...one, amount: whole, settled: settledMinor })] : [];
    return { ...anItem(...tries), amount: whole, ...(state && settledMinor < whole && ending(state)) };
  });
}
