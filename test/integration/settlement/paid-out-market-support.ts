import { expect } from 'vitest';
import * as channels from '../../../functions/settlement/channels/channel-examples.ts';
import * as markets from '../../../functions/settlement/markets/market-examples.ts';
import * as merchants from '../../../functions/settlement/merchants/merchant-examples.ts';
import * as orders from '../../../functions/settlement/orders/order-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { now } from '../../../shared/time/clock.ts';
import { HOUR_MS } from '../../../shared/time/durations.ts';
import { rawCall } from '../../support/system.ts';

const marketId = 'mkt_chengdu';

/**
 * The market in Chengdu, paid out through the sandbox bank, with the teahouse and the van, whose account the bank refuses. Answers
 * the rule of its orders: 5 % to the teahouse, the rest to who sells, due on the day on which they are paid.
 */
export async function openPaidOutMarket(operator: ApiClient, treasurer: ApiClient): Promise<string> {
  const bank = { cnaps: '105100000017' };
  const creditor = { name: '禹道市场管理有限公司', account: { number: '32001881236052500099', bank } };
  expectSuccess(await treasurer.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
  expectSuccess(await operator.post('/v1/markets', markets.createMarket.body, 'm'));
  expectSuccess(await operator.put(`/v1/markets/${marketId}/channels/wechat`, channels.putPayChannel.body));
  const teahouse = merchants.createMerchant.body;
  // The sandbox bank refuses an account that ends so.
  const refused = { ...teahouse.payout, account: { ...teahouse.payout.account, number: '51001881236052500003' } };
  expectSuccess(await operator.post('/v1/merchants', teahouse, teahouse.id));
  expectSuccess(await operator.post('/v1/merchants', { ...teahouse, id: 'mer_van', payout: refused }, 'mer_van'));
  const lines = [
    { sequence: 1, receiver: teahouse.id, share: { kind: 'RATIO', basisPoints: 500 } },
    { sequence: 2, share: { kind: 'REMAINDER' } },
  ];
  const rule = {
    ...{ marketId, name: '茶庄 5%', effectiveFrom: businessDateOf(now()), base: 'PAID', method: 'RATIO', lines },
    clearing: { mode: 'ROLLING', period: { kind: 'NATURAL_DAYS', days: 0 } },
  };
  return expectSuccess(await operator.post('/v1/split-rules', rule, 'rule')).id;
}

/** An order of 100.00, paid now: 5.00 of it are the teahouse's; the channel keeps 0.60 of who sells. */
export async function payOrder(
  operator: ApiClient,
  { no, ruleId, seller, transactionId }: Readonly<Record<'no' | 'ruleId' | 'seller' | 'transactionId', string>>,
): Promise<void> {
  const { body } = orders.createOrder;
  const [subOrder] = body.subOrders;
  const subOrders = [{ ...subOrder, merchantId: seller }];
  expectSuccess(await operator.post('/v1/orders', { ...body, no, split: { by: 'RULE', ruleId }, subOrders }, no));
  const payment = { ...orders.payOrder.body, transactionId, paidAt: now().toISOString() };
  expectSuccess(await operator.post(`/v1/orders/${no}/payments`, payment));
}

/** The market of the reference, its merchants, and its channel without windows, which would be over: its calendar reaches beyond today. */
export async function openMarketOfExamples(
  operator: ApiClient,
  more: { readonly callbackKeys?: readonly unknown[] } = {},
) {
  expectSuccess(await operator.post('/v1/markets', { ...markets.createMarket.body, calendar: 'TARGET' }, 'm'));
  const { versions, ...channel } = channels.putPayChannel.body;
  const open = versions.map(({ refundDays: _refund, clawBackDays: _clawBack, ...version }) => version);
  const body = { ...channel, versions: open, ...more };
  expectSuccess(await operator.put('/v1/markets/mkt_chengdu/channels/wechat', body));
  for (const id of ['mer_teahouse', 'mer_potter', 'mer_van']) {
    expectSuccess(await operator.post('/v1/merchants', { ...merchants.createMerchant.body, id }, id));
  }
}

/** The bank answers by then. Tokens end after an hour: who goes on signs in again. */
export function waitAnHour(system: System): Promise<void> {
  return waitUntil(system, new Date(now().getTime() + HOUR_MS));
}

/** To ten o'clock of the next morning in Chengdu: a day is before whoever begins then, at whatever hour that is. */
export function waitForMorning(system: System): Promise<void> {
  return waitUntil(system, new Date(`${addDays(businessDateOf(now()), 1)}T02:00:00.000Z`));
}

async function waitUntil(system: System, at: Date): Promise<void> {
  const body = JSON.stringify({ now: at.toISOString() });
  expect(await rawCall(system.url, 'POST', '/local/clock', { body })).toMatchObject({ status: 200 });
  expect(await system.quiesce()).toBe(true);
}
