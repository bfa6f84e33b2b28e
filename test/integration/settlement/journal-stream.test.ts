import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as markets from '../../../functions/settlement/markets/market-examples.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../functions/settlement/orders/order-items.ts';
import { settlementStore } from '../../../functions/settlement/store.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { tableName } from '../../../infra/local/tables.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import {
  aLeg,
  anOrder,
  aPayment,
  aRefund,
  aSplit,
  aSubOrder,
  aTake,
  fen,
} from '../../functions/settlement/journal/orders.ts';
import { signIn, startInMemory } from '../../support/system.ts';
import { localAccess } from '../../support/tables.ts';
import { dayOf } from './journal-support.ts';

const marketId = 'mkt_chengdu';

describe('orders in the table', () => {
  let system: System;
  let client: DynamoDBClient;
  let treasurer: ApiClient;
  let supervised = '';
  const payable = new Map<string, string>();

  beforeAll(async () => {
    system = await startInMemory();
    client = new DynamoDBClient({ endpoint: system.endpoint, ...localAccess });
    treasurer = await signIn(system.url, 'treasurer');
    const operator = await signIn(system.url, 'operator');
    const market = expectSuccess(
      await operator.post('/v1/markets', { ...markets.createMarket.body, channels: ['WECHAT_PAY'] }, 'm'),
    );
    supervised = market.accounts.supervised;
    for (const id of ['mer_tea', 'mer_farm']) {
      const { id: accountId } = expectSuccess(
        await treasurer.post('/v1/accounts', { currency: 'CNY', holder: id, constraint: { type: 'NONE' } }, id),
      );
      const merchant = { id, marketId, name: id, kind: 'COMPANY', payout: { to: 'LEDGER', accountId } };
      const { payableAccountId } = expectSuccess(await operator.post('/v1/merchants', merchant, id));
      payable.set(id, payableAccountId);
    }
  });
  afterAll(async () => {
    client?.destroy();
    await system?.stop();
  });

  const put = (order: Order) =>
    client.send(new PutItemCommand({ TableName: tableName('settlement'), Item: toItem(orderToPlain(order)) }));
  const posted = async (accountId = '') =>
    expectSuccess(await treasurer.get(`/v1/accounts/${accountId}/balance`)).posted.amount;
  const store = () => settlementStore(client, tableName('settlement'));
  const netOf = async (kind: 'MERCHANT' | 'MARKET', id: string, date: string) => {
    const { total, lines } = await dayOf(store(), marketId, { kind, id }, date);
    expect(total).toEqual(lines);
    return total.net;
  };

  it('come to lines of days and to the ledger by themselves, each once', async () => {
    const splits = [aSplit([aLeg(1, 'mer_farm', '20.00'), aLeg(2, 'mer_tea', '50.00')])];
    const orders = Array.from({ length: 30 }, (_, n) => anOrder({ no: `A-${n}` }));
    await Promise.all(orders.map(put));
    const paid = orders.map((order) => ({ ...order, payments: [aPayment('100.00', { fee: fen('0.60') })] }));
    await Promise.all(paid.map(put));
    const split = paid.map((order) => ({ ...order, subOrders: [aSubOrder({ splits })] }));
    await Promise.all(split.map(put));
    expect(await system.quiesce()).toBe(true);
    // 30 × 100.00 less 0.60 and 70.00; the postings are records of the stream themselves.
    expect(await posted(supervised)).toBe('882.00');
    expect(await posted(payable.get('mer_farm'))).toBe('600.00');
    expect(await posted(payable.get('mer_tea'))).toBe('1500.00');
    expect(await netOf('MERCHANT', 'mer_tea', '2025-09-28')).toBe(fen('1500.00'));
    expect(await netOf('MARKET', marketId, '2025-09-26')).toBe(fen('2982.00'));

    const [order] = split;
    await put({ ...(order as Order), refunds: [aRefund('R-1', [aTake('5.00', 1, 'mer_farm')])] });
    expect(await system.quiesce()).toBe(true);
    expect(await netOf('MERCHANT', 'mer_farm', '2025-09-28')).toBe(fen('595.00'));
    // A refund is booked by itself, under a guard, not by the journal.
    expect(await posted(payable.get('mer_farm'))).toBe('600.00');
  });
});
