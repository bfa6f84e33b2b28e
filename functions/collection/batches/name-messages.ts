import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { DAY_MS } from '../../../shared/time/durations.ts';
import type { BankChannel } from '../channels/bank-channel.ts';
import { type Dispatch, openDispatch } from '../dispatches/dispatch.ts';
import type { BankGateway } from '../gateway/bank-gateway.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import { type Mandate, mandateState } from '../mandates/mandate.ts';
import type { ReasonCode } from '../retries/reasons.ts';
import type { CollectionTools } from '../tools.ts';
import type { Block } from './batch.ts';
import { orderOf } from './block-messages.ts';
import type { BlockTry } from './book-block.ts';

export interface Named {
  readonly items: readonly CollectionItem[];
  /** What the block joins with them. */
  readonly joins: readonly Dispatch[];
}

/**
 * Fixes which message carries which order, before any goes out. An order whose mandate was revoked or suspended meanwhile stays behind:
 * from the moment of a revocation nothing more is handed over. So does one whose day has passed, and one that the channel cannot carry: in
 * a message it would keep all others back.
 */
export async function nameMessages(
  { store, gatewayOf }: CollectionTools,
  channel: BankChannel,
  block: Pick<Block, 'tenant' | 'batchId' | 'block' | 'items'>,
  now: Date,
): Promise<Named> {
  const { tenant, batchId, items } = block;
  const waiting = items.filter(({ tries }) => tries.some(isWaiting));
  if (waiting.length === 0) return { items, joins: [] };
  const mandateIds = waiting.map(({ mandateId }) => mandateId);
  const [mandates, dispatches] = await Promise.all([
    store.readMandates(tenant, mandateIds),
    store.readDispatches(tenant, batchId),
  ]);
  const joins = new Map<string, Dispatch>();
  const at = now.toISOString();
  const gateway = gatewayOf(channel);
  const named = (item: CollectionItem, one: Try): Try => {
    const reason = whatKeepsBack(item, one, mandates, now);
    if (reason) return { ...one, state: 'NEVER_LEFT', reason, endedAt: at };
    const unfit = faultOf(gateway, { item, one }, mandates);
    if (unfit) return { ...one, ...unfit, state: 'NEVER_LEFT', endedAt: at };
    const dispatch = joins.get(one.railId) ?? openDispatch(block, one.railId, dispatches);
    joins.set(one.railId, dispatch);
    return { ...one, messageId: dispatch.messageId };
  };
  return {
    items: items.map((item) => ({
      ...item,
      tries: item.tries.map((one) => (isWaiting(one) ? named(item, one) : one)),
    })),
    joins: [...joins.values()],
  };
}

/** Its mandate, or that the day on which its rail was to carry it is over: then it is routed anew. */
function whatKeepsBack(
  { mandateId }: CollectionItem,
  { businessDate, routedAt }: Try,
  mandates: ReadonlyMap<string, Mandate>,
  now: Date,
): ReasonCode | undefined {
  const today = businessDateOf(now);
  const mandate = mandates.get(mandateId);
  const state = mandate && mandateState(mandate, today);
  // What was routed a moment ago is not looked at: a rail's day may be that of another zone.
  const isStale = businessDate < today && now.getTime() - Date.parse(routedAt) > DAY_MS;
  if (state === 'ACTIVE') return isStale ? 'DAY_PASSED' : undefined;
  if (state === 'REVOKED') return 'MANDATE_REVOKED';
  return state === 'SUSPENDED' ? 'MANDATE_SUSPENDED' : 'MANDATE_NOT_ACTIVE';
}

/** Why the channel cannot carry an order, with the field; nothing where it can. */
function faultOf(
  gateway: BankGateway,
  each: BlockTry,
  mandates: ReadonlyMap<string, Mandate>,
): Pick<Try, 'reason' | 'detail'> | undefined {
  const mandate = mandates.get(each.item.mandateId);
  const detail = mandate && gateway.faultOf(orderOf(each, mandate));
  return detail === undefined ? undefined : { reason: 'NOT_WRITABLE', detail };
}

/**
 * The orders of a message that never went, and never will: they are named anew, but for those whose mandates do not stand.
 * Where it was not known whether it had gone, now it is.
 */
export function withdrawn(items: readonly CollectionItem[], withdrawnId: string): readonly CollectionItem[] {
  return items.map((item) => ({
    ...item,
    tries: item.tries.map((one) => {
      const { messageId, ...unnamed } = one;
      const mayGo = one.state === 'ROUTED' || one.state === 'UNKNOWN';
      return mayGo && messageId === withdrawnId ? { ...unnamed, state: 'ROUTED' } : one;
    }),
  }));
}

/** Whether its mandate may be collected under now. */
export function isUnderActive(
  { mandateId }: CollectionItem,
  mandates: ReadonlyMap<string, Mandate>,
  now: Date,
): boolean {
  const mandate = mandates.get(mandateId);
  return mandate !== undefined && mandateState(mandate, businessDateOf(now)) === 'ACTIVE';
}

/** Held, and in no message yet. */
function isWaiting({ state, booked, messageId }: Try): boolean {
  return state === 'ROUTED' && booked?.held === true && messageId === undefined;
}
