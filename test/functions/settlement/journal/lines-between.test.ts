import { describe, expect, it } from 'vitest';
import { ownerKey } from '../../../../functions/settlement/journal/entry.ts';
import { isMarketLine } from '../../../../functions/settlement/journal/line.ts';
import { linesBetween } from '../../../../functions/settlement/journal/lines-between.ts';
import type { Order, SubOrder } from '../../../../functions/settlement/orders/order.ts';
import { legKey } from '../../../../functions/settlement/orders/taken-back.ts';
import { formatAmount } from '../../../../shared/money/amount.ts';
import { aDispute, aLeg, anOrder, aPayment, aRefund, aSplit, aSplitOrder, aSubOrder, aTake, fen } from './orders.ts';

/** 'mer_tea 2025-09-28 SHARE 20.00', taken back where a '-' stands before the kind. */
function told(before: Order | undefined, after: Order): string[] {
  return linesBetween(before, after).map(({ owner, date, line }) => {
    const amount = line.kind === 'WAITS' ? '' : ` ${formatAmount(line.amount, 'CNY')}`;
    const fee = isMarketLine(line) && line.fee !== 0n ? ` fee ${formatAmount(line.fee, 'CNY')}` : '';
    return `${ownerKey(owner)} ${date} ${line.takesBack ? '-' : ''}${line.kind}${amount}${fee}`;
  });
}

/** Paid, and waits to be split by hand. */
function waiting(more: Partial<SubOrder> = {}): Order {
  const subOrder = aSubOrder({ plan: { by: 'MANUAL' }, waitsUntil: '2025-10-26', ...more });
  return anOrder({ payments: [aPayment()], subOrders: [subOrder] });
}

const allOfIt = { subOrderNo: 'S1', amount: fen('100.00'), toFunders: [] };

describe('a payment', () => {
  it('is a line on the business day of the market', () => {
    const paid = anOrder({ payments: [aPayment('100.00', { fee: fen('0.60') })] });
    expect(told(anOrder(), paid)).toEqual(['mkt_chengdu 2025-09-26 PAYMENT 100.00 fee 0.60']);
  });

  it('is told once, whichever changes nobody saw', () => {
    const first = anOrder({ payments: [aPayment('40.00')] });
    const second = { ...first, payments: [...first.payments, aPayment('60.00', { transactionId: 'T-2' })] };
    expect(told(first, second)).toEqual(['mkt_chengdu 2025-09-26 PAYMENT 60.00']);
    expect(told(undefined, second)).toHaveLength(2);
    expect(told(second, { ...second, revision: 9, changedAt: '2025-09-27T00:00:00.000Z' })).toEqual([]);
  });

  it('has the coupons of the order on the first only', () => {
    const coupons = [{ id: 'c', amount: fen('10.00'), funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }] }];
    const payments = [aPayment('40.00'), aPayment('50.00', { transactionId: 'T-2' })];
    const lines = linesBetween(undefined, anOrder({ payments, subOrders: [aSubOrder({ coupons })] }));
    expect(lines.map(({ line }) => (isMarketLine(line) ? line.coupon : 'none'))).toEqual([fen('10.00'), undefined]);
  });
});

