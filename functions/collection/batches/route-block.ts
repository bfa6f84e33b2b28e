import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import { type NextStep, nextStep } from '../items/next-step.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { MandateUsage } from '../mandates/mandate-usage.ts';
import type { RouteQuote, RouteRequest } from '../routing/quote-routes.ts';
import { type Batch, type Block, itemsPerBlockMax, orderIdOf } from './batch.ts';
import { reserveRoom, roomBack } from './reserve-room.ts';

const DAY_MS = 86_400_000;

/** All that the next steps of a block go by. */
export interface BlockSituation {
  readonly mandates: ReadonlyMap<string, Mandate>;
  readonly usages: ReadonlyMap<string, MandateUsage>;
  readonly quote: (request: RouteRequest) => RouteQuote;
  /** The bank of the company's account. */
  readonly payeeBank: { readonly cnaps?: string; readonly bic?: string };
  readonly calendar: WorkingDayCalendar;
  readonly now: Date;
}

export interface BlockStep {
  readonly items: readonly CollectionItem[];
  /** What changes, by mandate. */
  readonly usages: ReadonlyMap<string, MandateUsage>;
}

/**
 * Takes room for what has none, chooses a rail for what is to go, and ends what is not to go on; the same whoever asks.
 * Nothing is handed over here.
 */
export function routeBlock(batch: Batch, { block, items }: Block, situation: BlockSituation): BlockStep {
  const { now } = situation;
  const reserved = reserveRoom(items, situation.mandates, situation.usages, now);
  const after = reserved.items.map((item, place) => {
    const mandate = situation.mandates.get(item.mandateId);
    if (!item.reserved || item.ended || !mandate) return item;
    const step = stepOf(item, mandate, situation);
    if (step.step === 'FAIL') return failed(item, step.reason, now);
    if (step.step === 'WAIT_UNTIL') return { ...item, nextTryAt: step.at.toISOString() };
    if (step.step !== 'ROUTE') return item;
    const index = block * itemsPerBlockMax + place;
    const routed = route(batch, item, mandate, { ...step, index }, situation);
    return routed ? withTry(item, routed) : failed(item, 'NO_RAIL', now);
  });
  const back = roomBack(reserved.items, after, new Map([...situation.usages, ...reserved.usages]));
  return { items: after, usages: new Map([...reserved.usages, ...back]) };
}

/** Where a day cannot be told since its calendar is not published, the item waits, and is looked at again a day later. */
function stepOf(item: CollectionItem, { retries }: Mandate, { calendar, now }: BlockSituation): NextStep {
  try {
    return nextStep(item, retries, calendar, now);
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    const { nextTryAt } = item;
    const isSet = nextTryAt !== undefined && nextTryAt > now.toISOString();
    const at = isSet ? new Date(nextTryAt) : new Date(now.getTime() + DAY_MS);
    return { step: 'WAIT_UNTIL', at, partial: false };
  }
}

function route(
  { id, policy }: Batch,
  item: CollectionItem,
  { payer }: Mandate,
  step: {
    readonly amount: bigint;
    readonly partial: boolean;
    readonly tried: readonly string[];
    readonly index: number;
  },
  { quote, payeeBank, now }: BlockSituation,
): Try | undefined {
  const { amount, partial, tried, index } = step;
  const { routes } = quote({
    at: now,
    direction: 'COLLECT',
    minor: amount,
    currency: item.currency as RouteRequest['currency'],
    urgent: false,
    policy,
    payerBank: payer.account.bank,
    payeeBank,
    triedRails: tried,
  });
  const [best] = routes;
  if (!best) return undefined;
  const { rail, fee, businessDate } = best.candidate;
  return {
    orderId: orderIdOf(id, index, item.tries.length + 1),
    railId: rail.id,
    railKind: rail.kind,
    amount,
    fee,
    businessDate,
    partial,
    state: 'ROUTED',
    routedAt: now.toISOString(),
  };
}

function withTry({ nextTryAt: _, ...item }: CollectionItem, routed: Try): CollectionItem {
  return { ...item, tries: [...item.tries, routed] };
}

function failed(
  item: CollectionItem,
  reason: NonNullable<CollectionItem['ended']>['reason'],
  now: Date,
): CollectionItem {
  return { ...item, ended: { state: 'FAILED', reason, at: now.toISOString() } };
}
