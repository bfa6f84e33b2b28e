import { describe, expect, it } from 'vitest';
import { dayLinesOf } from '../../../../functions/settlement/day-files/journal-day-lines.ts';
import { dayFileText } from '../../../../functions/settlement/day-files/write-day-file.ts';
import type { JournalLine } from '../../../../functions/settlement/journal/line.ts';
import { toDayTemplate } from '../../../../functions/settlement/templates/day-template-shapes.ts';
import { putDayFileTemplate } from '../../../../functions/settlement/templates/template-examples.ts';

const day = { date: '2025-09-26', currency: 'CNY' };
const ofMarket = { ...day, owner: { kind: 'MARKET' as const, id: 'mkt_a' } };
const ofMerchant = { ...day, owner: { kind: 'MERCHANT' as const, id: 'mer_a' } };
const at = '2025-09-26T02:00:00.000Z';
const payment: JournalLine = {
  ...{ kind: 'PAYMENT', orderNo: 'A', channelId: 'wechat', transactionId: '42', amount: 9_000n, fee: 54n, at },
  coupon: 1_000n,
};
const subsidy: JournalLine = { kind: 'SUBSIDY', orderNo: 'A', amount: 1_000n };
const share = { split: 'PLAN', sequence: 1, base: 10_000n, fee: 54n, kind: 'REMAINDER' as const };

describe('the daily file of a market', () => {
  it('has what consumers paid, and what funders gave to coupons and got back', () => {
    const [paid, ...more] = dayLinesOf(payment, ofMarket);
    expect(paid).toMatchObject({ kind: 'PAYMENT', amount: 9_000n, fee: 54n, transactionId: '42', at });
    expect(more).toEqual([]);
    expect(dayLinesOf(subsidy, ofMarket)).toEqual([{ ...day, kind: 'SUBSIDY', amount: 1_000n, fee: 0n, orderNo: 'A' }]);
    const back: JournalLine = { kind: 'SUBSIDY', orderNo: 'A', refundNo: 'R', amount: -500n };
    expect(dayLinesOf(back, ofMarket)).toMatchObject([{ kind: 'SUBSIDY_RETURN', amount: -500n, refundNo: 'R' }]);
    expect(dayLinesOf({ ...back, takesBack: true, amount: 500n }, ofMarket)).toMatchObject([
      { kind: 'SUBSIDY_RETURN', amount: 500n, refundNo: 'R' },
    ]);
  });

  it('has shares as what leaves the orders, with the fee that they bear', () => {
    const line: JournalLine = { kind: 'SHARE', amount: 9_946n, orderNo: 'A', subOrderNo: '1', share };
    const [written] = dayLinesOf(line, ofMerchant);
    expect(written).toMatchObject({
      ...{ kind: 'SPLIT', amount: -10_000n, fee: -54n, merchantId: 'mer_a', splitNo: 'PLAN', dueDate: day.date },
    });
  });

  it('comes to nothing over an order that is paid and split whole', () => {
    const lines: [JournalLine, typeof ofMarket | typeof ofMerchant][] = [
      [payment, ofMarket],
      [subsidy, ofMarket],
      [{ kind: 'SHARE', amount: 9_946n, orderNo: 'A', share }, ofMerchant],
    ];
    const net = lines
      .flatMap(([line, of]) => dayLinesOf(line, of))
      .reduce((sum, { amount, fee }) => sum + amount - fee, 0n);
    expect(net).toBe(0n);
    const refund: JournalLine = { kind: 'REFUND', amount: -9_946n, orderNo: 'A', refundNo: 'R' };
    expect(dayLinesOf(refund, ofMerchant)).toMatchObject([{ kind: 'SPLIT_RETURN', amount: 9_946n, refundNo: 'R' }]);
  });

  it('says of what is no share or refund what it is, and leaves out what waits', () => {
    const held: JournalLine = { kind: 'HELD', amount: -500n, orderNo: 'A' };
    expect(dayLinesOf(held, ofMerchant)).toMatchObject([{ kind: 'SPLIT_RETURN', amount: 500n, description: 'HELD' }]);
    const carried: JournalLine = { kind: 'CARRIED_ON', amount: 500n, date: '2025-09-27' };
    expect(dayLinesOf(carried, ofMerchant)).toMatchObject([
      { kind: 'SPLIT', amount: -500n, description: 'CARRIED_ON' },
    ]);
    expect(dayLinesOf({ kind: 'WAITS', orderNo: 'A', subOrderNo: '1' }, ofMarket)).toEqual([]);
  });

  it('has the share of a sum of orders with its fee, and leaves out what orders bring into the sum', () => {
    const share = { split: 'SUM', sequence: 1, base: 30_000n, fee: 10n, kind: 'RATIO' } as const;
    const sum = { sellerId: 'mer_potter', orders: 3 };
    expect(dayLinesOf({ kind: 'SUM_SHARE', amount: 1_490n, share, sum }, ofMerchant)).toMatchObject([
      { kind: 'SPLIT', amount: -1_500n, fee: -10n, splitNo: 'SUM', description: 'SUM_SHARE' },
    ]);
    const amounts = { amount: 1n, fee: 0n, order: 1n, cash: 1n };
    const summed: JournalLine = { kind: 'SUMMED', orderNo: 'A', subOrderNo: '1', ...amounts };
    expect(dayLinesOf(summed, ofMarket)).toEqual([]);
  });

  it('is the same in parts as in one piece, its totals with the last', () => {
    const template = toDayTemplate(putDayFileTemplate.body);
    const lines = Array.from({ length: 5 }, (_, place) => ({
      ...{ ...day, kind: 'PAYMENT' as const, orderNo: `=${place}`, amount: 100n * BigInt(place), fee: 1n },
    }));
    const write = (...given: Parameters<typeof dayFileText>) => [...dayFileText(...given)].join('');
    const before = { currency: 'CNY', amount: 100n, fee: 2n };
    const parts = [
      write(lines.slice(0, 2), template, { isFirst: true, isLast: false }),
      write(lines.slice(2), template, { isFirst: false, isLast: true, before }),
    ].join('');
    expect(parts).toBe(write(lines, template));
    expect(parts.split('\r\n').at(-2)).toBe('合计,,10.00,0.05');
  });
});
