import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { raised } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import { countingReceipt } from '../receipts/find-receipt.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesTools } from '../tools.ts';
import { notNamed } from './not-named.ts';
import { type ReturnedCredit, restOf } from './returned-credit.ts';
import { takeBack } from './take-back.ts';

type Tools = Pick<ReceivablesTools, 'store'>;
type By = Omit<Step, 'date'>;

/** What another report tells of one reversal. Minor units. */
export interface ToldAgain {
  readonly entryId: string;
  /** All that the bank took back. */
  readonly total: bigint;
  /** What of it is of receipts, as if nobody had told of it before. */
  readonly returned?: ReturnedCredit;
  /** Why the rest of it is of none. */
  readonly none?: string;
}

/**
 * Notes what another report knows more of a reversal that one which knew less made a returned credit. What is of no receipt is taken
 * out of it, and all of it dismissed where nothing is left; where it is taken off receipts by then, somebody is to look at these,
 * and so where what it names are others.
 */
export async function tellAgain(
  tools: Tools,
  { tenant, id }: Pick<ReturnedCredit, 'tenant' | 'id'>,
  told: ToldAgain,
  by: By,
): Promise<void> {
  const { store } = tools;
  await decideAndWrite(async () => {
    const before = await store.readReturned(tenant, id);
    if (!before || before.entryIds.includes(told.entryId)) return { answer: undefined };
    if (told.none !== undefined && before.parts.length > 0) {
      // Taking it back looks at the receipts anew: what is to be looked at is said afterwards.
      await takeBack(tools, before, new Date(by.at));
      for (const { receiptId } of before.parts) await flagTakenOff(tools, before, receiptId, told.none, by);
    }
    const isFlagged = told.returned !== undefined && (await flagNotNamed(tools, before, told.returned, by));
    const entryIds = [...before.entryIds, told.entryId];
    const next = afterReport(before, told, by) ?? (isFlagged && changed<ReturnedCredit>(before, { entryIds }, by));
    return { answer: undefined, ...(next && { write: () => store.replaceReturned(next, before) }) };
  });
}

function afterReport(before: ReturnedCredit, told: ToldAgain, by: By): ReturnedCredit | undefined {
  const { entryId, total, returned, none } = told;
  if (none === undefined) return returned && alsoToldBy(before, returned, by);
  const entryIds = [...before.entryIds, entryId];
  const isUntouched = before.parts.length === 0 && before.dismissed === undefined && before.amount === total;
  if (!isUntouched) return changed<ReturnedCredit>(before, { entryIds }, by);
  if (returned) return alsoToldBy({ ...before, amount: returned.amount, payments: [] }, returned, by);
  const { waits: _, ...rest } = before;
  return changed<ReturnedCredit>(rest, { entryIds, dismissed: none }, by);
}

/** What another report knows more; nothing, where nothing is left to be found. */
function alsoToldBy(before: ReturnedCredit, told: ReturnedCredit, by: By): ReturnedCredit | undefined {
  if (restOf(before) === 0n) return undefined;
  const { endToEnd = told.endToEnd } = before;
  const isWhole = before.parts.length === 0 && before.payments.length === 0 && before.amount === told.amount;
  return changed<ReturnedCredit>(
    before,
    {
      entryIds: [...before.entryIds, ...told.entryIds],
      payer: { ...told.payer, ...before.payer },
      ...defined({ endToEnd }),
      ...(isWhole && { payments: told.payments }),
      references: { ...told.references, ...before.references },
      texts: [...new Set([...before.texts, ...told.texts])],
      bankReferences: [...new Set([...before.bankReferences, ...told.bankReferences])],
    },
    by,
  );
}

/** Answers whether somebody is to look. */
async function flagNotNamed(tools: Tools, before: ReturnedCredit, told: ReturnedCredit, by: By): Promise<boolean> {
  const { receiptIds, named } = await notNamed(tools.store, before, told);
  if (receiptIds.length === 0) return false;
  await takeBack(tools, before, new Date(by.at));
  const why = `A report that knows more names ${named.join(', ')}.`;
  for (const receiptId of receiptIds) await flagTakenOff(tools, before, receiptId, why, by);
  return true;
}

/** Has somebody look at a receipt that a returned credit is taken off, though it may not be of it. */
async function flagTakenOff(
  { store }: Tools,
  { tenant, id }: ReturnedCredit,
  receiptId: string,
  why: string,
  by: By,
): Promise<void> {
  const note = `The returned credit ${id} is taken off it, which may be unassigned: ${why}`;
  await decideAndWrite(async () => {
    const before = await countingReceipt(store, tenant, receiptId);
    if (!before || before.exception?.note === note) return { answer: undefined };
    const exception = { ...raised(before.exception, 'DUPLICATE', by.at), note };
    const next = changed<Receipt>(before, { exception }, by);
    return { answer: undefined, write: () => store.replaceReceipt(next, before) };
  });
}
