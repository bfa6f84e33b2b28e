import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import { type CollectionItem, isOpen, openTry, type Try } from './item.ts';
import { type ItemChange, withTry } from './item-change.ts';

/**
 * What it does to an item that money of a try came. Each source says the total of what came by an order, so of several the
 * largest is so: a larger one than before books the difference, also where the rest was given up since; a smaller or equal
 * one changes nothing. Not more than the item has that no other try asked for or brought: undefined then.
 */
export function takeSettlement(item: CollectionItem, found: Try, report: BankReport): ItemChange | undefined {
  const told = report.amount === undefined ? found.amount : smaller(report.amount, found.amount);
  if (isOpen(found)) return came(item, found, told, report);
  return found.settled === undefined ? undefined : cameMore(item, found, told - found.settled, report);
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

function cameMore(item: CollectionItem, found: Try, amount: bigint, { at }: BankReport): ItemChange | undefined {
  if (amount <= 0n || amount > unasked(item)) return undefined;
  const { orderId, settled = 0n, further = [] } = found;
  const more: Try = { ...found, settled: settled + amount, further: [...further, { kind: 'CAME', amount, at }] };
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
