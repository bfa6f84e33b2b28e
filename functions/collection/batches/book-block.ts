import { sum } from '../../../shared/money/sum.ts';
import type { HoldEnding, HoldOrder, TransferOrder } from '../../ledger/published.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import type { Batch, Block } from './batch.ts';
import { ownerOf } from './owner.ts';

/** A try of a block with its item. */
export interface BlockTry {
  readonly item: CollectionItem;
  readonly one: Try;
}

export function triesOf({ items }: Pick<Block, 'items'>): BlockTry[] {
  return items.flatMap((item) => item.tries.map((one) => ({ item, one })));
}

/** What the ledger is to hold, post, void and take back for a block; named after the orders, so that again is the same. */
export interface Bookings {
  readonly holds: readonly BlockTry[];
  readonly endings: readonly BlockTry[];
  readonly returns: readonly BlockTry[];
  /** Fees that are booked together, by the order that their transfer is named after. */
  readonly fees: ReadonlyMap<string, readonly BlockTry[]>;
}

export function dueBookings(block: Pick<Block, 'items'>, now: Date): Bookings {
  const tries = triesOf(block);
  const isOver = ({ one: { state } }: BlockTry) =>
    state === 'SETTLED' ||
    state === 'RETURNED' ||
    state === 'DECLINED' ||
    state === 'REFUSED' ||
    state === 'NEVER_LEFT';
  return {
    holds: tries.filter(isToBeHeld),
    endings: tries.filter((each) => isOver(each) && isEndDue(each.one) && isBy(each.one.booked?.askAgainAt, now)),
    returns: tries.filter(({ one }) => isReturnDue(one) && isBy(one.booked?.askAgainAt, now)),
    fees: Map.groupBy(
      tries.filter(({ one }) => isFeeDue(one) && isBy(one.booked?.feeAskAgainAt, now)),
      ({ one }) => one.booked?.feeWith ?? '',
    ),
  };
}

/**
 * What was cancelled while another may be holding it is held too, under the same name: so that there is a hold to end, and
 * not one that comes later and stays.
 */
function isToBeHeld({ one: { state, reason, booked } }: BlockTry): boolean {
  return !booked?.held && (state === 'ROUTED' || (state === 'NEVER_LEFT' && reason === 'CANCELLED'));
}

function isEndDue({ booked }: Try): boolean {
  return booked?.held === true && !booked.ended;
}

function isReturnDue({ state, booked }: Try): boolean {
  return state === 'RETURNED' && booked?.ended === true && !booked.takenBack;
}

function isFeeDue({ booked }: Try): boolean {
  return booked?.feeWith !== undefined && !booked.fee;
}

function isBy(time: string | undefined, now: Date): boolean {
  return time === undefined || time <= now.toISOString();
}

/** When the ledger is asked again for what it refused; the first of it. */
export function nextAsking({ items }: Pick<Block, 'items'>): string | undefined {
  const times = triesOf({ items }).flatMap(({ one }) => [
    ...(isEndDue(one) || isReturnDue(one) ? [one.booked?.askAgainAt ?? []] : []),
    ...(isFeeDue(one) ? [one.booked?.feeAskAgainAt ?? []] : []),
  ]);
  return times.flat().sort()[0];
}

/** The ledger remembers a refusal under its name: asked again, it has another. */
function attempt(refusals = 0): string[] {
  return refusals === 0 ? [] : [String(refusals + 1)];
}

export function endName({ orderId }: Try, refusals = 0): string[] {
  return ['collection', orderId, 'end', ...attempt(refusals)];
}

/** A collection in flight: pending from the clearing account to the company's. */
export function holdOrder(batch: Batch, { item, one }: BlockTry): HoldOrder {
  const { clearingAccountId, creditAccountId, currency, cause } = batch;
  return {
    name: ['collection', one.orderId],
    fingerprint: `${one.amount}`,
    legs: [{ debitAccountId: clearingAccountId, creditAccountId, amount: one.amount, currency }],
    description: item.description ?? '代收 Collection',
    references: { ...item.references, ...namesOf(batch), line: String(item.line) },
    cause,
  };
}

/** Settlement posts what came, and the rest of the hold goes; failure voids it. */
export function holdEnding({ cause }: Batch, { one }: BlockTry, pendingId: string, currency: string): HoldEnding {
  const { settled = 0n, amount } = one;
  const keyed = { name: endName(one, one.booked?.refusals), pendingId, cause };
  if (settled === 0n) return { ...keyed, fingerprint: 'VOID', end: 'VOID' };
  const part = settled < amount ? { amounts: [{ leg: 0, minor: settled, currency }] } : {};
  return { ...keyed, fingerprint: `POST ${settled}`, end: 'POST', ...part };
}

/** 退汇: money that came back, as a transfer of its own that names the one that it came by. */
export function returnOrder(batch: Batch, { item, one }: BlockTry, settledBy: string): TransferOrder {
  const { clearingAccountId, creditAccountId, currency, cause } = batch;
  return {
    name: ['collection', one.orderId, 'return', ...attempt(one.booked?.refusals)],
    fingerprint: `${one.returned ?? 0n}`,
    legs: [
      { debitAccountId: creditAccountId, creditAccountId: clearingAccountId, amount: one.returned ?? 0n, currency },
    ],
    description: '退汇 Returned collection',
    references: { ...item.references, ...namesOf(batch), line: String(item.line), returnOf: settledBy },
    cause,
  };
}

/** Fees of several collections in one transfer: what the bank takes from the company's account for them. */
export function feeOrder(batch: Batch, name: string, tries: readonly BlockTry[]): TransferOrder {
  const { creditAccountId, feeAccountId, currency, cause } = batch;
  const amount = sum(tries.map(({ one }) => one.fee));
  return {
    name: ['collection', name, 'fees', ...attempt(tries[0]?.one.booked?.feeRefusals)],
    fingerprint: `${amount}`,
    legs: [{ debitAccountId: creditAccountId, creditAccountId: feeAccountId, amount, currency }],
    description: '手续费 Fees of collections',
    references: { ...namesOf(batch) },
    cause,
  };
}

function namesOf({ id: batchId, single }: Batch) {
  return ownerOf({ batchId, single });
}
