import { writeLog } from '../../../shared/http/log.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { HOUR_MS } from '../../../shared/time/durations.ts';
import type { HoldEndResult, TransferResult } from '../../ledger/published.ts';
import type { CollectionItem, Movement, Try } from '../items/item.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import {
  type BlockMovement,
  type BlockTry,
  type Bookings,
  dueBookings,
  endName,
  feeOrder,
  holdEnding,
  holdOrder,
  movementOrder,
} from './book-block.ts';

/** Not final: the same order under the same name will tell. */
const notFinal: ReadonlySet<string> = new Set([
  'request/conflict-retry',
  'request/unavailable',
  'request/internal-error',
]);

const askAgainMs = HOUR_MS;

type Result = HoldEndResult | TransferResult;
type Booked = NonNullable<Try['booked']>;
type Notes = Map<string, (one: Try) => Try>;

/**
 * Books what is due of a block, and returns its items with what was booked noted. What the ledger refuses to hold never goes
 * to a bank; what it could not say yet is asked again later.
 */
export async function bookBlock(
  tools: CollectionTools,
  batch: Batch,
  block: Block,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const due = dueBookings(block, now);
  const notes: Notes = new Map();
  await bookHolds(tools, batch, due, notes, now);
  await bookEndings(tools, batch, due, notes, now);
  await bookReturns(tools, batch, due, notes, now);
  await bookFees(tools, batch, due, notes, now);
  if (notes.size === 0) return block.items;
  return block.items.map((item) => ({ ...item, tries: item.tries.map((one) => notes.get(one.orderId)?.(one) ?? one) }));
}

async function bookHolds({ ledger }: CollectionTools, batch: Batch, { holds }: Bookings, notes: Notes, now: Date) {
  const orders = holds.map((each) => holdOrder(batch, each));
  const results = await ledger.holdTransfers(batch.tenant, orders, now);
  for (const [index, { one }] of holds.entries()) {
    const result = results[index];
    if (result?.outcome === 'HELD') notes.set(one.orderId, noted({ held: true }));
    else if (result && isFinal(result.problem)) notes.set(one.orderId, refused(result.problem, now));
  }
}

/** The fees of what ends here are booked together, in the next step: which they are is written first. */
async function bookEndings({ ledger }: CollectionTools, batch: Batch, { endings }: Bookings, notes: Notes, now: Date) {
  const { tenant, currency } = batch;
  const holdId = ({ one }: BlockTry) => ledger.transferIdOf(tenant, 'collection', one.orderId);
  const orders = endings.map((each) => holdEnding(batch, each, holdId(each), currency));
  const results = await ledger.endHolds(tenant, orders, now);
  const ended = endings.filter((_, index) => results[index]?.outcome === 'ENDED');
  const [feeWith] = ended
    .filter(hasFee)
    .map(({ one }) => one.orderId)
    .sort();
  for (const each of ended) {
    const fee = feeWith !== undefined && hasFee(each) ? { feeWith } : {};
    const endedAs = each.one.booked?.refusals ?? 0;
    notes.set(each.one.orderId, noted({ ended: true, endedAs, ...fee }));
  }
  for (const [index, { one }] of endings.entries()) noteRefusal(notes, one, results[index], now);
}

function hasFee({ one: { settled = 0n, fee } }: BlockTry): boolean {
  return settled > 0n && fee > 0n;
}

async function bookReturns({ ledger }: CollectionTools, batch: Batch, { returns }: Bookings, notes: Notes, now: Date) {
  const { tenant } = batch;
  const endId = ({ one }: BlockTry) => ledger.transferIdOf(tenant, ...endName(one, one.booked?.endedAs));
  const orders = returns.map((each) => movementOrder(batch, each, endId(each)));
  const results = await ledger.postTransfers(tenant, orders, now);
  for (const [index, each] of returns.entries()) {
    if (each.place !== undefined) noteFurther(notes, each, each.place, results[index], now);
    else if (results[index]?.outcome === 'POSTED') addNote(notes, each.one, noted({ takenBack: true }));
    else noteRefusal(notes, each.one, results[index], now);
  }
}

