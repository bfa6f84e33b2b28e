import { describe, expect, it } from 'vitest';
import { type FileGiven, readFileLines } from '../../../../functions/receivables/invoices/csv-invoices.ts';
import { encodeGbk } from '../../../shared/formats/csv/gbk.ts';
import { entity } from '../samples.ts';

const given: FileGiven = { legalEntity: entity, currency: 'CNY' };
const read = (text: string, more: FileGiven = given) => readFileLines(Buffer.from(text), more).lines;
const header = '发票号,客户号,金额,开票日,到期日,条件,合同号,ref:department';
const row = 'FP-2026-0001,K-1,"12,345.67",2026/3/2,2026年4月1日,2/10 net 30,HT-2026-001,销售一部';
const asked = {
  legalEntity: entity,
  number: 'FP-2026-0001',
  customerNumber: 'K-1',
  amount: 1_234_567n,
  currency: 'CNY',
  issuedOn: '2026-03-02',
  dueOn: '2026-04-01',
  discount: { basisPoints: 200, withinDays: 10 },
  references: { contract: 'HT-2026-001', department: '销售一部' },
};

const refusal = (bytes: Uint8Array) => {
  try {
    return readFileLines(bytes, given);
  } catch (error) {
    const { code, fields } = error as { code: string; fields: { reason: string; line?: number } };
    return { code, reason: fields.reason, line: fields.line };
  }
};

describe('a file of invoices', () => {
  it('is read the same in UTF-8, with a mark, and in GBK', () => {
    const text = `${header}\r\n${row}\r\n`;
    for (const file of [Buffer.from(text), Buffer.from(`\ufeff${text}`), encodeGbk(text)]) {
      const { lines, nameOf } = readFileLines(file, given);
      expect(lines).toEqual([{ line: 2, asked }]);
      expect(nameOf?.get('customerNumber')).toBe('客户号');
    }
  });

  it('has its columns by English names too, and lines of its own entity and currency', () => {
    const english = 'Number;Customer number;Amount;Issued on;Terms;Legal entity;Currency;ref:contract';
    const values = 'INV-7;K-1;10;20260302;net 30;Yudao GmbH;eur;C-1';
    expect(read(`${english}\n${values}\n`)).toEqual([
      {
        line: 2,
        asked: {
          ...{ legalEntity: 'Yudao GmbH', number: 'INV-7', customerNumber: 'K-1', amount: 1_000n, currency: 'EUR' },
          ...{ issuedOn: '2026-03-02', dueOn: '2026-04-01', references: { contract: 'C-1' } },
        },
      },
    ]);
  });

  it('tells faults by line and column, in the words of the file', () => {
    const lines = read(
      [
        header,
        row,
        'FP-2,K-1,100,2026-03-02,2026-03-01,,,',
        'FP-3,K-1,100,03/02/2026,2026-04-01,,,',
        'FP-4,,100,2026-03-02,2026-04-01,,,',
        '4.40306E+17,K-1,1E+05,2026-03-02,2026-04-01,,,',
        'FP-6,K-1,-100,2026-03-02,2026-04-01,soon,,',
        'FP-7,K-1,100,2026-03-02,,,,',
        '',
      ].join('\n'),
    );
    expect(lines[0]).toEqual({ line: 2, asked });
    expect(lines.slice(1).map(({ line, faults = [] }) => [line, faults.map(({ field }) => field)])).toEqual([
      [3, ['到期日']],
      [4, ['开票日']],
      [5, ['客户号']],
      [6, ['发票号', '金额']],
      [7, ['金额', '条件']],
      [8, ['到期日']],
    ]);
  });

  it('takes no formula for a text', () => {
    const [line] = read(`${header}\nFP-1,K-1,100,2026-03-02,2026-04-01,,=1+1,\n`);
    expect(line?.faults).toMatchObject([{ field: '合同号' }]);
  });

  it('without a legal entity or a currency says so, line by line', () => {
    const [line] = read(`${header}\n${row}\n`, {});
    expect(line?.faults?.map(({ field }) => field)).toEqual(['legalEntity', 'currency']);
  });

  it('is refused as a whole in two encodings, with unknown columns, or without those it needs', () => {
    const mixed = Buffer.concat([encodeGbk(`${header}\n${row}\n`), Buffer.from(`${row}\n`)]);
    expect(refusal(mixed)).toEqual({ code: 'receivables/file-refused', reason: 'mixed-encodings', line: 3 });
    expect(refusal(Buffer.from(`${header},颜色\n`))).toMatchObject({ reason: 'unknown-column', line: 1 });
    expect(refusal(Buffer.from('发票号,金额,开票日,到期日\n'))).toMatchObject({ reason: 'missing-column' });
    expect(refusal(Buffer.from('发票号,客户号,金额,开票日\n'))).toMatchObject({ reason: 'missing-column' });
    expect(refusal(Buffer.from(`${header}\n`))).toMatchObject({ reason: 'no-records' });
    expect(refusal(Buffer.from(''))).toMatchObject({ reason: 'empty-file' });
  });
});
