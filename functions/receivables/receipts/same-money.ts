import pLimit from 'p-limit';
import { addDays, daysBetween } from '../../../shared/calendar/plain-date.ts';
import type { ReceivablesStore } from '../store.ts';
import { dismissedOf, isUntouched, type Receipt } from './receipt.ts';

/** Days between what was told by hand and what a bank tells of the same money, at most. */
const daysApartMax = 3;
const lookupsAtOnceMax = 20;

type Reads = Pick<ReceivablesStore, 'readReceiptsOfAmount' | 'readReceipts'>;

/**
 * Receipts that one of which nothing is used may be merged into: of the same entity, currency and amount, paid at about the same
 * day on the same account, where one of the two was told by hand alone and the other never by hand. By id, the nearest day first.
 */
export async function sameMoneyAs(store: Reads, receipt: Receipt): Promise<string[]> {
  return (await sameMoneyAsEach(store, [receipt])).get(receipt.id) ?? [];
}

/** The same of several, by their ids: what is alike is looked for once. */
export async function sameMoneyAsEach(store: Reads, receipts: readonly Receipt[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  await lookForAlike(store, receipts.filter(isUntouched), (receipt, { others }) => {
    const apart = (other: Receipt) => Math.abs(daysBetween(other.paidOn, receipt.paidOn));
    const same = others
      .filter((other) => isSameMoney(receipt, other))
      .sort((one, other) => apart(one) - apart(other) || (one.id < other.id ? -1 : 1));
    found.set(
      receipt.id,
      same.map(({ id }) => id),
    );
  });
  return found;
}

/** Receipts that may be the same money as one and come before it; `isCut`, where not all that may be were looked through. */
export interface ToldBefore {
  readonly before: readonly Receipt[];
  readonly isCut?: true;
}

/**
 * Receipts that may be the same money as these and come before them, by the id of the one that comes second: of what was told by
 * hand and by others too, only one is to be used by itself.
 */
export async function toldBefore(store: Reads, receipts: readonly Receipt[]): Promise<Map<string, ToldBefore>> {
  const found = new Map<string, ToldBefore>();
  await lookForAlike(store, receipts, (receipt, { others, isCut }) => {
    const before = others.filter((other) => isSameMoney(receipt, other) && isAheadOf(other, receipt));
    if (isCut || before.length > 0) found.set(receipt.id, { before, ...(isCut && { isCut }) });
  });
  return found;
}

/** Receipts that are held because one of these, of which less counts by now, might be the same money. */
export async function heldBy(store: Reads, receipts: readonly Receipt[]): Promise<Receipt[]> {
  const held: Receipt[] = [];
  await lookForAlike(store, receipts, (_, { others }) => {
    held.push(...others.filter(({ exception }) => exception?.reason === 'DUPLICATE'));
  });
  return held;
}

/** What others told of in the amount of a receipt; `isCut`, where not all of it was looked through. */
interface Alike {
  readonly others: readonly Receipt[];
  readonly isCut: boolean;
}

/** Looks once for all receipts that the same is looked for, and a few at a time. */
async function lookForAlike(
  store: Reads,
  receipts: readonly Receipt[],
  take: (receipt: Receipt, alike: Alike) => void,
): Promise<void> {
  const limit = pLimit(lookupsAtOnceMax);
  const groups = Map.groupBy(receipts, (one) =>
    [one.tenant, one.legalEntity, one.currency, one.amount, one.paidOn, othersOf(one)].join(' '),
  );
  const look = async (some: readonly Receipt[]) => {
    const [first] = some;
    if (!first) return;
    const alike = await ofAmount(store, first);
    for (const receipt of some) take(receipt, alike);
  };
  await Promise.all([...groups.values()].map((some) => limit(() => look(some))));
}

/** What others than those who told of a receipt told of in the same amount at about the same day. */
async function ofAmount(store: Reads, receipt: Receipt): Promise<Alike> {
  const { tenant, paidOn, legalEntity, currency, amount } = receipt;
  const toldBy = othersOf(receipt);
  if (toldBy === undefined) return { others: [], isCut: false };
  const days = { from: addDays(paidOn, -daysApartMax), to: addDays(paidOn, daysApartMax) };
  const of = { toldBy, legalEntity, currency, amount };
  const { pointed, isCut } = await store.readReceiptsOfAmount(tenant, of, days);
  const ids = pointed.map(({ receiptId }) => receiptId);
  return { others: ids.length === 0 ? [] : [...(await store.readReceipts(tenant, ids)).values()], isCut };
}

/** Whoever may tell of the same money once more: of what both told of already, nobody. */
function othersOf(receipt: Receipt): 'HAND' | 'OTHERS' | undefined {
  return isOfHand(receipt) ? 'OTHERS' : isOfOthers(receipt) ? 'HAND' : undefined;
}

/** What is used already, and else what was told first. */
function isAheadOf(one: Receipt, other: Receipt): boolean {
  if (!isUntouched(one)) return true;
  return `${one.createdAt} ${one.id}` < `${other.createdAt} ${other.id}`;
}

/** What two receipts may differ in, so that they are not the same money. */
export type Difference =
  | 'legalEntity'
  | 'currency'
  | 'amount'
  | 'dismissals'
  | 'paidOn'
  | 'sources'
  | 'cashAccountId'
  | 'payer';

/** Whether two receipts may be one: told by hand alone, and by others alone. */
export function isSameMoney(one: Receipt, other: Receipt): boolean {
  return !one.merged && !other.merged && differences(one, other).length === 0;
}

/** What speaks against two receipts being the same money. */
export function differences(one: Receipt, other: Receipt): Difference[] {
  const isOnce = (isOfHand(one) && isOfOthers(other)) || (isOfOthers(one) && isOfHand(other));
  const same: Readonly<Record<Difference, boolean>> = {
    legalEntity: one.legalEntity === other.legalEntity,
    currency: one.currency === other.currency,
    amount: one.amount === other.amount,
    dismissals: dismissedOf(one) + dismissedOf(other) === 0n,
    paidOn: Math.abs(daysBetween(one.paidOn, other.paidOn)) <= daysApartMax,
    sources: isOnce,
    cashAccountId: isSameAccount(one, other),
    payer: mayBeEqual(one.payer.accountKey, other.payer.accountKey),
  };
  return (Object.keys(same) as Difference[]).filter((name) => !same[name]);
}

/** What a collection brings lies on its clearing account, wherever somebody said by hand that it lies. */
function isSameAccount(one: Receipt, other: Receipt): boolean {
  const isCollected = [one, other].some(({ sources }) => sources.some(({ kind }) => kind === 'COLLECTION'));
  return isCollected || mayBeEqual(one.cashAccountId, other.cashAccountId);
}

/** Whether it was told by hand alone. */
export function isOfHand({ sources }: Pick<Receipt, 'sources'>): boolean {
  return sources.every(({ kind }) => kind === 'BY_HAND');
}

function isOfOthers({ sources }: Receipt): boolean {
  return sources.every(({ kind }) => kind !== 'BY_HAND');
}

function mayBeEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
