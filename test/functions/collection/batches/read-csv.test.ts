import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvGiven, readCsv } from '../../../../functions/collection/batches/read-csv.ts';
import { csvLine } from '../../../../shared/formats/csv/write-csv.ts';
import { encodeGbk } from '../../../shared/formats/csv/gbk.ts';

const cny: CsvGiven = { currency: 'CNY' };
const read = (text: string, given = cny) => readCsv(Buffer.from(text), given);
const mandateId = 'man_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';

/** What one line below the header is read as. */
const line = (header: string, row: string, given = cny) => read(`${header}\n${row}\n`, given).lines[0];
const faults = (header: string, row: string) => line(header, row)?.faults?.map(({ column }) => column) ?? [];
const detail = (header: string, row: string) =>
  line(header, row)
    ?.faults?.map((fault) => fault.detail)
    .join(' ') ?? '';

const refusal = (text: string) => {
  try {
    return read(text);
  } catch (error) {
    const { reason, place, what } = error as { reason: string; place: object; what: string };
    return { reason, what, ...place };
  }
};

describe('a file of collections', () => {
  const chinese = '协议号,金额,币种,摘要,日期,付款人,超限拆分,ref:contract';
  const row = 'XY-2026-0317,1234.50,人民币,三月服务费,2026/3/2,江南机械厂,是,HT-2026-001';
  const request = {
    agreementNumber: 'XY-2026-0317',
    amount: { minor: 123450n, currency: 'CNY' },
    description: '三月服务费',
    dueDate: '2026-03-02',
    payerName: '江南机械厂',
    splitAboveLimit: true,
    references: { contract: 'HT-2026-001' },
  };

  it('is read the same in UTF-8, with a mark, in UTF-16 and in GBK', () => {
    const text = `${chinese}\r\n${row}\r\n`;
    const files = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      encodeGbk(text),
    ];
    const encodings = files.map((file) => {
      const { encoding, lines } = readCsv(file, cny);
      expect(lines).toEqual([{ line: 2, request }]);
      return encoding;
    });
    expect(encodings).toEqual(['utf-8', 'utf-8', 'utf-16le', 'gb18030']);
  });

  it('has its columns in any order, by English and Chinese names of any case, width and spacing', () => {
    const header = ' Payer Name ;REF: contract;Due_Date;split-above-limit;ＡＭＯＵＮＴ;用途;Currency;agreement number';
    const values = '江南机械厂;HT-2026-001;20260302;Y;1234.5;三月服务费;cny;XY-2026-0317';
    expect(line(header, values)).toEqual({ line: 2, request });
  });

  it.each(['付款人', '付款人名称', '户名', '付款人户名'])(
    'has the payer under %s, and what it is for under 备注',
    (payer) => {
      const header = `协议号,${payer},金额,备注`;
      const { payerName, description } = line(header, 'XY-2026-0317,江南机械厂,1234.50,三月服务费')?.request ?? {};
      expect([payerName, description]).toEqual(['江南机械厂', '三月服务费']);
    },
  );

  it('needs a mandate and an amount only; the currency is that of the batch', () => {
    expect(line('mandateId,amount', `${mandateId},1`, { currency: 'JPY' })).toEqual({
      line: 2,
      request: { mandateId, amount: { minor: 1n, currency: 'JPY' }, splitAboveLimit: false },
    });
    expect(line('mandateId,amount', `${mandateId},1`, {})?.faults?.map(({ column }) => column)).toEqual(['currency']);
  });

  it('may name each mandate either way, but each by one', () => {
    const header = '协议号,mandateId,金额';
    expect(faults(header, 'XY-1,,1')).toEqual([]);
    expect(faults(header, `,${mandateId},1`)).toEqual([]);
    expect(faults(header, `XY-1,${mandateId},1`)).toEqual(['协议号']);
    expect(faults(header, ',,1')).toEqual(['协议号']);
    expect(faults('金额,mandateId', '1,')).toEqual(['mandateId']);
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['协议号,摘要\n', 'missing-column', 1, undefined, 'amount (金额)'],
    ['金额\n', 'missing-column', 1, undefined, 'agreementNumber (协议号) or mandateId'],
    ['协议号,金额,复核人\n', 'unknown-column', 1, 3, '"复核人"'],
    ['协议号,金额,ref:\n', 'unknown-column', 1, 3, '"ref:"'],
    ['协议号,金额,ref:合同\n', 'unknown-column', 1, 3, '"ref:合同"'],
    ['协议号,金额,摘要,用途\n', 'column-twice', 1, 4, '"摘要" and "用途" both are description'],
    ['协议号,amount,Amount\n', 'column-twice', 1, 3, '"amount" and "Amount" both are amount'],
    ['\n协议号,金额,ref:a,ref: a\n', 'column-twice', 2, 4, 'ref:a'],
    ['6222021234567890123,100.00\n', 'unknown-column', 1, 1, '"****0123"'],
    ['协议号,金额\n,\n\n', 'no-records', 1, undefined, 'no line'],
  ])('%j: %s', (text, reason, at, column, words) => {
    const expected = { reason, line: at, what: expect.stringContaining(words) };
    expect(refusal(text)).toEqual(column === undefined ? expected : { ...expected, column });
  });

  it('with 10,001 lines, and read with 10,000', () => {
    const file = (lines: number) => `agreementNumber,amount\n${'XY-1,1.00\n'.repeat(lines)}`;
    expect(read(file(10_000)).lines).toHaveLength(10_000);
    expect(refusal(file(10_001))).toMatchObject({ reason: 'too-many-records', line: 10_002 });
  });
});

