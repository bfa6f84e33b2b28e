import { describe, expect, it } from 'vitest';
import { closing } from '../../../../functions/collection/batches/batch-progress.ts';
import { anItem, aTry, at } from '../items/items.ts';

/** Of 1,000.00 each. */
const underWay = anItem(aTry());
const settled = anItem(aTry({ state: 'SETTLED', settled: 100_000n }));
const failed = { ...anItem(), ended: { state: 'FAILED', reason: 'NO_RAIL', at } as const };
const partlyBack = anItem(aTry({ state: 'RETURNED', settled: 100_000n, returned: 30_000n }));

describe('a block adds to the progress of its batch', () => {
  it('nothing while money of it is open', () => {
    expect(closing({ items: [settled, underWay] }, { items: [underWay, underWay] })).toBeUndefined();
  });

  it('all its money as it closes', () => {
    expect(closing({ items: [settled, failed] }, { items: [settled, underWay] })).toEqual({
      blocks: 1,
      settled: 100_000n,
      failed: 100_000n,
      returned: 0n,
      cancelled: 0n,
    });
  });

  it('once', () => {
    expect(closing({ items: [settled, failed] }, { items: [settled, failed], closed: true })).toBeUndefined();
  });

  it('after that, what came back', () => {
    expect(closing({ items: [partlyBack, failed] }, { items: [settled, failed], closed: true })).toEqual({
      blocks: 0,
      settled: -30_000n,
      failed: 0n,
      returned: 30_000n,
      cancelled: 0n,
    });
  });
});
