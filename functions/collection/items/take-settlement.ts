import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import { type CollectionItem, openTry, type Try } from './item.ts';
import { type ItemChange, withTry } from './item-change.ts';

/** The total that a report says came by a try; not more than it asked for. Minor units. */
export function toldToCome({ amount: asked }: Try, { amount }: BankReport): bigint {
  return amount === undefined ? asked : smaller(amount, asked);
}

/** Money of a try that is open; the part of the hold that it is not is given back. */
export function came(
  item: CollectionItem,
  { reason: _, ...found }: Try,
  amount: bigint,
  { at, code, fee = found.fee }: BankReport,
): ItemChange {
  const told = code !== undefined && { code };
  const ended: Try = { ...found, state: 'SETTLED', settled: amount, fee, endedAt: at, ...told };
  return { item: settledUp(withTry(item, ended)), post: { orderId: found.orderId, amount } };
}

/**
 * Another total of what came by a try. Each source says the total of what it knows, so of several the largest is so: what a
 * larger one has more came too, also where the rest was given up since. Undefined where it has no more, and where another try
 * of the item has asked for that since.
 */
export function cameMore(item: CollectionItem, found: Try, total: bigint, { at }: BankReport): ItemChange | undefined {
  const { orderId, settled, further = [] } = found;
  if (settled === undefined) return undefined;
  const amount = total - settled;
  if (amount <= 0n || amount > unasked(item)) return undefined;
  const more: Try = { ...found, settled: total, further: [...further, { kind: 'CAME', amount, at }] };
  return { item: settledUp(withTry(item, more)), post: { orderId, amount } };
}

/** What of an item neither came nor is being asked for. Minor units. */
function unasked(item: CollectionItem): bigint {
  return item.amount - cameOf(item) - (openTry(item)?.amount ?? 0n);
}

/** Of an item of which all has come, nothing waits, failed or was cancelled. */
function settledUp(item: CollectionItem): CollectionItem {
  if (cameOf(item) < item.amount) return item;
  const { nextTryAt: _next, ended: _ended, ...rest } = item;
  return rest;
}

function cameOf({ tries }: CollectionItem): bigint {
  return sum(tries.map(({ settled = 0n }) => settled));
}