describe('a split', () => {
  it('gives each share on the day on which it is due', () => {
    const paid = anOrder({ payments: [aPayment()] });
    expect(told(paid, aSplitOrder())).toEqual(['mer_farm 2025-09-28 SHARE 20.00', 'mer_van 2025-09-28 SHARE 5.00']);
  });

  it('shows what others gave by coupons on the first share of who sells, once', () => {
    const by = (kind: 'MERCHANT' | 'PLATFORM', basisPoints: bigint) => ({ kind, basisPoints });
    const landedAt = '2025-09-26T02:05:00.000Z';
    const coupons = [
      // A third of it the merchant gives, 66.67 % the market.
      { id: 'c', amount: fen('15.00'), funders: [by('MERCHANT', 3_333n), by('PLATFORM', 6_667n)], landedAt },
      { id: 'own', amount: fen('3.00'), funders: [by('MERCHANT', 10_000n)], landedAt },
      { id: 'lapsed', amount: fen('2.00'), funders: [by('PLATFORM', 10_000n)], lapsedAt: landedAt },
    ];
    const splits = [
      aSplit([aLeg(1, 'mer_farm', '20.00'), aLeg(2, 'mer_tea', '30.00')]),
      aSplit([aLeg(1, 'mer_tea', '50.00')], { no: 'REST' }),
    ];
    const lines = linesBetween(undefined, anOrder({ subOrders: [aSubOrder({ coupons, splits })] }));
    const ofMerchants = lines.filter(({ owner }) => owner.kind === 'MERCHANT');
    expect(ofMerchants.map(({ line }) => ('coupon' in line ? line.coupon : undefined))).toEqual([
      undefined,
      fen('10.00'),
      undefined,
    ]);
  });

  it('names the version of the rule that it came from', () => {
    const splits = [aSplit([aLeg(1, 'mer_tea', '50.00')]), aSplit([aLeg(1, 'mer_tea', '50.00')], { no: 'REST' })];
    const plan = { by: 'RULE' as const, ruleId: 'rul_1', version: 3 };
    const lines = linesBetween(undefined, anOrder({ subOrders: [aSubOrder({ plan, splits })] }));
    expect(lines.map(({ line }) => ('share' in line ? line.share?.rule : undefined))).toEqual([
      { id: 'rul_1', version: 3 },
      undefined,
    ]);
  });

  it('puts what waits for somebody on the last day of the agenda', () => {
    expect(told(anOrder({ payments: [aPayment()] }), waiting())).toEqual(['agenda:mkt_chengdu 2025-10-26 WAITS']);
  });

  it('takes what waits off the agenda once nothing of it is left to split', () => {
    const isSplit = waiting({ splits: [aSplit([aLeg(1, 'mer_tea', '100.00')], { no: 'REST' })] });
    expect(told(waiting(), isSplit)).toEqual([
      'agenda:mkt_chengdu 2025-10-26 -WAITS',
      'mer_tea 2025-09-28 SHARE 100.00',
    ]);
    const inPart = waiting({ splits: [aSplit([aLeg(1, 'mer_van', '99.99')], { no: 'M-1' })] });
    expect(told(waiting(), inPart)).toEqual(['mer_van 2025-09-28 SHARE 99.99']);
  });

  it('takes what a refund gave back whole off the agenda, and puts it there again where that fails', () => {
    const back = { ...waiting(), refunds: [aRefund('R-1', [aTake('100.00')], { lines: [allOfIt] })] };
    const failed = { ...back, refunds: back.refunds.map((one) => ({ ...one, state: 'FAILED' as const })) };
    const toConsumer = 'mkt_chengdu 2025-09-27 REFUND_PAID -100.00';
    expect(told(waiting(), back)).toEqual(['agenda:mkt_chengdu 2025-10-26 -WAITS', toConsumer]);
    expect(told(back, failed)).toEqual([
      'mkt_chengdu 2025-09-27 -REFUND_PAID 100.00',
      'agenda:mkt_chengdu 2025-10-26 WAITS',
    ]);
  });

  it('leaves on the agenda what waits for subsidies, and what has coupons that cannot be', () => {
    const owed = { id: 'c', amount: fen('10.00'), funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }] };
    const payments = [aPayment('90.00')];
    const wait = 'agenda:mkt_chengdu 2025-10-26 WAITS';
    expect(told(anOrder({ payments }), { ...waiting({ coupons: [owed] }), payments })).toContain(wait);
    const twice = waiting({ coupons: [owed, owed] });
    expect(told(undefined, twice)).toContain(wait);
  });
});

describe('what funders give to coupons', () => {
  const funders = [
    { kind: 'PLATFORM' as const, basisPoints: 6_000n },
    { kind: 'MERCHANT' as const, basisPoints: 4_000n },
  ];
  const coupon = { id: 'c', amount: fen('10.00'), funders };
  const landed = anOrder({
    subOrders: [aSubOrder({ coupons: [{ ...coupon, landedAt: '2025-09-26T16:00:00.000Z', landedOn: '2025-09-27' }] })],
  });

  it('stands on the day on which it landed, without what the merchant gives itself, and not before', () => {
    const owed = anOrder({ subOrders: [aSubOrder({ coupons: [coupon] })] });
    expect(told(undefined, owed)).toEqual([]);
    expect(told(owed, landed)).toEqual(['mkt_chengdu 2025-09-27 SUBSIDY 6.00']);
  });

  it('goes back to them by the refunds that give it back', () => {
    const toFunders = [{ kind: 'PLATFORM' as const, amount: fen('3.00') }];
    const back = { ...landed, refunds: [aRefund('R-1', [aTake('48.00')], { toFunders })] };
    const lines = ['mkt_chengdu 2025-09-27 REFUND_PAID -45.00', 'mkt_chengdu 2025-09-27 SUBSIDY -3.00'];
    expect(told(landed, back)).toEqual(lines);
  });
});

