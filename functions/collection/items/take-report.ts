import type { BankReport, Handover } from '../gateway/bank-gateway.ts';
import { type ReasonCode, reasonOfIso, reasons } from '../retries/reasons.ts';
import { contradict, contradictToo } from './contradict.ts';
import { type CollectionItem, isOpen, type Try } from './item.ts';
import { type ItemChange, withTry } from './item-change.ts';
import { cameAndWentBack, takeReturn } from './take-return.ts';
import { cameMore, toldToCome } from './take-settlement.ts';

/**
 * What a bank's report does to an item; undefined where it changes nothing: it is of another try, told twice, late, or
 * overtaken by what was told before. An end never changes, but that settled money may go back, and more of it come: what is told of
 * money against an end is noted as such.
 */
export function takeReport(item: CollectionItem, report: BankReport): ItemChange | undefined {
  const found = item.tries.find(({ orderId }) => orderId === report.orderId);
  if (!found || report.amount === 0n) return undefined;
  if (report.state === 'SETTLED') return settled(item, found, report);
  if (report.state === 'RETURNED') return takeReturn(item, found, report);
  if (!isOpen(found)) return undefined;
  switch (report.state) {
    case 'ACCEPTED':
      return found.state === 'PROCESSING' || found.state === 'SUBMITTED'
        ? undefined
        : { item: withTry(item, { ...found, state: 'SUBMITTED' }) };
    case 'PROCESSING':
      return found.state === 'PROCESSING' ? undefined : { item: withTry(item, { ...found, state: 'PROCESSING' }) };
    case 'REJECTED':
      return rejected(item, found, report);
  }
}

function settled(item: CollectionItem, found: Try, report: BankReport): ItemChange | undefined {
  const amount = toldToCome(found, report);
  const change = isOpen(found) ? cameAndWentBack(item, found, amount, report) : cameMore(item, found, amount, report);
  const known = change ? amount : (found.settled ?? 0n);
  if ((report.amount ?? amount) <= known) return change;
  return change ? contradictToo(change, found, report) : contradict(item, found, report);
}

/** What a hand-over says of a try; what was withdrawn is named anew, and says nothing of it. */
export type Handed = Exclude<Handover, { outcome: 'WITHDRAWN' }>;

/** What became of handing a try to the bank, or of handing over again what may have arrived. */
export function takeHandover(
  item: CollectionItem,
  orderId: string,
  handover: Handed,
  at: string,
): ItemChange | undefined {
  const found = item.tries.find((one) => one.orderId === orderId);
  if (found?.state !== 'ROUTED' && found?.state !== 'UNKNOWN') return undefined;
  if (handover.outcome === 'TAKEN') return { item: withTry(item, { ...found, state: 'SUBMITTED' }) };
  if (handover.outcome === 'UNKNOWN' && found.state === 'UNKNOWN') return undefined;
  if (handover.outcome === 'UNKNOWN') return { item: withTry(item, { ...found, state: 'UNKNOWN' }) };
  const ended: Try = { ...found, state: 'NEVER_LEFT', reason: 'RAIL_UNAVAILABLE', endedAt: at };
  return { item: withTry(item, ended), release: { orderId } };
}

/** By its reason: the rail did not carry it, what became of it is to be asked, or the payer's side said no. */
function rejected(item: CollectionItem, { heldBack, ...found }: Try, { code, at }: BankReport): ItemChange | undefined {
  const reason: ReasonCode = reasonOfIso(code);
  const { next } = reasons[reason];
  if (next === 'QUERY') {
    if (found.state === 'UNKNOWN') return undefined;
    return { item: withTry(item, { ...found, ...(heldBack && { heldBack }), state: 'UNKNOWN' }) };
  }
  const state = next === 'FAILOVER' ? 'REFUSED' : 'DECLINED';
  const ended: Try = { ...found, state, reason, endedAt: at, ...(code !== undefined && { code }) };
  let change: ItemChange = { item: withTry(item, ended), release: { orderId: found.orderId } };
  for (const early of heldBack ?? []) change = contradictToo(change, ended, early);
  return change;
}
