import { describe, expect, test } from 'vitest';
import { byName, decide, invoice, minor, paid, receipt, yuanda } from './items.ts';

const one = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
const other = invoice({ number: 'INV-2026-0013', amount: '2,345.60' });
const yuandas = invoice({ number: 'INV-2026-0900', amount: '500.00', customerId: yuanda.id });

describe('a reference to an invoice', () => {
  test.each<[string, string, { name?: string }?]>([
    ['as printed', 'INV-2026-0012'],
    ['without separators', 'inv20260012'],
    ['full width', '发票号：ＩＮＶ－２０２６－００１２ 货款'],
    ['with blanks', 'Zahlung INV 2026 0012 vom Januar'],
    ['with slashes, inside a sentence', '付货款(inv/2026/0012)谢谢'],
    ['with Chinese on both sides', '货款INV20260012号发票'],
    ['without its letters, after a word for it, from a payer that is known', '发票号 2026-0012', byName],
  ])('is found %s', (_, text, payer = {}) => {
    const decision = decide(receipt({ amount: '1,000.00', text, payer }), [one, other, yuandas]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', customerId: 'cu_hx', explanation: { rule: 'REFERENCE' } });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('1000.00') });
    expect(decision).not.toHaveProperty('exception');
  });

  test('shows what was read and what it means, and the amounts', () => {
    const decision = decide(receipt({ amount: '1,000.00', text: 'inv2026/0012', payer: byName }), [one]);
    expect(decision.explanation?.evidence).toEqual([
      { kind: 'NAME', found: '深圳市华兴科技有限公司', meant: '深圳市华兴科技有限公司' },
      { kind: 'REFERENCE', found: 'INV20260012', meant: 'INV-2026-0012' },
      { kind: 'AMOUNT', found: '1000.00', meant: '1000.00 of INV-2026-0012' },
    ]);
  });

  test('is found across a line that the bank cut after 35 characters', () => {
    const lines = ['payment of goods received INV-2026-0', '012'].join('').match(/.{1,35}/g) ?? [];
    expect(lines).toEqual(['payment of goods received INV-2026-', '0012']);
    const decision = decide(receipt({ amount: '1,000.00', texts: lines }), [one, other]);
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('1000.00') });
  });

  test('is not read across the end of a line that was not cut', () => {
    const short = invoice({ number: '20260012', amount: '1,000.00' });
    expect(decide(receipt({ amount: '1,000.00', texts: ['2026', '0012'] }), [short]).outcome).toBe('SUGGESTED');
  });

  test('is found among structured references, and as an order', () => {
    const ordered = invoice({ number: 'A-1', amount: '77.00', references: { order: 'PO-88123' } });
    const structured = receipt({ amount: '77.00', references: { endToEndId: 'PO 88123' } });
    expect(paid(decide(structured, [one, ordered]))).toEqual({ 'A-1': minor('77.00') });
  });

  test('several numbers pay several invoices, oldest due first', () => {
    const later = invoice({ number: 'INV-2026-0011', amount: '10.00', dueOn: '2026-03-01' });
    const text = 'INV-2026-0011, INV-2026-0013 und INV-2026-0012';
    const decision = decide(receipt({ amount: '3,355.60', text }), [one, other, later, yuandas]);
    expect(decision.outcome).toBe('MATCHED');
    expect(decision.explanation?.allocations.map(({ invoiceId }) => invoiceId)).toEqual([
      'INV-2026-0012',
      'INV-2026-0013',
      'INV-2026-0011',
    ]);
  });

  const series = ['0012', '0013', '0014', '0015'].map((end) => invoice({ number: `INV${end}`, amount: '100.00' }));
  const numbers = ['0012', '0013', '0014', '0015'].map((number) => invoice({ number, amount: '100.00' }));
  test.each([
    ['a range in short form', 'INV0012~015', '400.00', series, {}],
    ['a range with a hyphen', '发票 0012-0015', '400.00', numbers, byName],
    ['a range in Chinese', 'INV0012至INV0015', '400.00', series, {}],
    ['a list in short form', 'INV0012/13/15', '300.00', series, {}],
    ['a list with 、', '发票号0012、0013、0015', '300.00', numbers, byName],
  ])('%s names each of its invoices', (_, text, amount, invoices, payer) => {
    const decision = decide(receipt({ amount, text, payer }), invoices);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE', onAccount: 0n } });
    expect(decision.explanation?.allocations).toHaveLength(Number(minor(amount) / 10_000n));
  });

  test('a date after a number is no other number in short form', () => {
    const year = invoice({ number: 'INV-2025-742025', amount: '9,600.00' });
    const named = invoice({ number: 'INV-2025-742580', amount: '8,000.00' });
    for (const text of ['发票INV-2025-742580，2025-03-02，金额8,000.00', 'INV-2025-742580/2025.3.2']) {
      expect(paid(decide(receipt({ amount: '8,000.00', text }), [year, named]))).toEqual({
        'INV-2025-742580': minor('8000.00'),
      });
    }
    const both = decide(receipt({ amount: '17,600.00', text: 'INV-2025-742580, 2025' }), [year, named]);
    expect(Object.keys(paid(both)).sort()).toEqual(['INV-2025-742025', 'INV-2025-742580']);
  });

  test('a short number inside a longer one is none', () => {
    const short = invoice({ number: '12', amount: '1,000.00' });
    const twin = invoice({ number: '13', amount: '1,000.00' });
    for (const text of ['6212200012', '2026-12', '12-2026', '1212', 'ABC12']) {
      expect(decide(receipt({ amount: '1,000.00', text, payer: byName }), [short, twin])).toMatchObject({
        outcome: 'SUGGESTED',
        exception: 'AMBIGUOUS',
      });
    }
  });

  test('a short number counts with a known payer and not without', () => {
    const short = invoice({ number: '12', amount: '1,000.00' });
    const twin = invoice({ number: '13', amount: '1,000.00' });
    const known = decide(receipt({ amount: '1,000.00', text: '发票号12', payer: byName }), [short, twin]);
    expect(known).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(paid(known)).toEqual({ '12': minor('1000.00') });
    const unknown = decide(receipt({ amount: '1,000.00', text: '发票号12' }), [short, twin]);
    expect(unknown).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
  });

  test('a plain number that may be a day or the amount needs a known payer', () => {
    const day = invoice({ number: '20260130', amount: '50.00' });
    const same = invoice({ number: '12345678', amount: '123,456.78' });
    expect(decide(receipt({ amount: '50.00', text: '20260130' }), [day]).outcome).toBe('SUGGESTED');
    expect(decide(receipt({ amount: '50.00', text: '20260130', payer: byName }), [day]).outcome).toBe('MATCHED');
    expect(decide(receipt({ amount: '123,456.78', text: '12345678' }), [same]).outcome).toBe('SUGGESTED');
    expect(decide(receipt({ amount: '99.00', text: '发票12345678' }), [same]).outcome).toBe('MATCHED');
  });

  const plain = invoice({ number: '30012345', amount: '5,000.00' });
  const telephone = invoice({ number: '13812345678', amount: '50.00' });

  type Named = [string, string, string, Record<string, string>?];

  test.each<Named>([
    ['a part', '88.00', '流水号30012345电费'],
    ['more', '99,999.00', '联系电话 13812345678'],
    ['more, after TEL NO', '99,999.00', 'TEL NO 13812345678'],
    ['a part, as an end-to-end number', '88.00', '', { endToEndId: '30012345' }],
  ])('digits alone from nobody known are no reason to book %s', (_, amount, text, references = {}) => {
    const paying = receipt({ amount, text, references, payer: { name: '不知名电力公司' } });
    const decision = decide(paying, [plain, telephone]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(decision).not.toHaveProperty('customerId');
  });

  test.each<Named>([
    ['exactly', '5,000.00', '流水号30012345'],
    ['but for a charge', '4,950.00', '30012345'],
    ['in part where they are called an invoice', '88.00', '發票號碼：30012345'],
    ['in part where they are called an order', '88.00', 'Order No. 30012345'],
    ['in part where their field says so', '88.00', '', { invoice: '30012345' }],
  ])('digits alone from nobody known pay an invoice %s', (_, amount, text, references = {}) => {
    const decision = decide(receipt({ amount, text, references }), [plain, telephone]);
    expect(decision.outcome).toBe('MATCHED');
    expect(paid(decision)).toEqual({ '30012345': minor(amount) });
  });

  test('digits in a list are all called what the first is', () => {
    const next = invoice({ number: '30012346', amount: '100.00' });
    const over = receipt({ amount: '6,000.00', text: '发票号30012345、30012346' });
    expect(decide(over, [plain, next])).toMatchObject({ outcome: 'MATCHED', exception: 'OVERPAID' });
    const bare = { ...over, texts: ['30012345、30012346'] };
    expect(decide(bare, [plain, next])).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
  });

  test('an amount written in the text is no reference', () => {
    const number = invoice({ number: '123456700', amount: '1.00' });
    expect(decide(receipt({ amount: '1.00', text: '付1234567.00元' }), [number]).outcome).toBe('SUGGESTED');
  });
});

