import { describe, expect, test } from 'vitest';
import { byName, decide, invoice, minor, paid, receipt, suggested } from './items.ts';

const one = invoice({ number: '沪销25-28798', amount: '13,456.80' });
const next = invoice({ number: '沪销25-28799', amount: '587.32' });
const digits = invoice({ number: '25312000000015201976', amount: '587.32' });

/** Lines of 35 characters. */
const cut = (text: string) => text.match(/.{1,35}/g) ?? [];

describe('a number that begins with Chinese characters', () => {
  test.each([
    ['as printed', ['沪销25-28798']],
    ['inside a sentence', ['网银转账 附言:付沪销25-28798货款']],
    ['after a word for it', ['支付货款，发票号码沪销25-28798']],
    ['in traditional characters', ['貨款滬銷25-28798']],
    ['full width, with blanks', ['沪销 ２５ ２８７９８']],
    ['as offices write numbers', ['沪销字第25-28798号', '货款']],
    ['with brackets of a year', ['沪销〔25〕28798号']],
    ['across lines that a bank cut in its characters', cut('PAYMENT IN SETTLEMENT OF STATEMENT沪销25-28798 END')],
    ['across lines that a bank cut in its digits', cut('PAYMENT IN SETTLEMENT OF THE沪销25-28798')],
  ])('says by itself what it means, from nobody that is known: %s', (_, texts) => {
    const decision = decide(receipt({ amount: '13,456.80', texts }), [one, next]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(paid(decision)).toEqual({ '沪销25-28798': minor('13456.80') });
  });

  test('is found among structured references, and shows what was read', () => {
    const structured = receipt({ amount: '13,456.80', references: { creditorReference: '沪销25-28798' } });
    expect(decide(structured, [one, next]).explanation?.evidence[0]).toEqual({
      kind: 'REFERENCE',
      found: '沪销2528798',
      meant: '沪销25-28798',
    });
  });

  test('is paid in part, and leaves a surplus on account, as any other', () => {
    const text = '沪销25-28798';
    expect(decide(receipt({ amount: '3,113.93', text }), [one, next])).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT' },
      exception: 'SHORT_PAID',
    });
    expect(decide(receipt({ amount: '13,500.00', text, payer: byName }), [one, next])).toMatchObject({
      outcome: 'MATCHED',
      explanation: { onAccount: minor('43.20') },
      exception: 'OVERPAID',
    });
  });

  test('counts among several: what is short of their sum is suggested and not booked as too much for one', () => {
    const text = '沪销25-28798、25312000000015201976';
    expect(decide(receipt({ amount: '13,645.74', text, payer: byName }), [one, digits])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'SHORT_PAID',
    });
    const all = decide(receipt({ amount: '14,044.12', text: '沪销25-28798/99' }), [one, next]);
    expect(Object.keys(paid(all))).toEqual(['沪销25-28798', '沪销25-28799']);
  });

  test('is another than the same digits after other characters of ours', () => {
    const other = invoice({ number: '苏销25-28798', amount: '13,456.80' });
    const text = '苏销25-28798';
    expect(paid(decide(receipt({ amount: '13,456.80', text }), [one, other]))).toEqual({
      '苏销25-28798': minor('13456.80'),
    });
    const known = receipt({ amount: '13,456.80', text: '苏销25-28797', payer: byName });
    expect(decide(known, [one, other]).outcome).toBe('SUGGESTED');
  });

  test('without them needs a known payer', () => {
    const text = '发票25-28798';
    expect(decide(receipt({ amount: '13,456.80', text }), [one, next]).outcome).toBe('SUGGESTED');
    expect(decide(receipt({ amount: '13,456.80', text, payer: byName }), [one, next]).outcome).toBe('MATCHED');
  });

  test('that is paid, or is none that we know, keeps the amount from another invoice', () => {
    const twin = invoice({ number: 'A-7', amount: '500.00' });
    const cleared = [{ ...invoice({ number: '沪销25-86915', amount: '500.00' }), payments: [] }];
    const paying = (text: string) => receipt({ amount: '500.00', text, payer: byName });
    expect(decide(paying('沪销25-86915'), [one, twin], { cleared })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'OVERPAID',
      alternatives: [{ allocations: [] }],
    });
    expect(decide(paying('沪销25-86916'), [one, twin])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });

  test('that the text breaks off in is suggested', () => {
    const decision = decide(receipt({ amount: '587.32', text: '货款沪销25-2879' }), [one, next]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(suggested(decision)).toContainEqual(['沪销25-28799']);
  });

  test('and is only a word for a number says no more than its digits', () => {
    const plain = invoice({ number: '发票25-28798', amount: '100.00' });
    expect(decide(receipt({ amount: '100.00', text: '发票25-28798' }), [plain]).outcome).toBe('SUGGESTED');
  });
});
