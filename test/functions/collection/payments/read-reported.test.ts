import { describe, expect, it } from 'vitest';
import { readReported } from '../../../../functions/collection/published.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

describe('what a bank reported of a payment', () => {
  it('is read in minor units, with the kind of reference by which an entry was told alone', () => {
    const entries = [
      { references: ['E-1'], by: 'ENTRY', amount: yuan('3.00') },
      { references: ['E-2', 'T-2'], amount: yuan('5.00') },
    ];
    const event = {
      state: 'RETURNED',
      amount: yuan('8.00'),
      entries,
      text: '账号不符',
      at: '2025-09-29T02:00:00.000Z',
    };
    expect(readReported(event)).toEqual({
      ...{ state: 'RETURNED', amount: 800n, text: '账号不符', at: '2025-09-29T02:00:00.000Z' },
      entries: [
        { references: ['E-1'], by: 'ENTRY', amount: 300n },
        { references: ['E-2', 'T-2'], amount: 500n },
      ],
    });
  });

  it('is refused where its state is none of ISO 20022', () => {
    expect(() => readReported({ state: 'LOST', at: '2025-09-29T02:00:00.000Z' })).toThrow(/state/);
  });
});
