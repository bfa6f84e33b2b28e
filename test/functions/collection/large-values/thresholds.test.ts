import { describe, expect, it } from 'vitest';
import { isLargeValue, largeValueThreshold } from '../../../../functions/collection/large-values/thresholds.ts';
import { anItem, aTry } from '../items/items.ts';

const company = (...settled: bigint[]) => ({
  ...anItem(...settled.map((one, place) => aTry({ orderId: `o${place}`, state: 'SETTLED', settled: one }))),
});
const person = (settled: bigint) => ({ ...company(settled), payerKind: 'PERSON' as const });

describe('a collection is a large value by itself', () => {
  it('of a company from 2,000,000.00 CNY on', () => {
    expect(isLargeValue(company(199_999_999n))).toBe(false);
    expect(isLargeValue(company(200_000_000n))).toBe(true);
  });

  it('of a person from 500,000.00 CNY on', () => {
    expect(isLargeValue(person(49_999_999n))).toBe(false);
    expect(isLargeValue(person(50_000_000n))).toBe(true);
  });

  it('of a company from 200,000.00 USD on, and of a person from 100,000.00 USD on', () => {
    const usd = { currency: 'USD' };
    expect([
      isLargeValue({ ...company(19_999_999n), ...usd }),
      isLargeValue({ ...company(20_000_000n), ...usd }),
    ]).toEqual([false, true]);
    expect([isLargeValue({ ...person(9_999_999n), ...usd }), isLargeValue({ ...person(10_000_000n), ...usd })]).toEqual(
      [false, true],
    );
  });

  it('by one try, not by several together', () => {
    expect(isLargeValue(company(100_000_000n, 100_000_000n))).toBe(false);
  });

  it('by what came, not by what was asked for', () => {
    const asked = anItem(aTry({ amount: 300_000_000n, state: 'SETTLED', settled: 199_999_999n }));
    expect(isLargeValue({ ...asked, amount: 300_000_000n })).toBe(false);
    expect(isLargeValue({ ...anItem(aTry({ amount: 300_000_000n })), amount: 300_000_000n })).toBe(false);
  });

  it('also where the money went back', () => {
    const returned = { state: 'RETURNED', settled: 200_000_000n, returned: 200_000_000n } as const;
    expect(isLargeValue(anItem(aTry(returned)))).toBe(true);
  });

  it('never in a currency without a threshold of its own', () => {
    expect(largeValueThreshold('COMPANY', 'EUR')).toBeUndefined();
    expect(isLargeValue({ ...company(10n ** 15n), currency: 'EUR' })).toBe(false);
  });
});