describe('an amount', () => {
  const amount = (cell: string, delimiter = ',') => {
    const { request, faults = [] } = line(`协议号${delimiter}金额`, `XY-1${delimiter}${cell}`) ?? {};
    return request?.amount.minor ?? faults.map((fault) => `${fault.column}: ${fault.detail}`).join();
  };

  it.each([
    ['1234.5', 123450n],
    ['"1,234.50"', 123450n],
    ['"1,234"', 123400n],
    ['"1,234,567"', 123456700n],
    ['１２３４．５０', 123450n],
    ['"１，２３４．５０"', 123450n],
    ["'1234.50", 123450n],
    ['\t1234.50\t', 123450n],
    [' 1234.50 ', 123450n],
    ['\u00a01234.50', 123450n],
  ])('%j is read', (cell, minor) => {
    expect(amount(cell)).toBe(minor);
  });

  it.each([
    ['100.005', '3 decimals'],
    ['100.000', '3 decimals'],
    ['1E+05', 'format the column as text'],
    ['1.5e5', 'format the column as text'],
    ['"1.234,50"', 'decimal point'],
    ['"1234,50"', 'decimal point'],
    ['"1,23.50"', 'decimal point'],
    ['¥100', 'not decimal text'],
    ['(100.00)', 'not decimal text'],
    ['=SUM(A1:A9)', 'not decimal text'],
    ['#REF!', 'not decimal text'],
    ['', 'empty'],
    ['0', 'An amount of zero is refused'],
    ['-5', 'negative'],
  ])('%j is a fault of its column: %s', (cell, words) => {
    expect(amount(cell)).toContain('金额: ');
    expect(amount(cell)).toContain(words);
  });

  it('of one comma is thousands only where commas part the fields: elsewhere it may be decimals', () => {
    expect(amount('1,234', ';')).toContain('decimal point');
    expect(amount('1,234', '\t')).toContain('decimal point');
    expect(amount('1,234.00', ';')).toBe(123400n);
    expect(amount('1,234,567', '\t')).toBe(123456700n);
  });

  it('has the decimals of its own currency', () => {
    const header = '协议号,金额,币种';
    expect(line(header, 'XY-1,5.5,JPY')?.faults?.[0]?.column).toBe('金额');
    expect(line(header, 'XY-1,5.125,KWD')?.request?.amount).toEqual({ minor: 5125n, currency: 'KWD' });
    expect(faults(header, 'XY-1,5,XYZ')).toEqual(['币种']);
  });
});

describe('what a spreadsheet makes of cells', () => {
  const header = '协议号,金额,日期,超限拆分';

  it('is undone where nothing is lost', () => {
    expect(line(header, "'00123,1,2026年3月2日,否")?.request?.agreementNumber).toBe('00123');
    expect(line(header, '\tＸＹ－１,1,2026.03.02,0')?.request).toMatchObject({
      agreementNumber: 'XY-1',
      dueDate: '2026-03-02',
    });
    expect(line(header, 'XY-1,1,,')?.request).toEqual(line('协议号,金额', 'XY-1,1')?.request);
  });

  it('is a fault where digits are lost, or the day may be another', () => {
    expect(detail(header, '4.40306E+17,1,,')).toContain('format the column as text');
    expect(faults(header, '4.40306E+17,1,,')).toEqual(['协议号']);
    expect(detail(header, 'XY-1,1,3/2/2026,')).toContain('year first');
    expect(detail(header, 'XY-1,1,2026/2/30,')).toContain('a day that exists');
    expect(detail(header, 'XY-1,1,46083,')).toContain('year first');
    expect(faults(header, 'XY-1,1,2026/2/30,maybe')).toEqual(['超限拆分', '日期']);
  });

  it('is no fault of an agreement number that only looks like a figure', () => {
    for (const number of ['1E5', '12E+3', 'E+17', '5E-2026'])
      expect(line(header, `${number},1,,`)?.request?.agreementNumber).toBe(number);
  });
});

