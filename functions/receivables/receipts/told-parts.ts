import type { DomainEvent } from '../../../shared/events/event.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ToldTools } from '../tools.ts';
import { findVirtualAccount } from './find-virtual-account.ts';
import type { ToldReceipt } from './keep-told.ts';
import { isOwnMoney } from './own-money.ts';
import type { StandingPart } from './parted-credit.ts';
import { receiptIdOfCredit, receiptIdOfDetail, receiptIdOfOrder } from './receipt-draft.ts';
import type { CreditPart, ToldCredit } from './receipt-of-statement-entry.ts';
import type { ReceiptPointers } from './receipt-pointers.ts';
import { accountOf, whereItLies } from './where-it-lies.ts';

/** One payment that a report lists: which part of its credit that is, and the receipt that it is or would be. */
export interface ToldPart extends StandingPart {
  readonly told: Omit<ToldReceipt, 'id'>;
}

/**
 * What a report lists in a credit, payment by payment: an entry of a file of ours says so of all that name no order. What leads
 * to receipts is written, so that whoever finds one finds that too.
 */
export async function toldParts(
  tools: ToldTools,
  { tenant, occurredAt }: DomainEvent,
  credit: ToldCredit,
  { isOfFile }: { readonly isOfFile: boolean },
): Promise<ToldPart[]> {
  const { accountId, creditKey, entryId, parts } = credit;
  const account = await accountOf(tools, tenant, accountId);
  const source = { kind: 'STATEMENT' as const, id: entryId, at: occurredAt };
  const all: ToldPart[] = [];
  const pointers: ReceiptPointers[] = [];
  for (const [place, part] of parts.entries()) {
    const ofOrder = await orderOf(tools, tenant, part);
    const isOwn = !ofOrder && !isOfFile && (await isOwnMoney(tools.store, tenant, part));
    const kind = ofOrder ? 'ORDER' : isOfFile ? 'FILE' : isOwn ? 'OWN' : 'RECEIPT';
    const isWhole = parts.length === 1 && kind === 'RECEIPT';
    const ownId = isWhole ? receiptIdOfCredit(tenant, creditKey) : receiptIdOfDetail(tenant, creditKey, place);
    const receiptId = ofOrder?.id ?? ownId;
    const { legalEntity, cashAccountId } = ofOrder ?? whereItLies(account, part);
    const virtualAccountKey = await findVirtualAccount(tools, tenant, legalEntity, part);
    const { endToEnd, ownAccountId, ...facts } = part;
    const fromOwn = ownAccountId === undefined ? undefined : (true as const);
    const draft = { ...facts, legalEntity, ...defined({ cashAccountId, virtualAccountKey, fromOwn }) };
    const { amount, payer } = part;
    all.push({ kind, receiptId, amount, payer, ...defined({ endToEnd }), told: { tenant, draft, source } });
    const ofBank = credit.bankReferences.map((name) => ({ by: 'BANK' as const, name }));
    const names = [...ofBank, ...(endToEnd === undefined ? [] : [{ by: 'PAYER' as const, name: endToEnd }])];
    const pointed = { ...draft, tenant, receiptId, accountId, creditKey, names };
    // By what a bank calls it, nothing is found of an order: what goes back of it the collection tells.
    pointers.push(ofOrder ? { ...draft, tenant, receiptId, accountId: ofOrder.cashAccountId, names: [] } : pointed);
  }
  await tools.store.writeReceiptPointers(pointers);
  return all;
}

/** What an order of ours brought is booked to the company's account by the collection, out of its clearing account. */
async function orderOf(tools: ToldTools, tenant: string, { endToEnd }: CreditPart) {
  const accounts = endToEnd === undefined ? undefined : await tools.collection.accountsOfOrder(tenant, endToEnd);
  if (endToEnd === undefined || !accounts) return undefined;
  const { holder } = await accountOf(tools, tenant, accounts.creditAccountId);
  return { id: receiptIdOfOrder(tenant, endToEnd), legalEntity: holder, cashAccountId: accounts.clearingAccountId };
}
