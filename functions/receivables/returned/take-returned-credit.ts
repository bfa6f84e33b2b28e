import type { DomainEvent } from '../../../shared/events/event.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { fileNamed } from '../collected/file-named.ts';
import { keepUncollected } from '../collected/keep-collected.ts';
import { logNoReceipt } from '../receipts/log-no-receipt.ts';
import { orderAccounts } from '../receipts/order-accounts.ts';
import { isOwnMoney } from '../receipts/own-money.ts';
import { type CreditPart, reversalOfEvent, type ToldReversal } from '../receipts/receipt-of-statement-entry.ts';
import { accountOf, whereItLies } from '../receipts/where-it-lies.ts';
import { wholeEntry } from '../receipts/whole-entry.ts';
import type { ToldTools } from '../tools.ts';
import { type ReturnedCredit, returnedIdOf } from './returned-credit.ts';
import { tellAgain } from './told-again.ts';

/** Why what a bank took back is of no receipt. */
const whyNone = {
  ORDER:
    'A statement says that it was taken back of orders of a collection, which tells itself what went back of their receipts.',
  FILE: 'A statement says that it was taken back of a whole file of collections, which is compared with what its orders gave back.',
  OWN: 'A statement says that it went back to an account of your own: nobody had paid.',
} as const;

/**
 * Keeps what a statement tells a bank took back, once however many reports tell of it and in whatever order; which receipts it is of
 * is found afterwards. What of it is an order of ours the collection tells of, money of our own was no receipt when it came, and
 * what is of a whole file of collections is noted beside what statements say came of it: that is kept too, so that no report that
 * knows less takes it off a receipt.
 */
export async function takeReturnedCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  const { store } = tools;
  const told = reversalOfEvent(await wholeEntry(tools, event));
  const file = await fileNamed(tools, tenant, told);
  if (file) await keepUncollected(tools, event, told, file, now);
  const { parts, none } = file ? { parts: [], none: whyNone.FILE } : await partsOf(tools, tenant, told);
  const id = returnedIdOf(tenant, told.reversalKey);
  const { entryId } = told;
  const by = { at: now.toISOString(), cause };
  const [first] = parts;
  const returned = first && (await newReturned(tools, event, { ...told, parts }, first, now));
  if (!first) logNoReceipt(event, told, 'what was taken back is no receipt');
  const isFirst = returned
    ? await store.keepReturned(returned)
    : await store.keepUnreceived({ tenant, id, entryId, by });
  if (isFirst) return;
  const total = sum(told.parts.map(({ amount }) => amount));
  await tellAgain(tools, { tenant, id }, { entryId, total, ...defined({ returned, none }) }, by);
}

/** What of a reversal may be of receipts, and why the rest is of none. */
async function partsOf(tools: ToldTools, tenant: string, told: ToldReversal) {
  const parts: CreditPart[] = [];
  let none: string | undefined;
  for (const part of told.parts) {
    if (await orderAccounts(tools, tenant, part)) none = whyNone.ORDER;
    else if (await isOwnMoney(tools.store, tenant, part)) none ??= whyNone.OWN;
    else parts.push(part);
  }
  return { parts, none };
}

async function newReturned(
  tools: ToldTools,
  { tenant, actor: cause }: DomainEvent,
  { reversalKey, entryId, accountId, bankReferences, parts }: ToldReversal,
  first: CreditPart,
  now: Date,
): Promise<ReturnedCredit> {
  const account = await accountOf(tools, tenant, accountId);
  const payments = parts.map(({ amount, payer, endToEnd }) => ({ amount, payer, ...defined({ endToEnd }) }));
  const isOne = parts.length === 1;
  const { paidOn: bookedOn, currency } = first;
  const at = now.toISOString();
  return {
    ...{ tenant, id: returnedIdOf(tenant, reversalKey), accountId, currency, bookedOn, bankReferences },
    ...whereItLies(account, first),
    amount: sum(payments.map(({ amount }) => amount)),
    payer: isOne ? first.payer : {},
    ...(isOne && defined({ endToEnd: first.endToEnd })),
    texts: parts.flatMap(({ texts }) => texts),
    references: isOne ? first.references : {},
    payments: isOne ? [] : payments,
    entryIds: [entryId],
    parts: [],
    ...{ createdAt: at, changedAt: at, revision: 1, cause },
  };
}
