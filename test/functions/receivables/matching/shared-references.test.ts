import { describe, expect, test } from 'vitest';
import { byName, decide, invoice, minor, paid, receipt } from './items.ts';

describe('a reference that invoices share', () => {
  const shared = { references: { contract: 'HT-2026-018' } };
  const parts = [
    invoice({ number: 'A-1', amount: '1,000.00', ...shared }),
    invoice({ number: 'A-2', amount: '2,000.00', ...shared }),
    invoice({ number: 'A-3', amount: '4,000.00', ...shared }),
  ];
  const text = '合同HT2026018';

  test.each([
    ['all of them', '7,000.00', ['A-1', 'A-2', 'A-3']],
    ['the one of the amount', '2,000.00', ['A-2']],
    ['the only set of the amount', '5,000.00', ['A-1', 'A-3']],
  ])('pays %s', (_, amount, numbers) => {
    const decision = decide(receipt({ amount, text }), parts);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(Object.keys(paid(decision))).toEqual(numbers);
  });

  test('is suggested where nothing adds up', () => {
    expect(decide(receipt({ amount: '1,500.00', text }), parts)).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'SHORT_PAID',
    });
  });

  test('says less than the number of an invoice beside it', () => {
    const decision = decide(receipt({ amount: '600.00', text: `${text} 发票A-2`, payer: byName }), parts);
    expect(paid(decision)).toEqual({ 'A-2': minor('600.00') });
  });
});
