import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsMax, fieldCharactersMax } from '../../../../shared/formats/csv/limits.ts';
import { readRecords } from '../../../../shared/formats/csv/read-records.ts';

const read = (text: string, delimiter = ',') => [...readRecords(text, { delimiter })];
const fields = (text: string, delimiter?: string) => read(text, delimiter).map((record) => record.fields);

describe('records', () => {
  it('end with CRLF, LF or CR, mixed too, the last with a line break or without', () => {
    const expected = [
      ['a', 'b'],
      ['1', '2'],
    ];
    for (const end of ['\r\n', '\n', '\r']) {
      expect(fields(`a,b${end}1,2${end}`)).toEqual(expected);
      expect(fields(`a,b${end}1,2`)).toEqual(expected);
    }
    expect(fields('a\r\nb\nc\rd')).toEqual([['a'], ['b'], ['c'], ['d']]);
    expect(read('a\nb').map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('hold delimiters, line breaks and doubled quotes within quotes', () => {
    expect(fields('"a,b","say ""hi""","two\r\nlines",""\n')).toEqual([['a,b', 'say "hi"', 'two\r\nlines', '']]);
    expect(fields('"""",""""""')).toEqual([['"', '""']]);
  });

  it('keep blanks, and empty fields at every place', () => {
    expect(fields(' a , b \n,,\n\n')).toEqual([[' a ', ' b '], ['', '', ''], ['']]);
  });

  it('are parted by the delimiter asked for and no other', () => {
    expect(fields('a;"b;c",d', ';')).toEqual([['a']]);
    expect(fields('a;"b;c";d,e', ';')).toEqual([['a', 'b;c', 'd,e']]);
    expect(fields('a\tb,c', '\t')).toEqual([['a', 'b,c']]);
  });

  it('are on the lines that an editor shows, below fields of several lines too', () => {
    const lines = read('a,b\r\n"x\r\ny\nz",2\r\n\r\n3,4\r5,"6\r7"\n8,9').map(({ line, lastLine }) => [line, lastLine]);
    expect(lines).toEqual([
      [1, 1],
      [2, 4],
      [5, 5],
      [6, 6],
      [7, 8],
      [9, 9],
    ]);
  });
});

describe('a fault within a line', () => {
  it.each([
    ['a quote in a field without quotes', '1,5" disk,3', 2, 'within the field'],
    ['a blank before the quote', '1, "a,b"', 2, 'within the field'],
    ['text after the closing quote', '"He said "hi, you" to me",2', 1, 'follows the closing quote'],
    ['a blank after the closing quote', '1,"a" ,2', 2, 'follows the closing quote'],
    ['a field too long', `1,2,${'x'.repeat(fieldCharactersMax + 1)}`, 3, `at most ${fieldCharactersMax}`],
    ['too many columns', ','.repeat(columnsMax), columnsMax + 1, `more than ${columnsMax} columns`],
  ])('such as %s names the column and harms no other line', (_, line, column, words) => {
    const records = read(`a,b\n${line}\n3,4\n`);
    expect(records.map((record) => record.line)).toEqual([1, 2, 3]);
    expect(records[1]?.fault).toEqual({ column, detail: expect.stringContaining(words) });
    expect(records[2]).toEqual({ line: 3, lastLine: 3, fields: ['3', '4'], ended: true });
  });

  it('is none where the field is as long, and the row as wide, as may be', () => {
    expect(read('x'.repeat(fieldCharactersMax))[0]?.fault).toBeUndefined();
    expect(read(','.repeat(columnsMax - 1))[0]).not.toHaveProperty('fault');
  });
});

describe('a quote open over line breaks', () => {
  const refusal = (text: string) => {
    try {
      return read(text);
    } catch (error) {
      const { reason, place } = error as { reason: string; place: object };
      return { reason, ...place };
    }
  };

  it('refuses the file where it opens, since rows end nobody knows where', () => {
    expect(refusal('a,b\n1,"2\n3,4\n')).toEqual({ reason: 'quote-not-closed', line: 2, column: 2 });
    expect(refusal('a,b\n1,"2\n3,"4"\n')).toEqual({ reason: 'quote-not-closed', line: 2, column: 2 });
    expect(refusal('"')).toEqual({ reason: 'quote-not-closed', line: 1, column: 1 });
  });
});

describe('whatever a line says', () => {
  const harmless = fc.stringMatching(/^[a-z0-9 ]{0,5}$/);
  // A quote that opens a field may reach into the next line; other quotes are faults of their own line.
  const broken = fc.stringMatching(/^[a-z",; ]{1,12}$/).filter((line) => !/(^|,)"/.test(line));

  it('the lines before and after are read as if it were not there', () => {
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1 }), broken, fc.array(harmless), (before, line, after) => {
        const text = (lines: readonly string[]) => lines.map((one) => `${one}\n`).join('');
        const records = fields(text([...before, line, ...after]));
        expect(records.toSpliced(before.length, 1)).toEqual(fields(text([...before, ...after])));
      }),
    );
  });
});