describe('a refund', () => {
  const takes = [aTake('75.00'), aTake('4.00', 1, 'mer_farm'), aTake('1.00', 2, 'mer_van')];

  it('has no line before it is known whether its money is there', () => {
    const asked = aSplitOrder({ refunds: [aRefund('R-1', takes, { state: 'ACCEPTED' })] });
    expect(told(aSplitOrder(), asked)).toEqual([]);
  });

  it('counts on the days of merchants from when it waits for funds, and stays there when it has them', () => {
    const pendingOn = '2025-09-29';
    const { fundedOn: _, ...asked } = aRefund('R-1', takes, { state: 'PENDING_FUNDS', pendingOn });
    const pending = aSplitOrder({ refunds: [asked] });
    const lines = ['mer_farm 2025-09-29 REFUND -4.00', 'mer_van 2025-09-29 REFUND -1.00'];
    expect(told(aSplitOrder(), pending)).toEqual(lines);
    const funded = aSplitOrder({ refunds: [{ ...asked, state: 'FUNDED', fundedOn: '2025-10-09' }] });
    expect(told(pending, funded)).toEqual(['mkt_chengdu 2025-10-09 REFUND_PAID -80.00']);
    const withdrawn = aSplitOrder({ refunds: [{ ...asked, state: 'WITHDRAWN' }] });
    expect(told(pending, withdrawn)).toEqual(['mer_farm 2025-09-29 -REFUND 4.00', 'mer_van 2025-09-29 -REFUND 1.00']);
    const { pendingOn: __, ...before } = asked;
    expect(told(aSplitOrder(), aSplitOrder({ refunds: [before] }))).toEqual([]);
  });

  it('takes 80.00 from the unsplit part, 4.00 and 1.00 on the days of the shares', () => {
    expect(told(aSplitOrder(), aSplitOrder({ refunds: [aRefund('R-1', takes)] }))).toEqual([
      'mkt_chengdu 2025-09-27 REFUND_PAID -80.00',
      'mer_farm 2025-09-28 REFUND -4.00',
      'mer_van 2025-09-28 REFUND -1.00',
    ]);
  });

  it('takes on its own day what was due before', () => {
    const late = aRefund('R-1', takes, { fundedOn: '2025-10-09' });
    expect(told(aSplitOrder(), aSplitOrder({ refunds: [late] }))[1]).toBe('mer_farm 2025-10-09 REFUND -4.00');
  });

  it('takes from who pays in the place of a receiver when it is funded: that account gives then', () => {
    // mer_farm is a person, from whom nothing is taken: who sells pays its 4.00.
    const instead = [aTake('75.00'), aTake('4.00', 1, 'mer_tea'), aTake('1.00', 2, 'mer_van')];
    expect(told(aSplitOrder(), aSplitOrder({ refunds: [aRefund('R-1', instead)] })).slice(1)).toEqual([
      'mer_tea 2025-09-27 REFUND -4.00',
      'mer_van 2025-09-28 REFUND -1.00',
    ]);
  });

  it('says no more as it is sent and succeeds, and takes all back where it fails', () => {
    const funded = aSplitOrder({ refunds: [aRefund('R-1', takes)] });
    const sent = aSplitOrder({
      refunds: [aRefund('R-1', takes, { state: 'SENT', changedAt: '2025-09-28T00:00:00Z' })],
    });
    const failed = aSplitOrder({ refunds: [aRefund('R-1', takes, { state: 'FAILED' })] });
    expect(told(funded, sent)).toEqual([]);
    expect(told(sent, failed)).toEqual([
      'mkt_chengdu 2025-09-27 -REFUND_PAID 80.00',
      'mer_farm 2025-09-28 -REFUND 4.00',
      'mer_van 2025-09-28 -REFUND 1.00',
    ]);
  });

  it('gives back the fee that the channel returns, and takes what it keeps from who bore it', () => {
    const fee = fen('0.60');
    const returned = aRefund('R-1', [aTake('10.00')], { feeBack: fen('0.06') });
    const kept = aRefund('R-2', [aTake('10.00'), aTake('0.06', undefined, 'mer_tea', { isFee: true })]);
    const paid = anOrder({ payments: [aPayment('100.00', { fee })] });
    expect(told(paid, { ...paid, refunds: [returned, kept] })).toEqual([
      'mkt_chengdu 2025-09-27 REFUND_PAID -10.06 fee -0.06',
      'mkt_chengdu 2025-09-27 REFUND_PAID -10.06',
      'mer_tea 2025-09-27 FEE_KEPT -0.06',
    ]);
  });

  it('says which share it misses where it takes of none', () => {
    const refunds = [aRefund('R-1', [aTake('1.00', 7, 'mer_farm')])];
    expect(() => linesBetween(undefined, aSplitOrder({ refunds }))).toThrow('takes of share ["S1","PLAN",7]');
  });
});

