import { describe, expect, it } from 'vitest';
import type { ChannelTemplate } from '../../../../functions/settlement/channel-files/channel-template.ts';
import { lineBytesMax } from '../../../../functions/settlement/channel-files/line-cutter.ts';
import { encodeGb18030 } from '../../../shared/formats/csv/gb18030.ts';
import { encodeGbk } from '../../../shared/formats/csv/gbk.ts';
import { ownFile, ownTemplate, readFile } from './sample-files.ts';

const good = 'T1;O1;;10.00;0.06;2026-03-02 08:00:00;OK';

describe('a file by a template of one’s own', () => {
  it('may have its columns in any order and more of them, quotes, and line breaks within', () => {
    const file =
      'AT;Note;Status;ID;amount;order;refund;fee\r\n"2026-03-02 08:00:00";"two\nlines; ""x""";OK;T1;10.00;O1;;0.06\r\n';
    const { lines, faults } = readFile(file, ownTemplate, { pieceBytes: 5 });
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([{ transactionId: 'T1', amount: 1_000n, fee: 6n, line: 2 }]);
  });

  it('counts rows that moved no money apart', () => {
    const { lines, summary } = readFile(ownFile(good, 'T2;O2;;;;;NO'), ownTemplate);
    expect(lines).toHaveLength(1);
    expect(summary).toMatchObject({ skipped: 1, faulty: 0 });
  });

  it.each([
    [
      'T1;O1;;10.005;0.06;2026-03-02 08:00:00;OK',
      `2 amount: '10.005' has too many decimals for CNY, a currency of 2 decimals. Amounts are never rounded; ask the channel for a correct file.`,
    ],
    ['T1;O1;;;0.06;2026-03-02 08:00:00;OK', '2 amount: The amount is empty; fetch the file again.'],
    [
      'T1;O1;;1,000.00;0.06;2026-03-02 08:00:00;OK',
      '2 amount: "1,000.00" has commas: take a template with thousands, if they part those.',
    ],
    ['T1;O1;;-10.00;0.06;2026-03-02 08:00:00;OK', '2 amount: The sign of "-10.00" is not that of a payment here.'],
    ['T1;O1;R1;-10.00;0.00;2026-03-02 08:00:00;BACK', '2 amount: The sign of "-10.00" is not that of a refund here.'],
    [
      'T1;O1;;10.00;-0.06;2026-03-02 08:00:00;OK',
      '2 fee: "-0.06" would give a fee back with a payment: look whether the template has the sign of fees.',
    ],
    [
      'T1;O1;;10.00;0.06;2026-02-30 08:00:00;OK',
      '2 at: "2026-02-30 08:00:00" is no moment written yyyy-MM-dd HH:mm:ss.',
    ],
    ['T1;O1;;10.00;0.06;2026/3/2 8:00;OK', '2 at: "2026/3/2 8:00" is no moment written yyyy-MM-dd HH:mm:ss.'],
    [
      'T1;O1;;10.00;0.06;2026-03-02 08:00:00;DONE',
      '2 status: "DONE" is none of the template\'s values; add it to those it belongs to.',
    ],
    [';O1;;10.00;0.06;2026-03-02 08:00:00;OK', '2 transactionId: It is empty; ask the channel for a correct file.'],
    ['T1;O1;;10.00', '2 row: The row has 4 fields, 7 are needed: it was cut off, or is of another layout.'],
    [
      'T1;O"1;;10.00;0.06;2026-03-02 08:00:00;OK',
      '2 row: Column 2: A quote stands within the field: enclose the field in quotes, and write "" for ".',
    ],
  ])('says of %s what is wrong, and reads on', (row, fault) => {
    const { lines, faults, summary } = readFile(ownFile(row, good.replace('T1', 'T9')), ownTemplate);
    expect(faults).toEqual([fault]);
    expect(lines.map(({ transactionId }) => transactionId)).toEqual(['T9']);
    expect(summary.faulty).toBe(1);
  });

  it('tells all that is wrong with a row', () => {
    const { faults } = readFile(ownFile(';O1;;x;y;z;OK'), ownTemplate);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['2 transactionId', '2 amount', '2 fee', '2 at']);
  });

  it('has each transaction once, a payment and its refunds apart', () => {
    const { faults } = readFile(
      ownFile(
        good,
        'T1;O1;R1;1.00;0.00;2026-03-02 09:00:00;BACK',
        'T1;O1;R2;1.00;0.00;2026-03-02 09:00:00;BACK',
        'T1;O1;R1;1.00;0.00;2026-03-02 09:00:00;BACK',
        good,
      ),
      ownTemplate,
    );
    expect(faults).toEqual([
      '5 transactionId: The same refund stands on line 3; keep one.',
      '6 transactionId: The same payment stands on line 2; keep one.',
    ]);
  });

  it('has damaged bytes told by their line', () => {
    const bytes = Buffer.concat([Buffer.from(ownFile(good)), encodeGbk('T2;订单;;1.00;0.00;2026-03-02 08:00:00;OK\n')]);
    const { faults } = readFile(bytes, ownTemplate);
    expect(faults).toEqual([
      '3 row: The line is not UTF-8, as the template says: take a template for GB18030, or fetch the file again.',
    ]);
  });
});

