import { smaller } from '../../../shared/money/compare.ts';
import type { BankReport, Handover } from '../gateway/bank-gateway.ts';
import { type ReasonCode, reasonOfIso, reasons } from '../retries/reasons.ts';
import { type CollectionItem, isOpen, type Try } from './item.ts';

/** What an event does to an item, and with it to the books. */
export interface ItemChange {
  readonly item: CollectionItem;
  /** Minor units; what is left out does not move. `release` is the rest of a hold that nothing comes of. */
  readonly post?: { readonly orderId: string; readonly amount: bigint };
  readonly release?: { readonly orderId: string };
  readonly takeBack?: { readonly orderId: string; readonly amount: bigint };
}

/**
 * What a bank's report does to an item; undefined where it changes nothing: it is of another try, told twice, late, or
 * overtaken by what was told before. An end never changes, but that settled money may come back. A report that money came
 * back, told before the one that it came, stands for both.
 */
export function takeReport(item: CollectionItem, report: BankReport): ItemChange | undefined {
  const found = item.tries.find(({ orderId }) => orderId === report.orderId);
  if (!found || report.amount === 0n) return undefined;
  if (found.state === 'SETTLED' && report.state === 'RETURNED') return returned(item, found, report);
  if (!isOpen(found)) return undefined;
  switch (report.state) {
    case 'ACCEPTED':
      return found.state === 'PROCESSING' || found.state === 'SUBMITTED'
        ? undefined
        : { item: withTry(item, { ...found, state: 'SUBMITTED' }) };
    case 'PROCESSING':
      return found.state === 'PROCESSING' ? undefined : { item: withTry(item, { ...found, state: 'PROCESSING' }) };
    case 'SETTLED':
      return settled(item, found, report);
    case 'RETURNED': {
      const came = settled(item, found, { ...report, amount: found.amount });
      const back = returned(came.item, tryOf(came.item, report.orderId), report);
      return { ...came, ...back };
    }
    case 'REJECTED':
      return rejected(item, found, report);
  }
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

function settled(
  item: CollectionItem,
  found: Try,
  { amount, at, code, fee = found.fee }: BankReport,
): ItemChange & { item: CollectionItem } {
  const came = amount === undefined ? found.amount : smaller(amount, found.amount);
  const told = code !== undefined && { code };
  const ended: Try = { ...found, state: 'SETTLED', settled: came, fee, endedAt: at, ...told };
  const { orderId } = found;
  return { item: withTry(item, ended), post: { orderId, amount: came } };
}

function returned(item: CollectionItem, found: Try, { amount, at, code }: BankReport): ItemChange {
  const came = found.settled ?? 0n;
  const back = amount === undefined ? came : smaller(amount, came);
  const reason = reasonOfIso(code);
  const ended: Try = {
    ...found,
    state: 'RETURNED',
    returned: back,
    reason,
    endedAt: at,
    ...(found.endedAt !== undefined && { settledAt: found.endedAt }),
    ...(code !== undefined && { code }),
  };
  return { item: withTry(item, ended), takeBack: { orderId: found.orderId, amount: back } };
}

/** By its reason: the rail did not carry it, what became of it is to be asked, or the payer's side said no. */
function rejected(item: CollectionItem, found: Try, { code, at }: BankReport): ItemChange | undefined {
  const reason: ReasonCode = reasonOfIso(code);
  const { next } = reasons[reason];
  if (next === 'QUERY') {
    return found.state === 'UNKNOWN' ? undefined : { item: withTry(item, { ...found, state: 'UNKNOWN' }) };
  }
  const state = next === 'FAILOVER' ? 'REFUSED' : 'DECLINED';
  const ended: Try = { ...found, state, reason, endedAt: at, ...(code !== undefined && { code }) };
  return { item: withTry(item, ended), release: { orderId: found.orderId } };
}

function tryOf({ tries }: CollectionItem, orderId: string): Try {
  const found = tries.find((one) => one.orderId === orderId);
  if (!found) throw new Error(`The item has no try ${orderId}.`);
  return found;
}

function withTry(item: CollectionItem, changed: Try): CollectionItem {
  return { ...item, tries: item.tries.map((one) => (one.orderId === changed.orderId ? changed : one)) };
}
