import type { DomainEvent } from '../../../shared/events/event.ts';
import type { ToldTools } from '../tools.ts';
import { keepTold } from './keep-told.ts';
import { receiptIdOfPayment } from './receipt-draft.ts';
import { type OrderPayment, type PaidOrder, paidOrderOfEvent } from './receipt-of-order.ts';
import { takeReturned } from './take-returned.ts';

/** Why it was undone, as the match says. */
const reason = '退款 The order was refunded.';

/**
 * Keeps what pays an order of a market as receipts, one for each payment, and gives back what the channel gave back. Either event
 * tells all that came and all that went, so that they may come in any order and again.
 *
 * Only of a legal entity whose book names what channels owe, for the money is there: what a channel pays out later is a credit of
 * a statement, in other sums and on other days, and clears that account. It is never the same receipt.
 */
export async function takePaidOrder(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant } = event;
  const order = paidOrderOfEvent(event);
  if (order.payments.length === 0) return;
  const legalEntity = await tools.settlement.legalEntityOfMarket(tenant, order.marketId);
  if (legalEntity === undefined) throw new Error(`There is no market ${order.marketId}.`);
  for (const payment of order.payments) await takePayment(tools, event, { order, payment, legalEntity }, now);
}

interface Told {
  readonly order: PaidOrder;
  readonly payment: OrderPayment;
  readonly legalEntity: string;
}

async function takePayment(
  tools: ToldTools,
  { tenant, actor: cause, occurredAt }: DomainEvent,
  { order: { orderNo, references }, payment, legalEntity }: Told,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const { channelId, transactionId, refunded, ...money } = payment;
  const id = receiptIdOfPayment(tenant, orderNo, channelId, transactionId);
  const cashAccountId = (await store.readBook(tenant, { legalEntity, currency: money.currency }))?.accounts.channels;
  if (cashAccountId !== undefined) {
    const draft = { ...money, legalEntity, references, payer: {}, texts: [], cashAccountId };
    const source = { kind: 'ORDER' as const, id: orderNo, at: occurredAt };
    const pointers = {
      tenant,
      receiptId: id,
      ...draft,
      toldBy: 'OTHERS' as const,
      accountId: cashAccountId,
      names: [],
    };
    await store.writeReceiptPointers([pointers]);
    await keepTold(store, { tenant, id, draft, source }, { at: now.toISOString(), cause });
  } else if (!(await store.readReceipt(tenant, id))) return;
  if (refunded === 0n) return;
  await takeReturned(tools, { tenant, receiptId: id, returnOf: orderNo, amount: refunded, reason }, cause, now);
}
