import pLimit from 'p-limit';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { fileNamed } from '../collected/file-named.ts';
import { keepCollected } from '../collected/keep-collected.ts';
import type { Step } from '../matches/step.ts';
import type { ToldTools } from '../tools.ts';
import { flagged, flagNoReceipt } from './flag-no-receipt.ts';
import { keepTold, noteSource } from './keep-told.ts';
import { logNoReceipt } from './log-no-receipt.ts';
import { keepOwnCredit } from './own-credit.ts';
import { type PartedCredit, type PartKind, pairParts, type StandingPart } from './parted-credit.ts';
import type { NoReceipt, Receipt } from './receipt.ts';
import { newReceipt, receiptIdOfCredit } from './receipt-draft.ts';
import { creditOfEvent, type ToldCredit } from './receipt-of-statement-entry.ts';
import type { ReceiptPointers } from './receipt-pointers.ts';
import { takeToldOwn } from './take-own-credit.ts';
import { paymentsAtOnceMax, type ToldPart, toldParts } from './told-parts.ts';
import { wholeEntry } from './whole-entry.ts';

/** Why what was told as a receipt is none. */
const whyNone: Readonly<Record<Exclude<PartKind, 'RECEIPT'>, string>> = {
  ORDER: 'A statement says that it came for an order of a collection: the receipt of that order is this money.',
  FILE: 'A statement says that it came for a whole file of collections: the receipts of its orders are this money.',
  OWN: 'A statement says that it came from an account of your own: nobody paid.',
};

/** A credit that is taken, and what the report of it lists. */
interface Taking {
  readonly event: DomainEvent;
  readonly credit: ToldCredit;
  readonly told: readonly ToldPart[];
  readonly step: Omit<Step, 'date'>;
}

/**
 * Keeps what a statement tells of as receipts, once however many reports tell of it and in whatever order: by the credit's own
 * key; where it names an order of ours, by that, so that it and what the bank says of the order are one. A batch credit is in
 * parts where the first report to come lists them. Of a legal entity without a book too, so that nothing is lost.
 *
 * No receipts are reversals of debits and money from own accounts, which is ours already, and a credit for a whole file of
 * collections: its orders are receipts, and all of it is compared with them, whatever of it names its order. What was told as a
 * receipt before, and is one of these, is for somebody to look at; and so is a batch that is taken as one, where some of it is.
 */
export async function takeCredit(tools: ToldTools, event: DomainEvent, now: Date): Promise<void> {
  const { tenant, actor: cause } = event;
  const credit = creditOfEvent(await wholeEntry(tools, event));
  if (credit.isReversal) return logNoReceipt(event, credit, 'reversal is no receipt');
  const file = await fileNamed(tools, tenant, credit);
  const told = await toldParts(tools, event, credit, { isOfFile: file !== undefined });
  const taking = { event, credit, told, step: { at: now.toISOString(), cause } };
  await tell(tools, taking);
  if (file) return await keepCollected(tools, event, credit, file, now);
  if (told.some(({ kind }) => kind === 'OWN')) logNoReceipt(event, credit, 'own money is no receipt');
}

/** Where another report was first, what it made of the credit stands. */
async function tell(tools: ToldTools, taking: Taking): Promise<void> {
  const { store } = tools;
  const { event, credit, told, step } = taking;
  const { tenant } = event;
  const id = receiptIdOfCredit(tenant, credit.creditKey);
  const [only] = told;
  if (only?.receiptId === id) {
    await store.writeReceiptPointers([{ ...only.pointers, receiptId: id }]);
    const receipt = newReceipt(tenant, id, only.told.draft, only.told.source, step);
    const noReceipt = noReceiptOf(taking, only);
    const isNew = await store.keepReceipt({ ...receipt, ...(noReceipt && flagged(receipt, noReceipt, step.at)) });
    if (isNew) return;
  } else {
    const parts = told.map(({ told: _, pointers: _p, doubt: _d, ...part }): StandingPart => part);
    const isFirst = await store.keepPartedCredit({ tenant, id, parts, entryId: credit.entryId, at: step.at });
    if (isFirst) return await tellParts(tools, taking, new Map(told.map((one) => [one, one])));
  }
  const stands = await store.readCredit(tenant, id);
  if (!stands) throw new Error(`Nothing stands in the place of the credit ${id}.`);
  if ('sources' in stands) return await tellWhole(tools, taking, stands);
  await tellParts(tools, taking, pairParts(told, await knownParts(store, stands)));
}

/** That a credit which is taken as one receipt may be none. */
function noReceiptOf({ credit: { entryId }, step: { at } }: Taking, { doubt }: ToldPart): NoReceipt | undefined {
  return doubt === undefined ? undefined : { why: doubt, entryId, at };
}

