import { describe, expect, test } from 'vitest';
import { decide, decideAll, huaxing, invoice, receipt } from './items.ts';

const one = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });

describe('rules that are off', () => {
  test('leave references to people', () => {
    const off = { off: ['REFERENCE' as const] };
    const naming = receipt({ amount: '1,000.00', text: 'INV-2026-0012' });
    expect(decide(naming, [one], {}, off)).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
  });

  test('a threshold above the score leaves it to people', () => {
    const naming = receipt({ amount: '1,000.00', text: 'INV-2026-0012' });
    expect(decide(naming, [one], {}, { threshold: 970 }).outcome).toBe('MATCHED');
    expect(decide(naming, [one], {}, { threshold: 971 })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('a customer may have a threshold of its own', () => {
    const naming = receipt({ amount: '1,000.00', text: 'INV-2026-0012' });
    const customers = (threshold: number) => ({ customers: [{ ...huaxing, threshold }] });
    expect(decide(naming, [one], customers(971)).outcome).toBe('SUGGESTED');
    expect(decide(naming, [one], customers(970), { threshold: 1_000 }).outcome).toBe('MATCHED');
  });

  test('nothing comes of nothing', () => {
    expect(decideAll({})).toEqual([]);
    expect(decide(receipt({ amount: '1.00' }), [])).toEqual({
      receiptId: 'r1',
      outcome: 'UNMATCHED',
      alternatives: [],
      exception: 'UNKNOWN_PAYER',
    });
  });
});
