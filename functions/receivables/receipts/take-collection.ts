import type { DomainEvent } from '../../../shared/events/event.ts';
import { maskAccount, maskCard } from '../../../shared/identifiers/mask.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ToldTools } from '../tools.ts';
import { keepTold } from './keep-told.ts';
import { receiptIdOfOrder } from './receipt-draft.ts';
import { type CollectedOrder, ordersOfEvent } from './receipt-of-collection.ts';
import { accountOf } from './take-credit.ts';
import { takeReturned } from './take-returned.ts';

/**
 * Keeps what a collection brought as receipts, one for each order to a bank, and gives back what was returned (退汇). Either
 * event tells all that came and all that went, so that they may come in any order.
 */
export async function takeCollection(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  for (const order of ordersOfEvent(event)) {
    const id = receiptIdOfOrder(tenant, order.orderId);
    const draft = await draftOf(tools, tenant, order);
    const source = { kind: 'COLLECTION' as const, id: order.orderId, at: event.occurredAt };
    await keepTold(tools.store, { tenant, id, draft, source }, { at: now.toISOString(), cause });
    if (order.returned > 0n) {
      const returned = { tenant, receiptId: id, orderId: order.orderId, amount: order.returned };
      await takeReturned(tools, returned, cause, now);
    }
  }
}

/** The mandate says who paid. The company's account is booked by the collection, out of its clearing account. */
async function draftOf(tools: ToldTools, tenant: string, order: CollectedOrder) {
  const { orderId, mandateId, currency, settled: amount, paidOn, description, references } = order;
  const accounts = await tools.collection.accountsOfOrder(tenant, orderId);
  if (!accounts) throw new Error(`The collection has no order ${orderId}.`);
  const { holder: legalEntity } = await accountOf(tools, tenant, accounts.creditAccountId);
  return {
    ...{ legalEntity, currency, amount, paidOn, references },
    payer: await payerOf(tools, tenant, mandateId),
    texts: description === undefined ? [] : [description],
    cashAccountId: accounts.clearingAccountId,
  };
}

async function payerOf({ collection, hashNumber }: ToldTools, tenant: string, mandateId: string) {
  const payer = await collection.payerOfMandate(tenant, mandateId);
  if (!payer) return {};
  const { type, number } = payer.account;
  const account = type === 'CARD' ? maskCard(number) : maskAccount(number);
  return defined({ name: payer.name, account, accountKey: hashNumber(number) });
}
