import { type OrderRequest, orderIn } from '../../../functions/settlement/orders/order-shapes.ts';
import { recordPayment } from '../../../functions/settlement/orders/record-payment.ts';
import type { AskedPayment } from '../../../functions/settlement/orders/unassigned.ts';
import { aChannel, aMarket, aMerchant, at, cause } from '../../functions/settlement/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { claimOf, settlementOnEngine } from './support.ts';

export const tenant = 'demo';
export const on = { at, cause };
export const making = { tenant, ...on };
export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** 100.00 of the potter. */
export function asked(no: string, more: object = {}): OrderRequest {
  const subOrders = [{ no: '1', merchantId: 'mer_potter', amount: yuan('100.00') }];
  return orderIn.parse({ no, marketId: 'mkt_chengdu', amount: yuan('100.00'), subOrders, ...more });
}

export function paymentOf(transactionId: string, more: Partial<AskedPayment> = {}): AskedPayment {
  return { channelId: 'wechat', transactionId, amount: 10_000n, currency: 'CNY', paidAt: at, ...more };
}

/** A market of three merchants, with a channel that tells by itself and two of slips. */
export async function ordersOnEngine(engine: TestEngine) {
  const own = await settlementOnEngine(engine);
  const slips = ['slips', 'counter'].map((id) =>
    aChannel({ id, kind: 'OFFLINE', told: 'SLIP', payMethods: ['OFFLINE'] }),
  );
  await own.store.createMarket(aMarket(), [aChannel(), ...slips], claimOf('createMarket', 'a', 'mkt_chengdu'));
  for (const id of ['mer_potter', 'mer_teahouse', 'mer_van']) {
    await own.store.createMerchant(aMerchant({ id }), claimOf('createMerchant', id, id));
  }
  const pay = (no: string, payment: AskedPayment, marketId = 'mkt_chengdu') =>
    recordPayment(own.store, { tenant, no, marketId }, payment, on);
  return { ...own, pay };
}

export type TestOrders = Awaited<ReturnType<typeof ordersOnEngine>>;
