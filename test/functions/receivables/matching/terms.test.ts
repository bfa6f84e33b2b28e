import { describe, expect, test } from 'vitest';
import { byAccount, byName, decide, decideAll, invoice, minor, paid, receipt } from './items.ts';

const thousand = invoice({ number: 'A-1', amount: '1,000.00' });
const larger = invoice({ number: 'A-2', amount: '2,500.00', dueOn: '2026-02-10' });

describe('one invoice in several receipts', () => {
  test('is cleared step by step, the last within tolerance', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '10,000.00' });
    const text = 'INV-2026-0012';
    const part = (id: string, amount: string, paidOn: string) => receipt({ id, amount, paidOn, text });
    const receipts = [
      part('r3', '2,995.00', '2026-01-12'),
      part('r1', '4,000.00', '2026-01-10'),
      part('r2', '3,000.00', '2026-01-11'),
    ];
    const decisions = decideAll({ receipts, invoices: [only] });
    expect(decisions.map(({ explanation }) => explanation?.rule)).toEqual([
      'PART_PAYMENT',
      'PART_PAYMENT',
      'TOLERANCE',
    ]);
    expect(decisions.map(({ exception }) => exception)).toEqual([undefined, undefined, undefined]);
    expect(decisions[2]?.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('2995.00'), discount: 0n, charge: minor('5.00') },
    ]);
  });

  test('of one day is cleared the same, whichever comes first', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
    const text = 'INV-2026-0012';
    const receipts = [receipt({ id: 'r1', amount: '397.00', text }), receipt({ id: 'r2', amount: '600.00', text })];
    const decisions = decideAll({ receipts, invoices: [only] });
    expect(decisions.map(({ explanation }) => explanation?.allocations)).toEqual([
      [{ invoiceId: 'INV-2026-0012', cash: minor('397.00'), discount: 0n, charge: minor('3.00') }],
      [{ invoiceId: 'INV-2026-0012', cash: minor('600.00'), discount: 0n, charge: 0n }],
    ]);
  });

  test('stays short as long as something is open', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '400.00', text: 'INV-2026-0012' }), [only]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT' },
      exception: 'SHORT_PAID',
    });
  });

  test.each([
    ['is suggested', 'T-1001', 'SUGGESTED', undefined],
    ['is booked where it is called a number', '发票号 T-1001', 'MATCHED', 'PART_PAYMENT'],
  ])('named by a number so short that it may be something else %s', (_, text, outcome, rule) => {
    const only = invoice({ number: 'T-1001', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '400.00', text, payer: byName }), [only]);
    expect([decision.outcome, decision.exception, decision.explanation?.rule]).toEqual([outcome, 'SHORT_PAID', rule]);
  });

  test.each([
    ['with a name', { payer: byName, text: 'Deposit for new order' }, false, 'SHORT_PAID'],
    ['with an account', { payer: byAccount, text: '定金' }, false, 'SHORT_PAID'],
    ['in dispute', { payer: byAccount }, true, 'DISPUTED'],
  ])(
    'is not paid in part by an amount that does not name it, though the payer owes no other: %s',
    (_, given, disputed, exception) => {
      const only = invoice({ number: 'INV-2026-0012', amount: '30,000.00', disputed });
      expect(decide(receipt({ amount: '18,000.00', ...given }), [only])).toMatchObject({
        outcome: 'SUGGESTED',
        exception,
        alternatives: [{ rule: 'PART_PAYMENT', allocations: [{ cash: minor('18000.00') }] }],
      });
    },
  );

  test('is cleared by an amount that misses by a charge, the payer owing no other', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '10,000.00' });
    const decision = decide(receipt({ amount: '9,980.00', payer: byName }), [only]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'TOLERANCE' } });
  });

  test('is not found by a part where the payer owes another one', () => {
    expect(decide(receipt({ amount: '400.00', payer: byName }), [thousand, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
      alternatives: [{ allocations: [{ invoiceId: 'A-1', cash: minor('400.00') }] }],
    });
  });
});