/** It was told of as one, by this report or by one without its transactions. */
async function tellWhole({ store }: ToldTools, { event, credit, told, step }: Taking, whole: Receipt): Promise<void> {
  const { tenant, id } = whole;
  const none = told.filter(({ kind }) => kind !== 'RECEIPT');
  const receipts = told.filter(({ kind }) => kind === 'RECEIPT');
  await store.writeReceiptPointers(told.flatMap((one) => pointersOf(one, { kind: 'RECEIPT', receiptId: id }, whole)));
  await noteOrders({ store }, none, step);
  const [first, second] = receipts;
  if (first) {
    const isOnly = !second && none.length === 0;
    const texts = receipts.flatMap(({ told: { draft } }) => draft.texts);
    const draft = { ...first.told.draft, ...(!isOnly && { payer: {}, references: {}, texts }), amount: sumOf(told) };
    await noteSource(store, { ...first.told, tenant: event.tenant, id, draft }, step);
  }
  if (first?.doubt !== undefined) {
    await flagNoReceipt(store, { tenant, id }, { why: first.doubt, entryId: credit.entryId }, step);
  }
  const [kind] = none.map((one) => one.kind);
  if (kind === undefined || kind === 'RECEIPT') return;
  const { currency } = whole;
  const of = first ? `Of it, ${presentAmount(sumOf(none), currency).amount} ${currency}: ` : '';
  await flagNoReceipt(store, { tenant, id }, { why: `${of}${whyNone[kind]}`, entryId: credit.entryId }, step);
}

/** It is in parts: each payment goes to its own, in whatever order a report lists them. */
async function tellParts(
  tools: ToldTools,
  { event: { tenant }, credit: { entryId }, step }: Taking,
  pairs: ReadonlyMap<ToldPart, StandingPart>,
): Promise<void> {
  await tools.store.writeReceiptPointers([...pairs].flatMap(([one, part]) => pointersOf(one, part)));
  const limit = pLimit(paymentsAtOnceMax);
  await Promise.all([...pairs].map((pair) => limit(() => tellPart(tools, pair, { tenant, entryId, step }))));
}

interface Telling {
  readonly tenant: string;
  readonly entryId: string;
  readonly step: Omit<Step, 'date'>;
}

async function tellPart(
  tools: ToldTools,
  [one, { kind, receiptId: id }]: readonly [ToldPart, StandingPart],
  { tenant, entryId, step }: Telling,
): Promise<void> {
  const { store } = tools;
  const receipt = { ...one.told, id };
  if (one.kind === 'OWN' && kind === 'OWN') await keepOwnCredit(store, receipt, step);
  else if (one.kind === 'ORDER' && one.receiptId === id) await keepTold(store, receipt, step);
  else if (one.kind === 'RECEIPT' && kind === 'RECEIPT') await keepTold(store, receipt, step);
  // A report that does not say whence it came says nothing against the one that did.
  else if (one.kind === 'RECEIPT' && kind === 'OWN' && one.told.draft.fromOwn) await takeToldOwn(store, receipt, step);
  else if (one.kind !== 'RECEIPT' && kind === 'RECEIPT') {
    await noteOrders(tools, [one], step);
    await flagNoReceipt(store, { tenant, id }, { why: whyNone[one.kind], entryId }, step);
  }
}

/**
 * What leads to the receipt that a payment is: written before it, so that whoever finds that finds this too. What comes for an order
 * leads to that order's.
 */
function pointersOf(
  { kind, receiptId, pointers }: ToldPart,
  part: Pick<StandingPart, 'kind' | 'receiptId'>,
  { amount }: Pick<Receipt, 'amount'> = pointers,
): ReceiptPointers[] {
  if (kind === 'ORDER') return [{ ...pointers, receiptId }];
  const isTo = kind !== 'FILE' && (part.kind === 'RECEIPT' || part.kind === 'OWN');
  return isTo ? [{ ...pointers, amount, receiptId: part.receiptId }] : [];
}

/** With what later reports told of each; what was told first stands for one that is not kept yet. */
async function knownParts(store: ToldTools['store'], { tenant, parts }: PartedCredit): Promise<StandingPart[]> {
  const receipts = await store.readReceipts(
    tenant,
    parts.map(({ receiptId }) => receiptId),
  );
  return parts.map((part) => {
    const receipt = receipts.get(part.receiptId);
    if (!receipt) return part;
    const endToEnd = part.endToEnd ?? receipt.references.endToEndId;
    return { ...part, ...defined({ endToEnd }), payer: { ...receipt.payer, ...part.payer } };
  });
}

/** A receipt that an order has already is told of by the statement too; one that it has not, the collection will tell of. */
async function noteOrders(
  { store }: Pick<ToldTools, 'store'>,
  parts: readonly ToldPart[],
  step: Omit<Step, 'date'>,
): Promise<void> {
  for (const { kind, told, receiptId: id } of parts) {
    if (kind === 'ORDER') await noteSource(store, { ...told, id }, step);
  }
}

function sumOf(parts: readonly Pick<StandingPart, 'amount'>[]): bigint {
  return sum(parts.map(({ amount }) => amount));
}