describe('a text that a spreadsheet would run', () => {
  const header = '协议号,金额,付款人,摘要,ref:no';

  it.each(['=cmd|x!A0', '+86', '-A', '@SUM(A1)', '＝1', '\t=1+1', "'=1+1", '"\r=1"'])(
    'is no name of a payer: %j',
    (cell) => {
      expect(faults(header, `XY-1,1,${cell},,`)).toEqual(['付款人']);
    },
  );

  it('is a fault as a description or a field of your own where it begins with =', () => {
    expect(faults(header, 'XY-1,1,,=A1&B1,=C1')).toEqual(['摘要', 'ref:no']);
  });

  it('is kept as it is where a dash, a plus or an @ begins a description; our own apostrophe goes', () => {
    expect(line(header, "XY-1,1,,-三月,'+86 10 6666")?.request).toMatchObject({
      description: '-三月',
      references: { no: '+86 10 6666' },
    });
    expect(line(header, "XY-1,1,O'Brien,'s-Hertogenbosch,@x")?.request).toMatchObject({
      payerName: "O'Brien",
      description: "'s-Hertogenbosch",
      references: { no: '@x' },
    });
  });
});

describe('the faults of lines', () => {
  it('stand at the lines that an editor shows, all of a line at once, and harm no other', () => {
    const text = '协议号,金额,摘要\n\nXY-1,1.00,a\nXY/*2,x,"b\nc"\nXY-3,3.00,5" disk\nXY-4,4.00,d,e\nXY-5,5.00,f\n';
    const { lines } = read(text);
    expect(lines.map(({ line, faults = [] }) => [line, faults.map(({ column }) => column)])).toEqual([
      [3, []],
      [4, ['协议号', '金额', '摘要']],
      [6, ['摘要']],
      [7, ['column 4']],
      [8, []],
    ]);
    expect(lines[1]?.faults?.[0]?.detail).toContain('The row goes on to line 5');
    expect(lines.flatMap(({ request }) => request?.agreementNumber ?? [])).toEqual(['XY-1', 'XY-5']);
  });

  it('name the first of more than 20 fields of your own', () => {
    const keys = Array.from({ length: 21 }, (_, index) => `ref:k${index}`);
    expect(faults(['协议号', '金额', ...keys].join(','), `XY-1,1${',v'.repeat(21)}`)).toEqual(['ref:k0']);
    expect(faults(['协议号', '金额', ...keys].join(','), `XY-1,1${',v'.repeat(20)},`)).toEqual([]);
  });

  it('are found in the last line of a file that was cut off, whose amount would be another', () => {
    const { lines } = read('协议号,金额,摘要\nXY-1,100.00,a\nXY-2,1000');
    expect(lines[1]?.faults?.[0]).toEqual({ column: '金额', detail: expect.stringContaining('cut off') });
  });

  const good = fc.record({
    number: fc.stringMatching(/^X[A-Z0-9-]{1,10}$/),
    cents: fc.integer({ min: 1, max: 9_999_999 }),
  });
  const anyCell = fc.string({ unit: fc.constantFrom(...'",;\t\r\n\'=+-@E1.一x '), maxLength: 8 });
  const bad = fc.tuple(anyCell, anyCell, anyCell).map(([number, amount, text]) => [number, `x${amount}`, text]);

  it('never change how the other lines are read', () => {
    const goods = fc.array(good, { maxLength: 5 });
    fc.assert(
      fc.property(goods, bad, goods, (before, row, after) => {
        const rows = (items: typeof before) =>
          items.map(({ number, cents }) =>
            csvLine([number, `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`, '一']),
          );
        const file = ['协议号,金额,摘要\n', ...rows(before), csvLine(row), ...rows(after)].join('');
        const { lines } = read(file);
        const expected = [...before, ...after].map(({ number, cents }) => [number, BigInt(cents)]);
        expect(lines[before.length]?.faults?.map(({ column }) => column)).toContain('金额');
        const others = lines.toSpliced(before.length, 1).map(({ request }) => request);
        expect(others.map((request) => [request?.agreementNumber, request?.amount.minor])).toEqual(expected);
      }),
    );
  });
});
