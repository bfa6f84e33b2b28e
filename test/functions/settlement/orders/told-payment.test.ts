import { describe, expect, it } from 'vitest';
import { toldPayment } from '../../../../functions/settlement/orders/told-payment.ts';
import type { AskedPayment } from '../../../../functions/settlement/orders/unassigned.ts';
import type { Problem } from '../../../../shared/problems/problem.ts';
import { aChannel, aMarket } from '../samples.ts';
import { at, paidAt } from './samples.ts';

const [open] = aChannel().versions;
if (!open) throw new Error('The sample has terms.');
const ended = { ...open, effectiveTo: '2025-09-28' };
const channel = aChannel({ versions: [{ ...ended, minimum: 10n, maximum: 10_000n }] });

/** Told at 10:00 in Chengdu. */
const told = (more: Partial<AskedPayment>, isBinding: boolean) =>
  toldPayment(
    { channelId: 'wechat', transactionId: 'T', amount: 10_000n, currency: 'CNY', paidAt: at, ...more },
    channel,
    aMarket(),
    { by: 'operator', at, isBinding },
  );

function problemOf(make: () => unknown): Pick<Problem, 'code' | 'fields'> {
  try {
    make();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('It is taken.');
}

describe('a payment that the channel', () => {
  it('takes is told without a flag, limits included', () => {
    for (const amount of [10n, 10_000n]) expect(told({ amount }, false)).not.toHaveProperty('flags');
    expect(told({ payMethod: 'AGGREGATE_QR' }, false)).toMatchObject({ payMethod: 'AGGREGATE_QR', fee: 60n });
  });

  it.each<[string, Partial<AskedPayment>, string, string, string]>([
    ['more than its maximum', { amount: 10_001n }, 'ABOVE_MAXIMUM', '/amount/amount', '100.00 CNY'],
    ['less than its minimum', { amount: 9n }, 'BELOW_MINIMUM', '/amount/amount', '0.10 CNY'],
    ['by another method', { payMethod: 'SCANNED' }, 'PAY_METHOD', '/payMethod', 'AGGREGATE_QR'],
    ['a day ahead', { paidAt: '2025-09-27T02:00:00.000Z' }, 'PAID_IN_FUTURE', '/paidAt', at],
  ])('does not take, %s, is refused where somebody tells it, and taken and flagged where it is signed', (...row) => {
    const [, more, reason, pointer, says] = row;
    const problem = problemOf(() => told(more, false));
    expect(problem).toMatchObject({
      code: 'settlement/payment-refused',
      fields: { reason, detail: expect.stringContaining(says), errors: [{ pointer }] },
    });
    expect(told(more, true)).toMatchObject({ flags: [reason], amount: more.amount ?? 10_000n });
  });

  it('has no terms for counts by those before, when its money has come', () => {
    const late = { paidAt: '2025-09-29T02:00:00.000Z' };
    const when = { by: 'wechat', at: late.paidAt };
    const asked = { channelId: 'wechat', transactionId: 'T', amount: 10_000n, currency: 'CNY', ...late };
    expect(problemOf(() => toldPayment(asked, channel, aMarket(), { ...when, isBinding: false }))).toMatchObject({
      code: 'settlement/channel-not-in-force',
    });
    expect(toldPayment(asked, channel, aMarket(), { ...when, isBinding: true })).toMatchObject({
      ...{ flags: ['NOT_IN_FORCE'], fee: 60n, businessDate: '2025-09-29' },
    });
  });

  it('tells of the future counts from when it was told; a clock a little ahead is left alone', () => {
    expect(told({ paidAt: '2031-01-01T00:00:00.000Z' }, true)).toMatchObject({
      paidAt: at,
      businessDate: '2025-09-26',
    });
    const ahead = '2025-09-26T02:05:00.000Z';
    for (const isBinding of [false, true]) expect(told({ paidAt: ahead }, isBinding)).toMatchObject({ paidAt: ahead });
    expect(problemOf(() => told({ paidAt }, false))).toMatchObject({ fields: { reason: 'PAID_IN_FUTURE' } });
  });
});
