import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { fileNamed } from '../collected/file-named.ts';
import { keepUncollected } from '../collected/keep-collected.ts';
import { changed } from '../matches/step.ts';
import { logNoReceipt } from '../receipts/log-no-receipt.ts';
import { orderAccounts } from '../receipts/order-accounts.ts';
import { isOwnMoney } from '../receipts/own-money.ts';
import { type CreditPart, reversalOfEvent, type ToldReversal } from '../receipts/receipt-of-statement-entry.ts';
import { accountOf, whereItLies } from '../receipts/where-it-lies.ts';
import { wholeEntry } from '../receipts/whole-entry.ts';
import type { ToldTools } from '../tools.ts';
import { type ReturnedCredit, restOf, returnedIdOf } from './returned-credit.ts';

/**
 * Keeps what a statement tells a bank took back, once however many reports tell of it; which receipts it is of is found afterwards.
 * What of it is an order of ours the collection tells of, money of our own was no receipt when it came, and what is of a whole
 * file of collections is noted beside what statements say came of it.
 */
export async function takeReturnedCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant } = event;
  const told = reversalOfEvent(await wholeEntry(tools, event));
  const file = await fileNamed(tools, tenant, told);
  if (file) return await keepUncollected(tools, event, told, file, now);
  const parts: CreditPart[] = [];
  for (const part of told.parts) {
    const isNone =
      (await orderAccounts(tools, tenant, part)) !== undefined || (await isOwnMoney(tools.store, tenant, part));
    if (!isNone) parts.push(part);
  }
  const [first] = parts;
  if (!first) return logNoReceipt(event, told, 'what was taken back is no receipt');
  const returned = await newReturned(tools, event, { ...told, parts }, first, now);
  if (await tools.store.keepReturned(returned)) return;
  await decideAndWrite(async () => {
    const before = await tools.store.readReturned(tenant, returned.id);
    const next = before && alsoToldBy(before, returned, now);
    return { answer: undefined, ...(next && { write: () => tools.store.replaceReturned(next, before) }) };
  });
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

/** What another report knows more; nothing, where it was told before, or nothing is left to be found. */
function alsoToldBy(before: ReturnedCredit, told: ReturnedCredit, now: Date): ReturnedCredit | undefined {
  const [entryId = ''] = told.entryIds;
  if (before.entryIds.includes(entryId) || restOf(before) === 0n) return undefined;
  const { endToEnd = told.endToEnd } = before;
  const isWhole = before.parts.length === 0 && before.payments.length === 0 && before.amount === told.amount;
  return changed<ReturnedCredit>(
    before,
    {
      entryIds: [...before.entryIds, entryId],
      payer: { ...told.payer, ...before.payer },
      ...defined({ endToEnd }),
      ...(isWhole && { payments: told.payments }),
      references: { ...told.references, ...before.references },
      texts: [...new Set([...before.texts, ...told.texts])],
      bankReferences: [...new Set([...before.bankReferences, ...told.bankReferences])],
    },
    { at: now.toISOString(), cause: told.cause },
  );
}
