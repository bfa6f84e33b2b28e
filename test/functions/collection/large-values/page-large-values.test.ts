import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LargeValue } from '../../../../functions/collection/large-values/large-value.ts';
import {
  type LargeValuePlace,
  pageLargeValues,
} from '../../../../functions/collection/large-values/page-large-values.ts';
import { testSeed } from '../../../support/random.ts';
import { aPayer, aSettlement, found } from './samples.ts';

/** Payers with so many collections each, of 2,000,000.00 a piece. */
function payers(counts: readonly number[]): LargeValue[] {
  const mandates = Object.fromEntries(counts.map((_, place) => [`man_${place}`, aPayer(`100${place}`)]));
  const settlements = counts.flatMap((count, place) =>
    Array.from({ length: count }, () => aSettlement(200_000_000n, { mandateId: `man_${place}` })),
  );
  return found(settlements, mandates);
}

const shown = (values: readonly LargeValue[]) =>
  values.flatMap(({ settlements }) => settlements.map(({ orderId }) => orderId));

describe('a page of large values', () => {
  it('cuts a payer with more collections, whose figures stay those of the day', () => {
    const values = payers([3]);
    const first = pageLargeValues(values, undefined, 2);
    expect(first.values).toMatchObject([{ total: 600_000_000n, count: 3 }]);
    expect(shown(first.values)).toHaveLength(2);
    const second = pageLargeValues(values, first.last, 2);
    expect(second.values).toMatchObject([{ total: 600_000_000n, count: 3 }]);
    expect(shown(second.values)).toHaveLength(1);
    expect(second.last).toBeUndefined();
  });

  it('that holds everything is the last', () => {
    expect(pageLargeValues(payers([2]), undefined, 2).last).toBeUndefined();
    expect(pageLargeValues([], undefined, 2)).toEqual({ values: [] });
  });

  const seed = testSeed();
  it(`and the next ones show each collection once and in order, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (counts, limit) => {
          const values = payers(counts);
          const seen: string[] = [];
          let after: LargeValuePlace | undefined;
          do {
            const page = pageLargeValues(values, after, limit);
            expect(shown(page.values).length).toBeLessThanOrEqual(limit);
            seen.push(...shown(page.values));
            after = page.last;
          } while (after);
          expect(seen).toEqual(shown(values));
        },
      ),
      { seed, numRuns: 200 },
    );
  });
});
