import type { DomainEvent } from '../../../shared/events/event.ts';
import { writeLog } from '../../../shared/http/log.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { LedgerAccount } from '../../ledger/published.ts';
import type { ToldTools } from '../tools.ts';
import { findVirtualAccount } from './find-virtual-account.ts';
import { keepTold, noteSource, type ToldReceipt } from './keep-told.ts';
import { receiptIdOfCredit, receiptIdOfDetail, receiptIdOfOrder } from './receipt-draft.ts';
import { type CreditPart, creditOfEvent, type ToldCredit } from './receipt-of-statement-entry.ts';

/**
 * Keeps what a statement tells of as receipts, once however many reports tell of it and in whatever order: by the credit's own
 * key; where it names an order of ours, by that, so that it and what the bank says of the order are one. A batch credit is in
 * parts where the first report to come lists them. Of a legal entity without a book too, so that nothing is lost. Reversals are
 * our own money coming back, and no receipts.
 */
export async function takeCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  const credit = creditOfEvent(event);
  if (credit.isReversal) return logReversal(event, credit);
  const step = { at: now.toISOString(), cause };
  const id = receiptIdOfCredit(tenant, credit.creditKey);
  const told = await toldReceipts(tools, event, credit, id);
  const [only] = told;
  // Where another report told of it in parts, there is nothing to add.
  if (only?.id === id) return await keepTold(tools.store, only, step);
  const { entryId } = credit;
  const parted = { tenant, id, receiptIds: told.map((one) => one.id), entryId, at: step.at };
  const isFirst = await tools.store.keepPartedCredit(parted);
  const stands = isFirst ? parted : await tools.store.readCredit(tenant, id);
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

function logReversal({ id, tenant }: DomainEvent, { entryId }: ToldCredit): void {
  writeLog({ level: 'WARN', message: 'reversal is no receipt', eventId: id, tenant, entryId });
}

async function toldReceipts(
  tools: ToldTools,
  { tenant, occurredAt }: DomainEvent,
  credit: ToldCredit,
  id: string,
): Promise<ToldReceipt[]> {
  const { accountId, creditKey, entryId, parts } = credit;
  const account = await accountOf(tools, tenant, accountId);
  const source = { kind: 'STATEMENT' as const, id: entryId, at: occurredAt };
  const told: ToldReceipt[] = [];
  for (const [place, part] of parts.entries()) {
    const ofOrder = await orderOf(tools, tenant, part);
    const ownId = parts.length === 1 ? id : receiptIdOfDetail(tenant, creditKey, place);
    const { legalEntity, cashAccountId } = ofOrder ?? ofAccount(account, part);
    const virtualAccountKey = await findVirtualAccount(tools, tenant, legalEntity, part);
    const { endToEnd: _, ...facts } = part;
    const draft = { ...facts, legalEntity, ...defined({ cashAccountId, virtualAccountKey }) };
    told.push({ tenant, id: ofOrder?.id ?? ownId, draft, source });
  }
  return told;
}

/**
 * Where the money lies. An account that has internal ledgers is booked by the pool, and a currency that is not the account's is
 * not on it: then it is the account of the book.
 */
function ofAccount({ id, holder, currency, book }: LedgerAccount, part: CreditPart) {
  const isBookedHere = book === undefined && currency === part.currency;
  return { legalEntity: holder, ...(isBookedHere && { cashAccountId: id }) };
}

/** What an order of ours brought is booked to the company's account by the collection, out of its clearing account. */
async function orderOf(tools: ToldTools, tenant: string, { endToEnd }: CreditPart) {
  const accounts = endToEnd === undefined ? undefined : await tools.collection.accountsOfOrder(tenant, endToEnd);
  if (endToEnd === undefined || !accounts) return undefined;
  const { holder } = await accountOf(tools, tenant, accounts.creditAccountId);
  return { id: receiptIdOfOrder(tenant, endToEnd), legalEntity: holder, cashAccountId: accounts.clearingAccountId };
}

export async function accountOf(
  { ledger }: Pick<ToldTools, 'ledger'>,
  tenant: string,
  accountId: string,
): Promise<LedgerAccount> {
  const account = (await ledger.readAccounts(tenant, [accountId])).get(accountId);
  if (account) return account;
  throw new Error(`The ledger has no account ${accountId}.`);
}