describe('a dispute', () => {
  it('holds what is due later, and lets it go on the day on which it is resolved', () => {
    const open = aSplitOrder({ disputes: [aDispute('2025-09-27')] });
    const resolved = aSplitOrder({ disputes: [aDispute('2025-09-27', '2025-10-09')] });
    expect(told(aSplitOrder(), open)).toEqual(['mer_farm 2025-09-28 HELD -20.00', 'mer_van 2025-09-28 HELD -5.00']);
    expect(told(open, resolved)).toEqual(['mer_farm 2025-10-09 RELEASED 20.00', 'mer_van 2025-10-09 RELEASED 5.00']);
  });

  it('lets go on the day itself what is resolved before', () => {
    const open = aSplitOrder({ disputes: [aDispute('2025-09-26')] });
    const resolved = aSplitOrder({ disputes: [aDispute('2025-09-26', '2025-09-27')] });
    expect(told(open, resolved)[0]).toBe('mer_farm 2025-09-28 RELEASED 20.00');
  });

  it('leaves alone what was settled when it was opened, and holds what was not, though it is due', () => {
    const disputes = [aDispute('2025-09-28', undefined, [legKey('S1', 'PLAN', 1)])];
    expect(told(aSplitOrder(), aSplitOrder({ disputes }))).toEqual(['mer_van 2025-09-28 HELD -5.00']);
  });

  it('that does not say what was settled leaves alone what was due and known before the last run of 02:00', () => {
    const opened = aDispute('2025-09-28');
    const by = (lastRunOn: string, lastRunAt: string) => [{ ...opened, lastRunOn, lastRunAt }];
    const atTwo = aSplitOrder({ disputes: by('2025-09-28', '2025-09-27T18:00:00.000Z') });
    expect(told(aSplitOrder(), atTwo)).toEqual([]);
    const before = aSplitOrder({ disputes: by('2025-09-27', '2025-09-26T18:00:00.000Z') });
    expect(told(aSplitOrder(), before)[0]).toBe('mer_farm 2025-09-28 HELD -20.00');
  });

  it('holds again what another one has released', () => {
    const once = aSplitOrder({ disputes: [aDispute('2025-09-27', '2025-09-29')] });
    const twice = aSplitOrder({ disputes: [...once.disputes, aDispute('2025-09-29')] });
    expect(told(once, twice)[0]).toBe('mer_farm 2025-09-29 HELD -20.00');
  });

  it('holds what is split while it stands', () => {
    const paid = anOrder({ payments: [aPayment()], disputes: [aDispute('2025-09-28')] });
    const splits = [aSplit([aLeg(1, 'mer_tea', '100.00')], { at: '2025-09-28T05:00:00.000Z' })];
    expect(told(paid, { ...paid, subOrders: [aSubOrder({ splits })] })).toEqual([
      'mer_tea 2025-09-28 SHARE 100.00',
      'mer_tea 2025-09-28 HELD -100.00',
    ]);
  });

  it('has refunds take of what is held, so that the merchant’s other days are left alone', () => {
    const disputes = [aDispute('2025-09-27')];
    const refunds = [aRefund('R-1', [aTake('4.00', 1, 'mer_farm')], { fundedOn: '2025-10-09' })];
    const held = aSplitOrder({ disputes });
    const refunded = aSplitOrder({ disputes, refunds });
    expect(told(held, refunded).slice(1)).toEqual([
      'mer_farm 2025-10-09 HELD 4.00',
      'mer_farm 2025-10-09 REFUND -4.00',
    ]);
    const resolved = aSplitOrder({ disputes: [aDispute('2025-09-27', '2025-10-10')], refunds });
    expect(told(refunded, resolved)).toEqual([
      'mer_farm 2025-10-10 RELEASED 16.00',
      'mer_van 2025-10-10 RELEASED 5.00',
    ]);
  });
});
