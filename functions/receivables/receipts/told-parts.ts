import pLimit from 'p-limit';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { LedgerAccount } from '../../ledger/published.ts';
import type { ToldTools } from '../tools.ts';
import { doubtOfWhole } from './doubt-of-whole.ts';
import { findVirtualAccount } from './find-virtual-account.ts';
import type { ToldReceipt } from './keep-told.ts';
import { orderAccounts } from './order-accounts.ts';
import { isOwnMoney } from './own-money.ts';
import type { StandingPart } from './parted-credit.ts';
import { receiptIdOfCredit, receiptIdOfDetail, receiptIdOfOrder } from './receipt-draft.ts';
import type { CreditPart, ToldCredit } from './receipt-of-statement-entry.ts';
import type { ReceiptPointers } from './receipt-pointers.ts';
import { accountOf, whereItLies } from './where-it-lies.ts';

/** Payments of one credit that are looked at, or kept, at once. */
export const paymentsAtOnceMax = 10;

/** One payment that a report lists: which part of its credit that is, and the receipt that it is or would be. */
export interface ToldPart extends StandingPart {
  readonly told: Omit<ToldReceipt, 'id'>;
  /** What leads to the receipt that it turns out to be. */
  readonly pointers: Omit<ReceiptPointers, 'receiptId'>;
  /** Why the whole credit, where it is one receipt, may be none. */
  readonly doubt?: string;
}

/** What a report lists in a credit, payment by payment: an entry of a file of ours says so of all that name no order. */
export async function toldParts(
  tools: ToldTools,
  event: DomainEvent,
  credit: ToldCredit,
  { isOfFile }: { readonly isOfFile: boolean },
): Promise<ToldPart[]> {
  const account = await accountOf(tools, event.tenant, credit.accountId);
  const limit = pLimit(paymentsAtOnceMax);
  const found = await Promise.all(
    credit.parts.map((part, place) => limit(() => toldPart(tools, { event, credit, account, isOfFile }, part, place))),
  );
  const [only] = found;
  if (found.length > 1 || only?.kind !== 'RECEIPT') return found;
  return [{ ...only, ...defined({ doubt: await doubtOfWhole(tools, event.tenant, credit) }) }];
}

interface Of {
  readonly event: DomainEvent;
  readonly credit: ToldCredit;
  readonly account: LedgerAccount;
  readonly isOfFile: boolean;
}

async function toldPart(tools: ToldTools, of: Of, part: CreditPart, place: number): Promise<ToldPart> {
  const { event, credit, account, isOfFile } = of;
  const { tenant, occurredAt } = event;
  const { accountId, creditKey, entryId, parts, bankReferences } = credit;
  const ofOrder = await orderOf(tools, tenant, part);
  const isOwn = !ofOrder && !isOfFile && (await isOwnMoney(tools.store, tenant, part));
  const kind = ofOrder ? 'ORDER' : isOfFile ? 'FILE' : isOwn ? 'OWN' : 'RECEIPT';
  const isWhole = parts.length === 1 && kind === 'RECEIPT';
  const ownId = isWhole ? receiptIdOfCredit(tenant, creditKey) : receiptIdOfDetail(tenant, creditKey, place);
  const { legalEntity, cashAccountId } = ofOrder ?? whereItLies(account, part);
  const virtualAccountKey = await findVirtualAccount(tools, tenant, legalEntity, part);
  const { endToEnd, ownAccountId, ...facts } = part;
  const fromOwn = ownAccountId === undefined ? undefined : (true as const);
  const draft = { ...facts, legalEntity, ...defined({ cashAccountId, virtualAccountKey, fromOwn }) };
  const { amount, payer } = part;
  const ofBank = bankReferences.map((name) => ({ by: 'BANK' as const, name }));
  const names = [...ofBank, ...(endToEnd === undefined ? [] : [{ by: 'PAYER' as const, name: endToEnd }])];
  return {
    ...{ kind, receiptId: ofOrder?.id ?? ownId, amount, payer, ...defined({ endToEnd }) },
    told: { tenant, draft, source: { kind: 'STATEMENT', id: entryId, at: occurredAt } },
    // By what a bank calls it, nothing is found of an order: what goes back of it the collection tells.
    pointers: ofOrder
      ? { ...draft, tenant, toldBy: 'OTHERS', accountId: ofOrder.cashAccountId, names: [] }
      : { ...draft, tenant, toldBy: 'OTHERS', accountId, creditKey, names },
  };
}

/** What an order of ours brought is booked to the company's account by the collection, out of its clearing account. */
async function orderOf(tools: ToldTools, tenant: string, part: CreditPart) {
  const accounts = await orderAccounts(tools, tenant, part);
  if (!accounts) return undefined;
  const { holder: legalEntity } = await accountOf(tools, tenant, accounts.creditAccountId);
  const { orderId, clearingAccountId: cashAccountId } = accounts;
  return { id: receiptIdOfOrder(tenant, orderId), legalEntity, cashAccountId };
}
