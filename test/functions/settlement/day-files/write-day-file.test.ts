import { describe, expect, it } from 'vitest';
import type { ChannelTemplate } from '../../../../functions/settlement/channel-files/channel-template.ts';
import { dayTemplateFaults } from '../../../../functions/settlement/day-files/check-day-template.ts';
import type { DayLine } from '../../../../functions/settlement/day-files/day-line.ts';
import type { DayTemplate } from '../../../../functions/settlement/day-files/day-template.ts';
import { dayFileText } from '../../../../functions/settlement/day-files/write-day-file.ts';
import { withoutFormulaGuard } from '../../../../shared/formats/csv/formula-guard.ts';
import { readTable } from '../../../../shared/formats/csv/read-table.ts';
import { ownTemplate, readFile } from '../channel-files/sample-files.ts';

const payment: DayLine = {
  kind: 'PAYMENT',
  date: '2026-03-02',
  at: '2026-03-02T15:59:07Z',
  orderNo: 'A-1',
  merchantId: 'mer_1',
  merchantName: '=HYPERLINK("http://a.b")',
  channelId: 'wechat',
  transactionId: '4200000000000000000000000001',
  currency: 'CNY',
  amount: 10_000n,
  fee: 60n,
};
const refund: DayLine = {
  ...payment,
  kind: 'REFUND',
  at: '2026-03-02T16:00:00Z',
  merchantName: '江南“茶”, 一店',
  refundNo: 'R-1',
  amount: -4_005n,
  fee: -24n,
};

const template: DayTemplate = {
  columns: [
    { field: 'kind' },
    { field: 'orderNo', title: '订单' },
    { field: 'at' },
    { field: 'date' },
    { field: 'merchantName' },
    { field: 'amount' },
    { field: 'net' },
    { field: 'currency' },
  ],
  delimiter: ',',
  byteOrderMark: true,
  dates: { day: 'yyyy年MM月dd日', moment: 'yyyy/MM/dd HH:mm:ss', zone: 'Asia/Shanghai' },
  amounts: 'MAJOR',
  kinds: { PAYMENT: '支付' },
  totals: '合计',
};

const textOf = (lines: readonly DayLine[], of: DayTemplate) => [...dayFileText(lines, of)].join('');

describe('the daily file of a market', () => {
  it('has the columns asked for, with titles, formats and a row of totals', () => {
    expect(textOf([payment, refund], template)).toBe(
      [
        '\ufeff类型,订单,发生时间,业务日期,商家名称,金额,净额,币种',
        '支付,A-1,2026/03/02 23:59:07,2026年03月02日,"\'=HYPERLINK(""http://a.b"")",100.00,99.40,CNY',
        'REFUND,A-1,2026/03/03 00:00:00,2026年03月02日,"江南“茶”, 一店",-40.05,-39.81,CNY',
        '合计,,,,,59.95,59.59,CNY',
        '',
      ].join('\r\n'),
    );
  });

  it('has a row of totals for each currency, and minor units', () => {
    const yen: DayLine = { ...payment, currency: 'JPY', amount: 500n, fee: 0n };
    const columns = [{ field: 'currency' }, { field: 'amount' }] as const;
    expect(
      textOf([payment, yen, payment], {
        ...template,
        columns,
        byteOrderMark: false,
        amounts: 'MINOR',
        delimiter: '\t',
      }),
    ).toBe('币种\t金额\r\nCNY\t10000\r\nJPY\t500\r\nCNY\t10000\r\n合计\t20000\r\n合计\t500\r\n');
  });

  it.each(['=1+1', '+86', '-2+3', '@SUM(A1)', '＝1+1'])('does not run %j in a spreadsheet', (description) => {
    const columns = [{ field: 'orderNo' }, { field: 'description' }] as const;
    const { totals: _, ...plain } = template;
    expect(textOf([{ ...payment, description }], { ...plain, columns, byteOrderMark: false })).toContain(
      `A-1,'${description}`,
    );
  });

  it('is read back as it was', () => {
    const table = readTable(Buffer.from(textOf([payment, refund], { ...template, byteOrderMark: false })));
    expect(table.encoding).toBe('utf-8');
    expect(table.header.names).toEqual(['类型', '订单', '发生时间', '业务日期', '商家名称', '金额', '净额', '币种']);
    const names = [...table.rows].map(({ fields }) => withoutFormulaGuard(fields[4] ?? ''));
    expect(names).toEqual(['=HYPERLINK("http://a.b")', '江南“茶”, 一店', '']);
  });

  it('is read back by a template of channel files, line by line and in its totals', () => {
    const columns = (['kind', 'transactionId', 'refundNo', 'amount', 'fee', 'at'] as const).map((field) => ({
      field,
      title: field,
    }));
    const { kinds: _, ...file } = { ...template, columns, byteOrderMark: false };
    const own: ChannelTemplate = {
      ...ownTemplate,
      encoding: 'utf-8',
      layout: { kind: 'DELIMITED', delimiter: ',', quotes: true },
      columns: {
        transactionId: 'transactionId',
        refundNo: 'refundNo',
        amount: 'amount',
        fee: 'fee',
        at: 'at',
        status: 'kind',
      },
      values: { payment: ['PAYMENT'], refund: ['REFUND'], skipped: [] },
      amounts: { ...ownTemplate.amounts, refunds: 'NEGATIVE' },
      dates: { pattern: template.dates.moment, zone: 'Asia/Shanghai' },
      totals: { kind: 'ROW', first: '合计', figures: { fees: 5 } },
    };
    const { lines, faults, summary } = readFile(Buffer.from(textOf([payment, refund], file)), own);
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'PAYMENT', amount: 10_000n, fee: 60n, at: payment.at },
      { kind: 'REFUND', amount: 4_005n, fee: -24n, at: refund.at, refundNo: 'R-1' },
    ]);
    expect(summary.tally.fees).toBe(36n);
  });

  it('comes in pieces', () => {
    const lines = Array.from({ length: 2_000 }, () => payment);
    const sizes = [...dayFileText(lines, template)].map(({ length }) => length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThan(66_000);
  });
});

describe('a template of daily files', () => {
  const pointers = (changed: Partial<DayTemplate>) =>
    dayTemplateFaults({ ...template, ...changed }).map(({ path }) => path.join('/'));

  it.each<[string, Partial<DayTemplate>, string[]]>([
    ['without a fault', {}, []],
    ['without columns', { columns: [], totals: '合计' }, ['columns', 'totals']],
    ['with a blank title', { columns: [{ field: 'kind', title: ' ' }, { field: 'amount' }] }, ['columns/0/title']],
    ['with a title twice', { columns: [{ field: 'kind' }, { field: 'amount', title: '类型' }] }, ['columns/1']],
    ['with a time in a day', { dates: { ...template.dates, day: 'yyyy-MM-dd HH:mm' } }, ['dates/day']],
    ['with no pattern of moments', { dates: { ...template.dates, moment: 'when' } }, ['dates/moment']],
    ['with a zone that there is not', { dates: { ...template.dates, zone: 'Mars' } }, ['dates/zone']],
    ['with totals that have no place for their name', { columns: [{ field: 'amount' }] }, ['columns/0']],
    ['with totals of nothing', { columns: [{ field: 'kind' }] }, ['totals']],
  ])('%s is told where', (_name, changed, faulty) => {
    expect(pointers(changed)).toEqual(faulty);
  });
});
