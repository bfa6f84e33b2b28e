import type { DomainEvent } from '../../../shared/events/event.ts';
import { maskAccount, maskCard } from '../../../shared/identifiers/mask.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { askToCompare } from '../collected/ask-to-compare.ts';
import type { ToldTools } from '../tools.ts';
import { noteSource } from './keep-told.ts';
import { newReceipt, receiptIdOfOrder } from './receipt-draft.ts';
import { type CollectedOrder, ordersOfEvent } from './receipt-of-collection.ts';
import { pointedBy } from './receipt-pointers.ts';
import { receiptsOfOrder, receiptsPerOrderMax } from './receipts-of-order.ts';
import { type ReturnedMoney, takeReturned } from './take-returned.ts';
import { accountOf } from './where-it-lies.ts';

/**
 * Keeps what a collection brought as receipts, one for each time that an order to a bank brought some, and gives back what was
 * returned (退汇). Either event tells all that came and all that went, so that they may come in any order. What statements say of the
 * file that carried an order is compared again.
 */
export async function takeCollection(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  for (const order of ordersOfEvent(event)) {
    await keepSettled(tools, event, order, now);
    for (const part of await returnedParts(tools, tenant, order)) await takeReturned(tools, part, cause, now);
    await askToCompare(tools, tenant, order.orderId, { at: now.toISOString(), cause });
  }
}

/** What is kept already stays as it is; what came beyond it is a receipt of its own. */
async function keepSettled(
  tools: ToldTools,
  { tenant, actor: cause, occurredAt }: DomainEvent,
  order: CollectedOrder,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const { orderId, settled } = order;
  const draft = await draftOf(tools, tenant, order);
  const source = { kind: 'COLLECTION' as const, id: orderId, at: occurredAt };
  const step = { at: now.toISOString(), cause };
  for (;;) {
    const kept = await receiptsOfOrder(store, tenant, orderId, settled);
    const [first] = kept;
    if (first) {
      const told = { ...draft, amount: smaller(first.amount, settled) };
      await noteSource(store, { tenant, id: first.id, draft: told, source }, step);
    }
    const amount = settled - sum(kept.map((receipt) => receipt.amount));
    if (amount <= 0n) return;
    const place = kept.length + 1;
    if (place > receiptsPerOrderMax) throw new Error(`The order ${orderId} brought money too many times.`);
    const id = receiptIdOfOrder(tenant, orderId, place);
    const receipt = newReceipt(tenant, id, { ...draft, amount }, source, step);
    await store.writeReceiptPointers([pointedBy(receipt, { toldBy: 'OTHERS', accountId: draft.cashAccountId })]);
    // Where another was faster, what it kept is counted too.
    if (await store.keepReceipt(receipt)) return;
  }
}

/** What went back of each receipt of an order, the first ones first; the last one has what went beyond all that came. */
async function returnedParts(
  { store }: ToldTools,
  tenant: string,
  { orderId, returned }: CollectedOrder,
): Promise<ReturnedMoney[]> {
  const kept = await receiptsOfOrder(store, tenant, orderId, returned);
  let left = returned;
  return kept.map((receipt, place) => {
    const amount = place === kept.length - 1 ? left : smaller(left, receipt.amount);
    left -= amount;
    return { tenant, receiptId: receipt.id, returnOf: orderId, amount };
  });
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
