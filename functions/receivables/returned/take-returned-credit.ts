import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { changed } from '../matches/step.ts';
import { logNoReceipt } from '../receipts/log-no-receipt.ts';
import { isOwnMoney } from '../receipts/own-money.ts';
import { type CreditPart, reversalOfEvent, type ToldReversal } from '../receipts/receipt-of-statement-entry.ts';
import { accountOf, whereItLies } from '../receipts/where-it-lies.ts';
import type { ToldTools } from '../tools.ts';
import { type ReturnedCredit, restOf, returnedIdOf } from './returned-credit.ts';

/**
 * Keeps what a statement tells a bank took back, once however many reports tell of it; which receipts it is of is found afterwards.
 * What of it is an order of ours the collection tells of, and money of our own was no receipt when it came.
 */
export async function takeReturnedCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant } = event;
  const told = reversalOfEvent(event);
  const parts: CreditPart[] = [];
  for (const part of told.parts) if (await isReceipts(tools, tenant, part)) parts.push(part);
  const [first] = parts;
  if (!first) return logNoReceipt(event, told, 'what was taken back is no receipt');
  const returned = await returnedOf(tools, event, { ...told, parts }, first, now);
  if (await tools.store.keepReturned(returned)) return;
  await decideAndWrite(async () => {
    const before = await tools.store.readReturned(tenant, returned.id);
    const next = before && alsoToldBy(before, returned, now);
    return { answer: undefined, ...(next && { write: () => tools.store.replaceReturned(next, before) }) };
  });
}

async function isReceipts(tools: ToldTools, tenant: string, part: CreditPart): Promise<boolean> {
  const { endToEnd } = part;
  if (endToEnd !== undefined && (await tools.collection.accountsOfOrder(tenant, endToEnd))) return false;
  return !(await isOwnMoney(tools.store, tenant, part));
}

async function returnedOf(
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

/** What another report knows more; nothing, where it was told before, or nothing is left to be found. */
function alsoToldBy(before: ReturnedCredit, told: ReturnedCredit, now: Date): ReturnedCredit | undefined {
  const [entryId = ''] = told.entryIds;
  if (before.entryIds.includes(entryId) || restOf(before) === 0n) return undefined;
  const { endToEnd = told.endToEnd } = before;
  return changed<ReturnedCredit>(
    before,
    {
      entryIds: [...before.entryIds, entryId],
      payer: { ...told.payer, ...before.payer },
      ...defined({ endToEnd }),
      references: { ...told.references, ...before.references },
      texts: [...new Set([...before.texts, ...told.texts])],
      bankReferences: [...new Set([...before.bankReferences, ...told.bankReferences])],
    },
    { at: now.toISOString(), cause: told.cause },
  );
}
