import { describe, expect, it } from 'vitest';
import { builtIn, readFile } from './sample-files.ts';

const template = builtIn('wechat-pay');

const header =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';

interface Row {
  readonly at: string;
  readonly id: string;
  readonly order: string;
  readonly status: string;
  readonly settled: string;
  readonly refundNo: string;
  readonly refunded: string;
  readonly fee: string;
  readonly goods: string;
}

/** A row as the bill has it, with a backtick before each of 27 fields. */
function row({ at, id, order, status, settled, refundNo, refunded, fee, goods }: Row): string {
  const cells = [
    ...[
      at,
      'wx8888888888888888',
      '1900000109',
      '0',
      '',
      id,
      order,
      'o-openid',
      'JSAPI',
      status,
      'OTHERS',
      'CNY',
      settled,
    ],
    ...[
      '0.00',
      refundNo === '0' ? '0' : '50300001',
      refundNo,
      refunded,
      '0.00',
      '',
      '',
      goods,
      '',
      fee,
      '0.60%',
      settled,
    ],
    ...[refunded, ''],
  ];
  return cells.map((cell) => `\`${cell}`).join(',');
}

const paid: Row = {
  at: '2026-03-02 10:00:00',
  id: '4200000000000000000000000001',
  order: 'A-1',
  status: 'SUCCESS',
  settled: '100.00',
  refundNo: '0',
  refunded: '0.00',
  fee: '0.60000',
  goods: '茶杯, "大"',
};
const paidToo: Row = {
  ...paid,
  at: '2026-03-02 23:59:59',
  id: '4200000000000000000000000002',
  order: 'A-2',
  settled: '20.50',
  fee: '0.12000',
};
const refund: Row = {
  ...paid,
  at: '2026-03-02 12:30:00',
  status: 'REFUND',
  settled: '0.00',
  refundNo: 'R-1',
  refunded: '40.00',
  fee: '-0.24000',
};

const titles = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
/** 3 rows; 100.00 + 20.50; 40.00; 0.60 + 0.12 − 0.24 = 0.48. */
const totals = '`3,`120.50,`40.00,`0.00,`0.48000,`120.50,`40.00';
const bill = ['\ufeff'.concat(header), row(paid), row(paidToo), row(refund), titles, totals, ''].join('\r\n');

describe('a trade bill of WeChat Pay', () => {
  it('gives payments and refunds in fen, with instants of China', () => {
    const { lines, faults } = readFile(bill, template);
    expect(faults).toEqual([]);
    const common = { channelId: 'chn_wx', currency: 'CNY' };
    expect(lines).toEqual([
      {
        ...common,
        kind: 'PAYMENT',
        transactionId: '4200000000000000000000000001',
        orderNo: 'A-1',
        amount: 10_000n,
        fee: 60n,
        at: '2026-03-02T02:00:00Z',
        line: 2,
      },
      {
        ...common,
        kind: 'PAYMENT',
        transactionId: '4200000000000000000000000002',
        orderNo: 'A-2',
        amount: 2_050n,
        fee: 12n,
        at: '2026-03-02T15:59:59Z',
        line: 3,
      },
      {
        ...common,
        kind: 'REFUND',
        transactionId: '4200000000000000000000000001',
        orderNo: 'A-1',
        refundNo: 'R-1',
        amount: 4_000n,
        fee: -24n,
        at: '2026-03-02T04:30:00Z',
        line: 4,
      },
    ]);
  });

  it('is checked against the totals at its end', () => {
    const { summary } = readFile(bill, template);
    expect(summary.totalsAgree).toBe(true);
    expect(summary.tally).toEqual({ count: 3n, payments: 2n, refunds: 1n, paid: 12_050n, refunded: 4_000n, fees: 48n });
  });

  it.each([
    ['`2,`120.50,`40.00,`0.00,`0.48000,`120.50,`40.00', 'The file states 2 for count, its rows add up to 3'],
    [
      '`3,`120.51,`40.00,`0.00,`0.48000,`120.50,`40.00',
      'The file states 120.51 CNY for paid, its rows add up to 120.50 CNY',
    ],
    [
      '`3,`120.50,`41.00,`0.00,`0.48000,`120.50,`40.00',
      'The file states 41.00 CNY for refunded, its rows add up to 40.00 CNY',
    ],
    [
      '`3,`120.50,`40.00,`0.00,`0.72000,`120.50,`40.00',
      'The file states 0.72 CNY for fees, its rows add up to 0.48 CNY',
    ],
    ['`3,`120.5x,`40.00,`0.00,`0.48000,`120.50,`40.00', 'The total paid is "120.5x", which is no figure'],
  ])('is refused where its totals are %s', (stated, what) => {
    expect(() => readFile(bill.replace(totals, stated), template)).toThrow(`${what} (at line 6)`);
  });

  it('is refused where it was cut off before its totals', () => {
    const cut = bill.slice(0, bill.indexOf(titles));
    expect(() => readFile(cut, template)).toThrow('The file does not state its total count');
  });

  it('may be of a day without any trade', () => {
    const none = [header, titles, '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00'].join('\r\n');
    const { lines, summary } = readFile(none, template);
    expect(lines).toEqual([]);
    expect(summary.totalsAgree).toBe(true);
  });

  it('has a payment that was revoked as a refund without a number', () => {
    const revoked = row({ ...refund, status: 'REVOKED', refundNo: '0' });
    const { lines } = readFile(bill.replace(row(refund), revoked), template);
    expect(lines[2]).toMatchObject({ kind: 'REFUND', transactionId: '4200000000000000000000000001', amount: 4_000n });
    expect(lines[2]).not.toHaveProperty('refundNo');
  });

  it('reads the same in pieces of any size', () => {
    const whole = readFile(bill, template);
    for (const pieceBytes of [1, 7, 100]) expect(readFile(bill, template, { pieceBytes })).toEqual(whole);
  });

  it('tells rows after the totals, and leaves them out', () => {
    const { faults } = readFile(`${bill}${row({ ...paid, id: '4200000000000000000000000009' })}\r\n`, template);
    expect(faults).toEqual(['7 row: The totals stand above it; nothing comes after them.']);
  });
});