describe('a file in GB18030', () => {
  const template: ChannelTemplate = { ...ownTemplate, encoding: 'gb18030' };
  const named = (no: string, name: string) => `${no};${name};;1.00;0.00;2026-03-02 08:00:00;OK`;

  it('has lines that are in UTF-8 told, also where they read as text', () => {
    const bytes = Buffer.concat([
      encodeGbk(ownFile(named('T1', '锦里茶庄'))),
      Buffer.from(`${named('T2', '锦里茶庄')}\n`),
      encodeGbk(`${named('T3', '锦里茶庄')}\n`),
    ]);
    expect(readFile(bytes, template).faults).toEqual([
      '3 row: The line is not GB18030, as the template says: take a template for UTF-8, or fetch the file again.',
    ]);
  });

  it('is read in all that its text may be: rare characters, one alone, such as are two of UTF-8', () => {
    // In UTF-8 the bytes of 隆 are those of ¡; 𠮷 has four bytes in both.
    const rows = ['锦里', '隆', '隆路', '栾川滏阳', '𠮷野家有限公司', '浒板卑'].map((name, place) =>
      named(`T${place}`, name),
    );
    const { faults, lines } = readFile(encodeGb18030(ownFile(...rows)), template);
    expect(faults).toEqual([]);
    expect(lines.map(({ orderNo }) => orderNo)).toEqual(['锦里', '隆', '隆路', '栾川滏阳', '𠮷野家有限公司', '浒板卑']);
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['of another layout', 'a;b\n1;2\n', 'There is no column id (at line 1)'],
    ['with a column twice', 'id;id;order;refund;amount;fee;at;status\n', 'There are two columns id (at line 1)'],
    ['of nothing', '', 'The file has no header'],
    ['that is an archive', 'PK\u0003\u0004rest', 'The file is an Excel workbook or another ZIP archive (at byte 0)'],
    ['with a quote never closed', ownFile('"T1;O1', good), 'A quote is opened and never closed (at line 2, column 1)'],
    ['with an endless line', 'x'.repeat(lineBytesMax + 1), `A line has more than ${lineBytesMax} bytes (at line 1)`],
  ])('%s', (_, file, message) => {
    expect(() => readFile(file, ownTemplate)).toThrow(message);
  });
});

describe('a template may', () => {
  it('skip lines at both ends, and have the totals among the last', () => {
    const template: ChannelTemplate = {
      ...ownTemplate,
      skip: { first: 2, last: 2, beginning: ['--'] },
      totals: { kind: 'TEXT', figures: [{ figure: 'paid', line: 'Sum', after: 'paid ', before: ' yuan' }] },
    };
    const file = (sum: string) => `Bill\nof March\n--\n${ownFile(good)}--\nSum: paid ${sum} yuan\nEnd`;
    expect(readFile(file('10.00'), template).summary.totalsAgree).toBe(true);
    expect(() => readFile(file('9.99'), template)).toThrow('states 9.99 CNY for paid');
  });

  it('have totals in a row that is named by its first field', () => {
    const template: ChannelTemplate = {
      ...ownTemplate,
      totals: { kind: 'ROW', first: '合计', figures: { count: 2, paid: 4, fees: 5 } },
    };
    expect(readFile(ownFile(good, '合计;1;;10.00;0.06;;'), template).summary.totalsAgree).toBe(true);
    expect(() => readFile(ownFile(good, '合计;1;;10.00;0.07;;'), template)).toThrow(
      'states 0.07 CNY for fees, its rows add up to 0.06 CNY (at line 3)',
    );
  });

  it('have no header, minor units, another currency and zone, and tell refunds by their sign', () => {
    const template: ChannelTemplate = {
      ...ownTemplate,
      layout: { kind: 'DELIMITED', delimiter: '|', quotes: false },
      header: false,
      columns: { transactionId: 1, refundNo: 2, amount: 3, currency: 4, at: [5, 6] },
      amounts: { unit: 'MINOR', thousands: false, refunds: 'NEGATIVE', fees: 'POSITIVE' },
      dates: { pattern: 'yyyyMMdd HHmmss', zone: 'Europe/Berlin' },
    };
    const { values: _, ...bySign } = template;
    const { lines, faults } = readFile('T1||1500|JPY|20260302|100000\nT1|R1|-500|JPY|20260702|100001', bySign);
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'PAYMENT', amount: 1_500n, fee: 0n, currency: 'JPY', at: '2026-03-02T09:00:00Z' },
      { kind: 'REFUND', refundNo: 'R1', amount: 500n, currency: 'JPY', at: '2026-07-02T08:00:01Z' },
    ]);
  });

  it('have thousands parted by commas', () => {
    const template: ChannelTemplate = { ...ownTemplate, amounts: { ...ownTemplate.amounts, thousands: true } };
    const { lines, faults } = readFile(
      ownFile(good.replace('10.00', '1,234,567.80'), good.replace('T1', 'T2').replace('10.00', '1,23.00')),
      template,
    );
    expect(lines[0]?.amount).toBe(123_456_780n);
    expect(faults).toHaveLength(1);
  });
});
