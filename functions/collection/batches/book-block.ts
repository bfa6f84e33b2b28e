import { sum } from '../../../shared/money/sum.ts';
import type { HoldEnding, HoldOrder, TransferOrder } from '../../ledger/published.ts';
import { type CollectionItem, firstCame, firstWentBack, type Movement, type Try } from '../items/item.ts';
import type { Batch, Block } from './batch.ts';
import { ownerOf } from './owner.ts';

/** A try of a block with its item. */
export interface BlockTry {
  readonly item: CollectionItem;
  readonly one: Try;
}

/** Money of a try that moves after its hold ended: the first that went back or, with a place in `further`, that one. */
export interface BlockMovement extends BlockTry {
  readonly place?: number;
}

export function triesOf({ items }: Pick<Block, 'items'>): BlockTry[] {
  return items.flatMap((item) => item.tries.map((one) => ({ item, one })));
}

/** What the ledger is to hold, post, void and take back for a block; named after the orders, so that again is the same. */
export interface Bookings {
  readonly holds: readonly BlockTry[];
  readonly endings: readonly BlockTry[];
  /** All that moves after a hold ended, in the order of each try: money that went back, or came later. */
  readonly returns: readonly BlockMovement[];
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
    returns: tries.flatMap(dueMovements).filter((each) => isBy(notesOf(each)?.askAgainAt, now)),
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

function dueMovements({ item, one }: BlockTry): BlockMovement[] {
  const { state, booked, further = [] } = one;
  if (!booked?.ended) return [];
  const later = further.flatMap((movement, place) => (movement.booked?.posted ? [] : [{ item, one, place }]));
  return state === 'RETURNED' && !booked.takenBack ? [{ item, one }, ...later] : later;
}

/** What the ledger has said of a movement. */
function notesOf({ one, place }: BlockMovement): Movement['booked'] {
  return place === undefined ? one.booked : one.further?.[place]?.booked;
}

function isFeeDue({ booked }: Try): boolean {
  return booked?.feeWith !== undefined && !booked.fee;
}

function isBy(time: string | undefined, now: Date): boolean {
  return time === undefined || time <= now.toISOString();
}

/** When the ledger is asked again for what it refused; the first of it. */
export function nextAsking({ items }: Pick<Block, 'items'>): string | undefined {
  const times = triesOf({ items }).flatMap((each) => [
    ...(isEndDue(each.one) ? [each.one.booked?.askAgainAt ?? []] : []),
    ...dueMovements(each).map((movement) => notesOf(movement)?.askAgainAt ?? []),
    ...(isFeeDue(each.one) ? [each.one.booked?.feeAskAgainAt ?? []] : []),
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
  const { amount } = one;
  const settled = firstCame(one);
  const keyed = { name: endName(one, one.booked?.refusals), pendingId, cause };
  if (settled === 0n) return { ...keyed, fingerprint: 'VOID', end: 'VOID' };
  const part = settled < amount ? { amounts: [{ leg: 0, minor: settled, currency }] } : {};
  return { ...keyed, fingerprint: `POST ${settled}`, end: 'POST', ...part };
}

/**
 * What moved after the hold ended, as a transfer of its own that names the one that the money came by first: 退汇, or more
 * money than was told then.
 */
export function movementOrder(batch: Batch, { item, one, place }: BlockMovement, settledBy: string): TransferOrder {
  const { clearingAccountId: clearing, creditAccountId: company, currency, cause } = batch;
  const movement = place === undefined ? undefined : one.further?.[place];
  const comes = movement?.kind === 'CAME';
  const amount = movement?.amount ?? firstWentBack(one);
  const [debitAccountId, creditAccountId] = comes ? [clearing, company] : [company, clearing];
  const name = place === undefined ? 'return' : `further-${place + 1}`;
  return {
    name: ['collection', one.orderId, name, ...attempt((movement ?? one).booked?.refusals)],
    fingerprint: `${amount}`,
    legs: [{ debitAccountId, creditAccountId, amount, currency }],
    description: comes ? '代收补记 Rest of a collection' : '退汇 Returned collection',
    references: {
      ...item.references,
      ...namesOf(batch),
      line: String(item.line),
      ...(comes ? { restOf: settledBy } : { returnOf: settledBy }),
    },
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
