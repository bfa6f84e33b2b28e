import type { DomainEvent } from '../../../shared/events/event.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CollectedFile } from '../../collection/published.ts';
import { keepCollected } from '../collected/keep-collected.ts';
import type { ToldTools } from '../tools.ts';
import { findVirtualAccount } from './find-virtual-account.ts';
import { flagNoReceipt } from './flag-no-receipt.ts';
import { keepTold, noteSource, type ToldReceipt } from './keep-told.ts';
import { logNoReceipt } from './log-no-receipt.ts';
import { isOwnMoney } from './own-money.ts';
import { receiptIdOfCredit, receiptIdOfDetail, receiptIdOfOrder } from './receipt-draft.ts';
import { type CreditPart, creditOfEvent, type ToldCredit } from './receipt-of-statement-entry.ts';
import type { ReceiptPointers } from './receipt-pointers.ts';
import { accountOf, whereItLies } from './where-it-lies.ts';

const ofFile =
  'A statement says that it came for a whole file of collections: the receipts of its orders are this money.';
const ofOwn = 'A statement says that it came from an account of your own: nobody paid.';

/**
 * Keeps what a statement tells of as receipts, once however many reports tell of it and in whatever order: by the credit's own
 * key; where it names an order of ours, by that, so that it and what the bank says of the order are one. A batch credit is in
 * parts where the first report to come lists them. Of a legal entity without a book too, so that nothing is lost.
 *
 * No receipts are reversals of debits and money from own accounts, which is ours already, and a credit for a whole file of
 * collections: its orders are receipts, and it is only compared with them.
 */
export async function takeCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  const credit = creditOfEvent(event);
  if (credit.isReversal) return logNoReceipt(event, credit, 'reversal is no receipt');
  const step = { at: now.toISOString(), cause };
  const id = receiptIdOfCredit(tenant, credit.creditKey);
  const file = await fileOf(tools, tenant, credit);
  const told = await toldReceipts(tools, event, credit, { id, isOfFile: file !== undefined });
  const [only] = told;
  // Where another report told of it in parts, there is nothing to add.
  if (only?.id === id) return await keepTold(tools.store, only, step);
  const { entryId } = credit;
  const parted = { tenant, id, receiptIds: told.map((one) => one.id), entryId, at: step.at };
  const isFirst = await tools.store.keepPartedCredit(parted);
  const stands = isFirst ? parted : await tools.store.readCredit(tenant, id);
  if (told.length === 0) {
    if (stands && 'sources' in stands) await flagNoReceipt(tools.store, stands, file ? ofFile : ofOwn, step);
    if (file) return await keepCollected(tools, event, credit, file, now);
    return logNoReceipt(event, credit, 'own money is no receipt');
  }
  if (stands && 'sources' in stands) return await noteWhole(tools, credit, { event, id, told }, step);
  const known = new Set(stands?.receiptIds);
  for (const one of told) if (known.has(one.id)) await keepTold(tools.store, one, step);
}

/** It was told of as one before, by a report without its transactions. */
async function noteWhole(
  { store }: ToldTools,
  { parts }: ToldCredit,
  { event, id, told }: { readonly event: DomainEvent; readonly id: string; readonly told: readonly ToldReceipt[] },
  step: { readonly at: string; readonly cause: DomainEvent['actor'] },
): Promise<void> {
  const [first] = told;
  if (!first) return;
  const amount = parts.reduce((total, part) => total + part.amount, 0n);
  const only = parts.length === 1 ? {} : { payer: {}, references: {}, texts: parts.flatMap(({ texts }) => texts) };
  await noteSource(store, { ...first, tenant: event.tenant, id, draft: { ...first.draft, ...only, amount } }, step);
}

/** The file of collections that a credit names, and under which id. */
async function fileOf(
  { collection }: ToldTools,
  tenant: string,
  { fileIds }: ToldCredit,
): Promise<(CollectedFile & { readonly fileId: string }) | undefined> {
  for (const fileId of fileIds) {
    const file = await collection.collectedUnder(tenant, fileId);
    if (file) return { ...file, fileId };
  }
  return undefined;
}

/** What leads to them is written first: whoever finds one, finds that too. */
async function toldReceipts(
  tools: ToldTools,
  { tenant, occurredAt }: DomainEvent,
  credit: ToldCredit,
  { id, isOfFile }: { readonly id: string; readonly isOfFile: boolean },
): Promise<ToldReceipt[]> {
  const { accountId, creditKey, entryId, parts } = credit;
  const account = await accountOf(tools, tenant, accountId);
  const source = { kind: 'STATEMENT' as const, id: entryId, at: occurredAt };
  const told: ToldReceipt[] = [];
  const pointers: ReceiptPointers[] = [];
  for (const [place, part] of parts.entries()) {
    const ofOrder = await orderOf(tools, tenant, part);
    if (!ofOrder && (isOfFile || (await isOwnMoney(tools.store, tenant, part)))) continue;
    const ownId = parts.length === 1 ? id : receiptIdOfDetail(tenant, creditKey, place);
    const { legalEntity, cashAccountId } = ofOrder ?? whereItLies(account, part);
    const virtualAccountKey = await findVirtualAccount(tools, tenant, legalEntity, part);
    const { endToEnd, ownAccountId: _, ...facts } = part;
    const draft = { ...facts, legalEntity, ...defined({ cashAccountId, virtualAccountKey }) };
    told.push({ tenant, id: ofOrder?.id ?? ownId, draft, source });
    const names = [...credit.bankReferences, ...(endToEnd === undefined ? [] : [endToEnd])];
    if (!ofOrder) pointers.push({ ...draft, tenant, receiptId: ownId, accountId, creditKey, names });
  }
  await tools.store.writeReceiptPointers(pointers);
  return told;
}

/** What an order of ours brought is booked to the company's account by the collection, out of its clearing account. */
async function orderOf(tools: ToldTools, tenant: string, { endToEnd }: CreditPart) {
  const accounts = endToEnd === undefined ? undefined : await tools.collection.accountsOfOrder(tenant, endToEnd);
  if (endToEnd === undefined || !accounts) return undefined;
  const { holder } = await accountOf(tools, tenant, accounts.creditAccountId);
  return { id: receiptIdOfOrder(tenant, endToEnd), legalEntity: holder, cashAccountId: accounts.clearingAccountId };
}
