import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsMax, itemsPerBlockMax, orderIdOf, placeOf } from '../../../../functions/collection/batches/batch.ts';
import { testSeed } from '../../../support/random.ts';

const batchId = 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';

describe('the number of a try at the bank', () => {
  it('is the batch, the place of the item and the try, written one after the other', () => {
    expect(orderIdOf(batchId, 0, 1)).toBe('01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001');
    // 1,295 is 35 × 36 + 35.
    expect(orderIdOf(batchId, 1_295, 11)).toBe('01KAVG2Y7T8XJ4N5QW3R6S9Z0A0ZZ0B');
    expect(orderIdOf(batchId, itemsMax - 1, 36)).toBe('01KAVG2Y7T8XJ4N5QW3R6S9Z0AZZY10');
  });

  const seed = testSeed();
  it(`leads back to the block of its item from 31 characters of any bank file, seed ${seed}`, () => {
    const id = fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
      minLength: 26,
      maxLength: 26,
    });
    const index = fc.integer({ min: 0, max: itemsMax - 1 });
    fc.assert(
      fc.property(id, index, fc.integer({ min: 1, max: 1_295 }), (text, place, tryNumber) => {
        const orderId = orderIdOf(`cb_${text}`, place, tryNumber);
        expect(orderId).toMatch(/^[0-9A-Z]{31}$/);
        expect(placeOf(orderId)).toEqual({ batchId: `cb_${text}`, block: Math.floor(place / itemsPerBlockMax) });
      }),
      { seed, numRuns: 500 },
    );
  });

  it(`is another for every item and every try, seed ${seed}`, () => {
    const one = fc.tuple(fc.integer({ min: 0, max: itemsMax - 1 }), fc.integer({ min: 1, max: 1_295 }));
    fc.assert(
      fc.property(one, one, ([index, tryNumber], [otherIndex, otherTry]) => {
        const isSame = index === otherIndex && tryNumber === otherTry;
        expect(orderIdOf(batchId, index, tryNumber) === orderIdOf(batchId, otherIndex, otherTry)).toBe(isSame);
      }),
      { seed, numRuns: 500 },
    );
  });

  it.each([
    '',
    'O-2026-0317',
    '01KAVG2Y7T8XJ4N5QW3R6S9Z0A0000',
    '01KAVG2Y7T8XJ4N5QW3R6S9Z0A000011',
    '01kavg2y7t8xj4n5qw3r6s9z0a00001',
    'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A01',
    '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001\n',
  ])('leads nowhere where it is not ours: %j', (stranger) => {
    expect(placeOf(stranger)).toBeUndefined();
  });
});
