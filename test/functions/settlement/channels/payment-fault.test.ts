import { describe, expect, test } from 'vitest';
import { type ChannelPayment, paymentFaults } from '../../../../functions/settlement/channels/payment-fault.ts';
import { fen } from '../refunds/samples.ts';
import { channelOf, versionOf } from './samples.ts';

const limits = { minimum: fen('0.10'), maximum: fen('50,000.00') };
const channel = channelOf({
  versions: [versionOf('2026-01-01', { ...limits, effectiveTo: '2026-06-30' }), versionOf('2026-07-01')],
});
const payment = (more: Partial<ChannelPayment>): ChannelPayment => ({
  day: '2026-01-01',
  payMethod: 'SCANNED',
  amount: fen('100.00'),
  ...more,
});

describe('a channel', () => {
  test.each<[string, Partial<ChannelPayment>]>([
    ['its minimum', { amount: fen('0.10') }],
    ['its maximum', { amount: fen('50,000.00') }],
    ['more where the version of the day has no bound', { amount: fen('50,000.01'), day: '2026-07-01' }],
    ['each of its methods', { payMethod: 'AGGREGATE_QR' }],
  ])('takes %s', (_, more) => {
    expect(paymentFaults(channel, payment(more))).toEqual([]);
  });

  test.each<[string, Partial<ChannelPayment>, object]>([
    ['less than its minimum', { amount: 9n }, { code: 'BELOW_MINIMUM', minimum: 10n, asked: 9n }],
    [
      'more than its maximum on its last day',
      { amount: fen('50,000.01'), day: '2026-06-30' },
      { code: 'ABOVE_MAXIMUM', maximum: limits.maximum, asked: fen('50,000.01') },
    ],
    ['anything before its first day', { day: '2025-12-31' }, { code: 'NOT_IN_FORCE', day: '2025-12-31' }],
    ['another method', { payMethod: 'OFFLINE' }, { code: 'PAY_METHOD', payMethods: ['SCANNED', 'AGGREGATE_QR'] }],
  ])('does not take %s', (_, more, fault) => {
    expect(paymentFaults(channel, payment(more))).toEqual([fault]);
  });
});
