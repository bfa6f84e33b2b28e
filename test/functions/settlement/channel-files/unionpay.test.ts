import { describe, expect, it } from 'vitest';
import { builtIn, readFile } from './sample-files.ts';

const template = builtIn('unionpay');
const widths = template.layout.kind === 'FIXED' ? template.layout.widths : [];

/** A record of 27 fields and a tail, each filled up with blanks to its width, a blank between. */
function record(fields: Readonly<Record<number, string>>, tail = ' 777290058110048'): string {
  return widths.map((width, place) => (fields[place + 1] ?? '').padEnd(width)).join(' ') + tail;
}

const purchase = record({
  1: 'S22',
  4: '123456',
  5: '0302093000',
  6: '621626*********1111',
  7: '000000010000',
  10: '202603020930001234568',
  12: 'C1',
  16: 'D00000000060',
  17: 'C000000009940',
  20: '01',
});
const giveBack = record({
  5: '0302180000',
  7: '000000002500',
  10: '202603021800001234578',
  12: 'RC1',
  16: 'C00000000015',
  20: '04',
  27: '202603020930001234568',
});
const preAuthorised = record({
  5: '0302100000',
  7: '000000099900',
  10: '202603021000001234588',
  12: 'C2',
  16: 'D00000000000',
  20: '02',
});

describe('merchant details of UnionPay', () => {
  it('are cut at fixed places, fees by their letter, times in the year of the day', () => {
    const { lines, faults, summary } = readFile([purchase, giveBack, preAuthorised].join('\r\n'), template);
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      {
        channelId: 'chn_wx',
        transactionId: '202603020930001234568',
        orderNo: 'C1',
        kind: 'PAYMENT',
        amount: 10_000n,
        fee: 60n,
        currency: 'CNY',
        at: '2026-03-02T01:30:00Z',
        line: 1,
      },
      {
        channelId: 'chn_wx',
        transactionId: '202603020930001234568',
        refundNo: 'RC1',
        kind: 'REFUND',
        amount: 2_500n,
        fee: -15n,
        currency: 'CNY',
        at: '2026-03-02T10:00:00Z',
        line: 2,
      },
    ]);
    expect(summary).toMatchObject({ skipped: 1, faulty: 0 });
  });

  it('of the last evening of a year are of that year in the file of New Year', () => {
    const late = purchase.replace('0302093000', '1231233000');
    const { lines } = readFile(late, template, { businessDate: '2026-01-01' });
    expect(lines[0]?.at).toBe('2025-12-31T15:30:00Z');
  });

  it('that were cut off are told by their line', () => {
    const { faults } = readFile(`${purchase}\n${giveBack.slice(0, 100)}\n`, template);
    expect(faults).toEqual(['2 row: The row has 100 bytes, the layout needs 292: the line was cut off.']);
  });

  it('with a fee of neither letter are told', () => {
    const { faults } = readFile(purchase.replace('D00000000060', 'X00000000060'), template);
    expect(faults).toEqual(['1 fee: "X00000000060" has neither D nor C before it.']);
  });
});
