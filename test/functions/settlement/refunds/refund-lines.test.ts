import { describe, expect, test } from 'vitest';
import { type RefundLine, refundLines } from '../../../../functions/settlement/refunds/refund-lines.ts';
import { fen } from './samples.ts';

const amounts = [
  { subOrderId: 'A', unsplit: fen('30.00'), given: fen('30.00') },
  { subOrderId: 'B', unsplit: fen('10.00'), given: fen('30.00') },
];
const line = (subOrderId: string, amount: string): RefundLine => ({ subOrderId, amount: fen(amount) });
const ofOrder = (amount: string) => refundLines({ kind: 'ORDER', amount: fen(amount) }, amounts);
const ofLines = (...lines: RefundLine[]) => refundLines({ kind: 'LINES', lines }, amounts);

describe('a refund of sub-orders', () => {
  test('stands as it is named, up to all that each still has', () => {
    expect(ofLines(line('B', '40.00'), line('A', '0.01'))).toEqual([line('B', '40.00'), line('A', '0.01')]);
  });

  test.each([
    ['names none', [], { code: 'NO_LINES' }],
    ['is of nothing', [line('A', '1.00'), line('B', '0.00')], { code: 'NOT_ABOVE_ZERO', line: 1 }],
    [
      'names one that is not of the order',
      [line('C', '1.00')],
      { code: 'SUB_ORDER_UNKNOWN', line: 0, subOrderId: 'C' },
    ],
    ['names one twice', [line('A', '1.00'), line('A', '1.00')], { code: 'SUB_ORDER_TWICE', line: 1, subOrderId: 'A' }],
    [
      'is above what its sub-order has, though the order has it',
      [line('A', '1.00'), line('B', '40.01')],
      { code: 'REFUND_ABOVE_LEFT', line: 1, left: fen('40.00'), asked: fen('40.01') },
    ],
  ])('is refused where it %s', (_, lines, fault) => {
    expect(ofLines(...lines)).toEqual(fault);
  });
});

describe('a refund of the whole order', () => {
  test.each([
    // By what is unsplit, 30 to 10; then by what was given, 30 to 30.
    ['20.00', [line('A', '15.00'), line('B', '5.00')]],
    ['40.00', [line('A', '30.00'), line('B', '10.00')]],
    ['60.00', [line('A', '40.00'), line('B', '20.00')]],
    ['60.01', [line('A', '40.01'), line('B', '20.00')]],
    ['100.00', [line('A', '60.00'), line('B', '40.00')]],
    // 0.75 and 0.25 of a fen: nothing is left for B, and a line of nothing is none.
    ['0.01', [line('A', '0.01')]],
  ])('of %s takes what is unsplit first, wherever it is', (amount, lines) => {
    expect(ofOrder(amount)).toEqual(lines);
  });

  test('is refused above what is left, and says what is; and at zero', () => {
    expect(ofOrder('100.01')).toEqual({ code: 'REFUND_ABOVE_LEFT', left: fen('100.00'), asked: fen('100.01') });
    expect(ofOrder('0.00')).toEqual({ code: 'NOT_ABOVE_ZERO' });
  });
});