function noteFurther(notes: Notes, { one }: BlockMovement, at: number, result: Result | undefined, now: Date): void {
  if (!result || (result.outcome === 'REFUSED' && !isFinal(result.problem))) return;
  const note = (movement: Movement): Movement => {
    if (result.outcome !== 'REFUSED') return { ...movement, booked: { posted: true } };
    return { ...movement, booked: refusalNote(movement.booked, result.problem, now) };
  };
  if (result.outcome === 'REFUSED') tellRefusal(one.orderId, result.problem);
  addNote(notes, one, ({ further = [], ...from }) => ({
    ...from,
    further: further.map((movement, place) => (place === at ? note(movement) : movement)),
  }));
}

/** An end or a way back that the ledger refuses, of a closed account or for want of money, is asked for again later. */
function noteRefusal(notes: Notes, one: Try, result: Result | undefined, now: Date): void {
  if (result?.outcome !== 'REFUSED' || !isFinal(result.problem)) return;
  addNote(notes, one, noted(refusalNote(one.booked, result.problem, now)));
  tellRefusal(one.orderId, result.problem);
}

function refusalNote(booked: Pick<Booked, 'refusals'> | undefined, { code: refusedFor }: Problem, now: Date) {
  return { refusals: (booked?.refusals ?? 0) + 1, askAgainAt: later(now), refusedFor };
}

/** Several may be noted of one try. */
function addNote(notes: Notes, { orderId }: Pick<Try, 'orderId'>, note: (one: Try) => Try): void {
  const before = notes.get(orderId);
  notes.set(orderId, (from) => note(before?.(from) ?? from));
}

async function bookFees({ ledger }: CollectionTools, batch: Batch, { fees }: Bookings, notes: Notes, now: Date) {
  const groups = [...fees];
  const orders = groups.map(([name, tries]) => feeOrder(batch, name, tries));
  const results = await ledger.postTransfers(batch.tenant, orders, now);
  for (const [index, [, tries]] of groups.entries()) {
    const result = results[index];
    if (!result || (result.outcome === 'REFUSED' && !isFinal(result.problem))) continue;
    const [first] = tries;
    const note = feeNote(first?.one, result, now);
    if (result.outcome === 'REFUSED' && first) tellRefusal(first.one.orderId, result.problem);
    for (const { one } of tries) addNote(notes, one, noted(note, 'feeRefusedFor'));
  }
}

function feeNote(one: Try | undefined, result: Result, now: Date): Booked {
  if (result.outcome !== 'REFUSED') return { fee: true };
  const feeRefusals = (one?.booked?.feeRefusals ?? 0) + 1;
  return { feeRefusals, feeAskAgainAt: later(now), feeRefusedFor: result.problem.code };
}

function later(now: Date): string {
  return new Date(now.getTime() + askAgainMs).toISOString();
}

function tellRefusal(orderId: string, { code }: Problem): void {
  writeLog({ level: 'ERROR', message: 'collection not booked', orderId, problem: code });
}

/** What the ledger said is noted in place of what it refused the last time. */
function noted(more: Booked, code: 'refusedFor' | 'feeRefusedFor' = 'refusedFor'): (one: Try) => Try {
  return (one) => {
    const { [code]: _, ...before } = one.booked ?? {};
    return { ...one, booked: { ...before, ...more } };
  };
}

function refused({ code: refusedFor }: Problem, now: Date): (one: Try) => Try {
  const endedAt = now.toISOString();
  return (one) => ({ ...noted({ refusedFor })(one), state: 'NEVER_LEFT', reason: 'NOT_BOOKED', endedAt });
}

function isFinal({ code }: Problem): boolean {
  return !notFinal.has(code);
}