describe('terms', () => {
  const terms = { basisPoints: 200, withinDays: 10 };
  const early = invoice({ number: 'INV-2026-0012', amount: '12,345.67', issuedOn: '2026-01-05', discount: terms });

  test.each([
    ['with a reference', { text: 'INV-2026-0012' }],
    ['without, of the only invoice', { payer: byAccount }],
  ])('2/10: 12,345.67 paid on day ten as 12,098.76 clears with 246.91, %s', (_, given) => {
    const decision = decide(receipt({ amount: '12,098.76', paidOn: '2026-01-15', ...given }), [early]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'EARLY_PAYMENT_DISCOUNT', onAccount: 0n },
    });
    expect(decision).not.toHaveProperty('exception');
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('12098.76'), discount: minor('246.91'), charge: 0n },
    ]);
  });

  test('on day eleven it is a part payment', () => {
    const late = receipt({ amount: '12,098.76', paidOn: '2026-01-16', text: 'INV-2026-0012' });
    const decision = decide(late, [early]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT' },
      exception: 'SHORT_PAID',
    });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('12098.76') });
  });

  test('are found among several invoices of a known payer', () => {
    const discounted = receipt({ amount: '12,098.76', paidOn: '2026-01-15', payer: byName });
    expect(decide(discounted, [early, thousand, larger]).explanation?.rule).toBe('EARLY_PAYMENT_DISCOUNT');
    const charged = receipt({ amount: '2,480.00', payer: byName });
    const decision = decide(charged, [early, thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'TOLERANCE' } });
  });

  test('that fit two invoices explain neither', () => {
    const near = invoice({ number: 'A-3', amount: '2,490.00' });
    expect(decide(receipt({ amount: '2,480.00', payer: byName }), [near, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('take the discount and a charge of a named invoice', () => {
    const decision = decide(receipt({ amount: '12,078.76', paidOn: '2026-01-15', text: 'INV-2026-0012' }), [early]);
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('12078.76'), discount: minor('246.91'), charge: minor('20.00') },
    ]);
  });

  test('do not reach over a whole invoice: a charge as large as one of those named is none', () => {
    const small = invoice({ number: 'INV-2026-0020', amount: '40.00' });
    const large = invoice({ number: 'INV-2026-0021', amount: '20,000.00' });
    const paying = (amount: string) => receipt({ amount, text: 'INV-2026-0020 INV-2026-0021', payer: byName });
    expect(decide(paying('20,000.00'), [small, large])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'SHORT_PAID',
    });
    expect(decide(paying('20,000.01'), [small, large])).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'TOLERANCE' },
    });
  });

  test('take what was paid in part before into account', () => {
    // 2 % of 12,345.67 is 246.91; 12,345.67 - 2,345.67 - 246.91 = 9,753.09.
    const rest = invoice({ number: 'INV-2026-0012', amount: '12,345.67', open: '10,000.00', discount: terms });
    const decision = decide(receipt({ amount: '9,753.09', paidOn: '2026-01-15', text: 'INV-2026-0012' }), [rest]);
    expect(decision.explanation?.allocations[0]).toMatchObject({ discount: minor('246.91') });
  });

  test('are not looked at where their rules are off', () => {
    const rules = { off: ['EARLY_PAYMENT_DISCOUNT' as const, 'TOLERANCE' as const] };
    const paying = receipt({ amount: '12,098.76', paidOn: '2026-01-15', text: 'INV-2026-0012' });
    expect(decide(paying, [early], {}, rules).explanation?.rule).toBe('PART_PAYMENT');
  });
});

describe('one invoice but for a charge, of a payer with many', () => {
  const older = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      invoice({ number: `O-${at}`, amount: `${7_001 + at}.13`, dueOn: '2026-01-20' }),
    );
  const whole = invoice({ number: 'N-3', amount: '10,000.00' });
  const paying = receipt({ amount: '9,990.00', payer: byAccount });

  test('is not booked where a set that no search has reached is exactly the amount', () => {
    const set = [invoice({ number: 'N-1', amount: '4,000.00' }), invoice({ number: 'N-2', amount: '5,990.00' })];
    expect(decide(paying, [...older(12), ...set, whole])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('is booked where no set can be the amount, and not where there are too many to tell', () => {
    const decision = decide(paying, [...older(24), whole]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'TOLERANCE' } });
    expect(paid(decision)).toEqual({ 'N-3': minor('9990.00') });
    expect(decide(paying, [...older(25), whole])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });
});
