import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula, withoutFormulaGuard } from '../../../../shared/formats/csv/formula-guard.ts';
import { readRecords } from '../../../../shared/formats/csv/read-records.ts';
import { readTable } from '../../../../shared/formats/csv/read-table.ts';
import { type Cell, type CsvLayout, csvLine, writeCsv } from '../../../../shared/formats/csv/write-csv.ts';

async function written(header: string[], rows: Iterable<readonly Cell[]>, layout?: CsvLayout): Promise<string> {
  let text = '';
  for await (const chunk of writeCsv(header, rows, layout)) text += chunk;
  return text;
}

describe('a cell that a spreadsheet would run', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+86 10 6666', "'+86 10 6666"],
    ['-2+3+cmd|’ /C calc’!A0', "'-2+3+cmd|’ /C calc’!A0"],
    ['@SUM(A1:A9)', "'@SUM(A1:A9)"],
    ['＝1+1', "'＝1+1"],
    ['\t=1+1', "'\t=1+1"],
    ['\r=1+1', "'\r=1+1"],
    [' =1+1', "' =1+1"],
    ["'=1+1", "''=1+1"],
    ['-', "'-"],
  ])('%j is written %j', (cell, guarded) => {
    expect(guardFormula(cell)).toBe(guarded);
  });

  it.each(['-12.50', '-5', '1=1', "O'Brien", "'s-Hertogenbosch", '江南机械厂', '', 'a@b.cn'])('%j is none', (cell) => {
    expect(guardFormula(cell)).toBe(cell);
    expect(withoutFormulaGuard(cell)).toBe(cell);
  });

  it('never begins with a sign of formulas once guarded, and is what it was once read', () => {
    const texts = fc.string({ unit: fc.constantFrom(..."'=+-@＝\t\r\n\0 a1.") });
    fc.assert(
      fc.property(texts, (text) => {
        const guarded = guardFormula(text);
        if (!/^-\d+(\.\d+)?$/.test(guarded)) expect(guarded).not.toMatch(/^[=+\-@＝\t\r\n\0]/);
        expect(withoutFormulaGuard(guarded)).toBe(text);
      }),
    );
  });
});

describe('a written file', () => {
  it('is RFC 4180: CRLF, quotes where needed and doubled within', async () => {
    const rows = [
      ['江南机械厂', '-12.50', 'a "b", c'],
      ['=HYPERLINK("http://a.b")', undefined, 'two\nlines'],
    ];
    expect(await written(['name', 'amount', 'text'], rows)).toBe(
      'name,amount,text\r\n江南机械厂,-12.50,"a ""b"", c"\r\n"\'=HYPERLINK(""http://a.b"")",,"two\nlines"\r\n',
    );
  });

  it('begins with a byte order mark where Excel is to read it, and uses the delimiter asked for', async () => {
    expect(await written(['a', 'b'], [['1', '2;3']], { byteOrderMark: true, delimiter: ';' })).toBe(
      '\ufeffa;b\r\n1;"2;3"\r\n',
    );
  });

  it('comes in chunks, row by row', async () => {
    let asked = 0;
    async function* rows() {
      for (; asked < 10_000; asked += 1) yield ['x'.repeat(100)];
    }
    const chunks = writeCsv(['a'], rows());
    expect((await chunks.next()).value?.length).toBeGreaterThan(64 * 1024 - 200);
    expect(asked).toBeLessThan(1_000);
    await chunks.return(undefined);
  });

  const cell = fc.string({ unit: fc.constantFrom(...'",;\t\r\n\'=+-@ab 1一'), maxLength: 8 });
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));

  it('reads back equal, record by record', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
        const text = rows.map((row) => csvLine(row, delimiter)).join('');
        const records = [...readRecords(text, { delimiter })];
        expect(records.map(({ fields }) => fields.map(withoutFormulaGuard))).toEqual(rows);
        expect(records.some(({ fault }) => fault)).toBe(false);
      }),
    );
  });

  it('reads back equal as a table: encoding, delimiter and header are found', async () => {
    const layouts = fc.record({ delimiter: fc.constantFrom(',', ';', '\t'), byteOrderMark: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(table, layouts, async (rows, layout) => {
        const full = rows.map((row) => ['x', ...row]);
        const header = ['协议号', ...(rows[0] ?? []).map((_, column) => `列${column}`)];
        const read = readTable(Buffer.from(await written(header, full, layout)));
        expect(read.header.names).toEqual(header);
        expect([...read.rows].map(({ fields }) => fields.map(withoutFormulaGuard))).toEqual(full);
      }),
    );
  });
});
