import { describe, expect, it } from 'vitest';
import { readTable, type TableOptions } from '../../../../shared/formats/csv/read-table.ts';

const read = (text: string, options?: TableOptions) => {
  const table = readTable(Buffer.from(text), options);
  return { ...table, rows: [...table.rows] };
};
const rows = (text: string) => read(text).rows.map(({ line, fields, fault }) => [line, fault?.column ?? fields]);

const refusal = (text: string, options?: TableOptions) => {
  try {
    return read(text, options);
  } catch (error) {
    const { reason, place } = error as { reason: string; place: object };
    return { reason, ...place };
  }
};

describe('the delimiter', () => {
  it.each([
    ['a,b\n', ','],
    ['a;b\n', ';'],
    ['a\tb\n', '\t'],
    ['a\n1,2', ','],
    ['金额;"摘要, kurz"\n', ';'],
    ['"a;b;c",d\n', ','],
    ['"a\n;;;",d\n', ','],
  ])('of %j is %j, as the header has it outside quotes', (text, delimiter) => {
    expect(read(text).delimiter).toBe(delimiter);
  });

  it.each(['sep=;\r\n', 'SEP=;\n', '"sep=;"\r'])('is what Excel’s line %j says, and lines count on below', (line) => {
    const { delimiter, header, rows } = read(`\ufeff${line}a,b;c\n1,2;3\n`);
    expect({ delimiter, header }).toEqual({ delimiter: ';', header: { line: 2, names: ['a,b', 'c'] } });
    expect(rows[0]).toMatchObject({ line: 3, fields: ['1,2', '3'] });
  });
});

describe('a table', () => {
  it('may have empty lines between Excel’s line and its header', () => {
    expect(read('sep=;\n\n\na,b;c\n1;2\n')).toMatchObject({
      header: { line: 4, names: ['a,b', 'c'] },
      rows: [{ line: 5 }],
    });
  });

  it('has names without blanks around them, below empty lines too, and none at the end of the header', () => {
    expect(read('\n \r\n a , b b ,,\n1,2\n')).toMatchObject({ header: { line: 3, names: ['a', 'b b'] } });
  });

  it('leaves out rows without content, and counts their lines', () => {
    expect(rows('a,b\n\n1,2\n,,\n  , \n3,4')).toEqual([
      [3, ['1', '2']],
      [6, ['3', '4']],
    ]);
  });

  it('fills a row that Excel left short, but not the last of a file that may be cut off', () => {
    expect(rows('a,b,c\n1\n2,\n3,4,5')).toEqual([
      [2, ['1', '', '']],
      [3, ['2', '', '']],
      [4, ['3', '4', '5']],
    ]);
    expect(rows('a,b,c\n1,2,3\n4,100')).toEqual([
      [2, ['1', '2', '3']],
      [3, 2],
    ]);
  });

  it('names the first column beyond the header, unless all beyond is empty', () => {
    expect(rows('a,b\n1,2,\n1,2, ,x\n3,4\n')).toEqual([
      [2, ['1', '2']],
      [3, 3],
      [4, ['3', '4']],
    ]);
  });

  it('of 10,000 rows is read and of 10,001 refused, with the line', () => {
    const lines = (count: number) => `a\n${'1\n'.repeat(count)}`;
    expect(read(lines(10_000), { rowsMax: 10_000 }).rows).toHaveLength(10_000);
    expect(refusal(lines(10_001), { rowsMax: 10_000 })).toEqual({ reason: 'too-many-records', line: 10_002 });
  });

  it.each([
    ['a,,c\n', { reason: 'malformed-header', line: 1, column: 2 }],
    [',\n1,2\n', { reason: 'malformed-header', line: 1, column: 1 }],
    ['协议号，金额\n', { reason: 'malformed-header', line: 1 }],
    ['a,b"c\n', { reason: 'malformed-header', line: 1, column: 2 }],
    ['\ufeff', { reason: 'empty-file' }],
    ['\n\n', { reason: 'empty-file' }],
  ])('is none with the header %j', (text, expected) => {
    expect(refusal(text)).toEqual(expected);
  });
});
