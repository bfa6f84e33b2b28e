import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchLine, planBatch } from '../../../../functions/collection/batches/plan-batch.ts';
import type { Mandate } from '../../../../functions/collection/mandates/mandate.ts';
import { testSeed } from '../../../support/random.ts';
import { aMandate } from '../mandates/mandates.ts';

const on = { date: '2026-03-02', at: '2026-03-02T02:00:00.000Z' };
const line = (number: number, amount: bigint, more: Partial<BatchLine> = {}): BatchLine => ({
  line: number,
  mandateId: 'man_1',
  amount,
  currency: 'CNY',
  references: {},
  splitAboveLimit: false,
  ...more,
});

function plan(lines: readonly BatchLine[], ...mandates: Mandate[]) {
  return planBatch(lines, 'CNY', ({ mandateId }) => mandates.find(({ id }) => id === mandateId), on);
}

describe('a batch', () => {
  it('takes the lines whose mandates allow them and names the others with their reasons', () => {
    const mandates = [
      aMandate({ id: 'man_1', limits: { perTransaction: 500n, daily: 900n } }),
      aMandate({ id: 'man_2', state: 'REVOKED' }),
    ];
    const { items, refused } = plan(
      [
        line(1, 500n),
        line(2, 501n),
        line(3, 100n, { mandateId: 'man_2' }),
        line(4, 100n, { mandateId: 'man_3' }),
        line(5, 901n, { splitAboveLimit: true }),
      ],
      ...mandates,
    );
    expect(items.map((item) => [item.line, item.amount])).toEqual([[1, 500n]]);
    expect(refused.map((one) => [one.line, one.refusal.code])).toEqual([
      [2, 'ABOVE_TRANSACTION_LIMIT'],
      [3, 'MANDATE_NOT_ACTIVE'],
      [4, 'MANDATE_NOT_FOUND'],
      [5, 'ABOVE_DAILY_LIMIT'],
    ]);
  });

  it('cuts a line above the limit for one transaction into pieces, where asked, that carry all it says', () => {
    const references = { order: 'SO-1' };
    const { items } = plan(
      [line(7, 12_000_001n, { splitAboveLimit: true, references, description: '水费' })],
      aMandate({ limits: { perTransaction: 5_000_000n } }),
    );
    expect(items.map(({ piece, amount }) => [piece, amount])).toEqual([
      [1, 5_000_000n],
      [2, 5_000_000n],
      [3, 2_000_001n],
    ]);
    expect(items.every((item) => item.line === 7 && item.description === '水费')).toBe(true);
    expect(items.map((item) => item.references)).toEqual([references, references, references]);
  });

  const seed = testSeed();
  it(`has every line in one place, and its money in its pieces, seed ${seed}`, () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 2_000 }).map(BigInt), fc.constantFrom('man_1', 'man_2', 'none'), fc.boolean()),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(some, (asked) => {
        const lines = asked.map(([amount, mandateId, splitAboveLimit], index) =>
          line(index + 1, amount, { mandateId, splitAboveLimit }),
        );
        const limits = { perTransaction: 300n, daily: 1_500n };
        const { items, refused } = plan(lines, aMandate({ limits }), aMandate({ id: 'man_2', limits: {} }));
        for (const { line: number, amount } of lines) {
          const pieces = items.filter((item) => item.line === number);
          const isRefused = refused.some((one) => one.line === number);
          expect(pieces.length > 0).toBe(!isRefused);
          if (!isRefused) expect(pieces.reduce((sum, piece) => sum + piece.amount, 0n)).toBe(amount);
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});
