import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../functions/collection/batches/parse-line.ts';
import { readCsv } from '../../../../functions/collection/batches/read-csv.ts';

const paths = (value: unknown) => parseLine(value).faults?.map(({ path }) => path.join('.'));
const amount = { amount: '1.00', currency: 'CNY' };

describe('a line in JSON', () => {
  it('is the request it describes', () => {
    expect(parseLine({ agreementNumber: 'XY-1', amount }).request).toEqual({
      agreementNumber: 'XY-1',
      amount: { minor: 100n, currency: 'CNY' },
      splitAboveLimit: false,
    });
  });

  it('tells all its faults at once, that of the mandate with them', () => {
    const line = {
      amount: { amount: '1.005', currency: 'CNY' },
      payerName: '=A1',
      references: { no: '=B1' },
      note: 'x',
    };
    expect(paths(line)?.sort()).toEqual(['agreementNumber', 'amount.amount', 'note', 'payerName', 'references.no']);
    expect(paths({ agreementNumber: 'XY-1', mandateId: 'man_01KAVG2Y7T8XJ4N5QW3R6S9Z0A', amount })).toEqual([
      'agreementNumber',
    ]);
    expect(paths({})?.sort()).toEqual(['agreementNumber', 'amount']);
    expect(paths(null)).toEqual(['']);
    expect(paths('XY-1,1.00')).toEqual(['']);
  });

  it('has the faults that the same line has in CSV, in the same words', () => {
    const json = { agreementNumber: 'XY*1', amount: { amount: '1.005', currency: 'CNY' }, payerName: '@x' };
    const file = Buffer.from('协议号,金额,付款人\nXY*1,1.005,@x\n');
    const inCsv = readCsv(file, { currency: 'CNY' }).lines[0]?.faults ?? [];
    expect(inCsv.map(({ detail }) => detail)).toEqual(parseLine(json).faults?.map(({ detail }) => detail));
    expect(inCsv.map(({ column }) => column)).toEqual(['协议号', '金额', '付款人']);
  });
});