describe('a reference whose amount does not fit', () => {
  test('is a part payment where it is one invoice and less', () => {
    const decision = decide(receipt({ amount: '400.00', text: 'INV-2026-0012' }), [one, other]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT', onAccount: 0n },
      exception: 'SHORT_PAID',
    });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('400.00') });
  });

  test('leaves a surplus on account', () => {
    const decision = decide(receipt({ amount: '1,200.00', text: 'INV-2026-0012' }), [one, other]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'REFERENCE', onAccount: minor('200.00') },
      exception: 'OVERPAID',
    });
  });

  test('of several invoices and less than their sum is suggested, oldest due first', () => {
    const text = 'INV-2026-0012 INV-2026-0013';
    const decision = decide(receipt({ amount: '1,500.00', text, payer: byName }), [one, other]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'SHORT_PAID' });
    expect(decision.alternatives[0]?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('1000.00'), discount: 0n, charge: 0n },
      { invoiceId: 'INV-2026-0013', cash: minor('500.00'), discount: 0n, charge: 0n },
    ]);
  });

  test('short by what banks take is cleared with a charge, and by one fen more is a part payment', () => {
    const large = invoice({ number: 'INV-2026-0050', amount: '10,000.00' });
    const within = decide(receipt({ amount: '9,950.00', text: 'INV-2026-0050' }), [large]);
    expect(within).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'TOLERANCE' } });
    expect(within.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0050', cash: minor('9950.00'), discount: 0n, charge: minor('50.00') },
    ]);
    const beyond = decide(receipt({ amount: '9,949.99', text: 'INV-2026-0050' }), [large]);
    expect(beyond).toMatchObject({ explanation: { rule: 'PART_PAYMENT' }, exception: 'SHORT_PAID' });
  });

  test('short by more than the part of it that is tolerated is a part payment', () => {
    const small = invoice({ number: 'INV-2026-0051', amount: '100.00' });
    expect(decide(receipt({ amount: '99.00', text: 'INV-2026-0051' }), [small]).explanation?.rule).toBe('TOLERANCE');
    expect(decide(receipt({ amount: '98.99', text: 'INV-2026-0051' }), [small]).explanation?.rule).toBe('PART_PAYMENT');
  });

  test("is within the customer's own tolerance where it has one", () => {
    const strict = { ...yuanda, tolerance: { chargeMax: {}, basisPointsMax: 0 } };
    const paying = receipt({ amount: '499.00', text: 'INV-2026-0900' });
    expect(decide(paying, [yuandas], { customers: [strict] }).explanation?.rule).toBe('PART_PAYMENT');
    expect(decide(paying, [yuandas], { customers: [yuanda] }).explanation?.rule).toBe('TOLERANCE');
  });
});
