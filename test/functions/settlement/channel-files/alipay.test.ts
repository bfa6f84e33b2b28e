import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../shared/formats/csv/gbk.ts';
import { builtIn, readFile } from './sample-files.ts';

const template = builtIn('alipay');

const header =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';

/** A row as Alipay writes it, with tabs after numbers. */
function row(
  id: string,
  order: string,
  type: string,
  at: string,
  amount: string,
  refundNo: string,
  fee: string,
): string {
  const cells = [
    ...[
      `${id}\t`,
      `${order}\t`,
      `${type}\t`,
      '文具',
      at,
      at,
      '\t',
      '\t',
      '\t',
      '\t',
      '*明(138****1234)\t',
      amount,
      amount,
    ],
    ...['0.00', '0.00', '0.00', '0.00', '0.00', '', '0.00\t', '0.00', `${refundNo}\t`, fee, '0.00', ''],
  ];
  return cells.join(',');
}

const rows = [
  row('2026030222001', 'B-1', '交易', '2026-03-02 09:15:00', '88.80', '', '-0.53'),
  row('2026030222002', 'B-2', '交易', '2026-03-02 09:16:00', '11.20', '', '-0.07'),
  row('2026030222001', 'B-1', '退款', '2026-03-02 18:00:00', '-8.80', 'RB-1', '0.05'),
];

function details(total: string, refunds: string): string {
  return [
    '#支付宝业务明细查询',
    '#账号：[20880000000000000156]',
    '#起始日期：[2026年03月02日 00:00:00]   终止日期：[2026年03月03日 00:00:00]',
    '#-----------------------------------------业务明细列表----------------------------------------',
    header,
    ...rows,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    total,
    refunds,
    '#导出时间：[2026年03月03日 06:30:00]',
    '',
  ].join('\n');
}

const total = '#交易合计：2笔，商家实收共100.00元，商家优惠共0.00元';
const refunds = '#退款合计：1笔，商家实收退款共-8.80元，商家优惠退款共0.00元';

describe('business details of Alipay', () => {
  it('are read from GBK, between the lines of remarks, refunds and fees without their signs', () => {
    const { lines, faults } = readFile(encodeGbk(details(total, refunds)), template);
    expect(faults).toEqual([]);
    expect(
      lines.map(({ kind, transactionId, refundNo, amount, fee, at, line }) => [
        kind,
        transactionId,
        refundNo,
        amount,
        fee,
        at,
        line,
      ]),
    ).toEqual([
      ['PAYMENT', '2026030222001', undefined, 8_880n, 53n, '2026-03-02T01:15:00Z', 6],
      ['PAYMENT', '2026030222002', undefined, 1_120n, 7n, '2026-03-02T01:16:00Z', 7],
      ['REFUND', '2026030222001', 'RB-1', 880n, -5n, '2026-03-02T10:00:00Z', 8],
    ]);
  });

  it('agree with the counts and sums that stand in words at the end', () => {
    const { summary } = readFile(encodeGbk(details(total, refunds)), template);
    expect(summary.tally).toEqual({ count: 3n, payments: 2n, refunds: 1n, paid: 10_000n, refunded: 880n, fees: 55n });
    expect(summary.totalsAgree).toBe(true);
  });

  it('are refused where those disagree', () => {
    const other = total.replace('100.00', '100.10');
    expect(() => readFile(encodeGbk(details(other, refunds)), template)).toThrow(
      'The file states 100.10 CNY for paid, its rows add up to 100.00 CNY (at line 10)',
    );
    expect(() => readFile(encodeGbk(details(total, '#退款合计：2笔，商家实收退款共-8.80元')), template)).toThrow(
      'The file states 2 for refunds, its rows add up to 1 (at line 11)',
    );
  });

  it('are refused in another encoding, which is said', () => {
    expect(() => readFile(details(total, refunds), template)).toThrow(/column|header/);
    expect(() => readFile(encodeGbk(details(total, refunds)), { ...template, encoding: 'utf-8' })).toThrow(
      /The header cannot be read \(at line \d+\)/,
    );
  });
});
