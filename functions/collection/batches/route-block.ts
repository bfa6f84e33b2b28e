import { CalendarNotPublishedError, type WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/time/durations.ts';
import type { CollectionItem } from '../items/item.ts';
import { type NextStep, nextStep } from '../items/next-step.ts';
import { assessCollection, type MandateRefusal } from '../mandates/assess-collection.ts';
import { type Mandate, mandateState } from '../mandates/mandate.ts';
import { type MandateUsage, shiftUsage, unused } from '../mandates/mandate-usage.ts';
import type { ReasonCode } from '../retries/reasons.ts';
import { type Batch, type Block, itemsPerBlockMax, orderIdOf } from './batch.ts';
import { chooseRail, hasWaitedEnough, type RailSituation } from './choose-rail.ts';

/** All that the next steps of a block go by. */
export interface BlockSituation extends RailSituation {
  readonly mandates: ReadonlyMap<string, Mandate>;
  readonly usages: ReadonlyMap<string, MandateUsage>;
  readonly calendar: WorkingDayCalendar;
}

export interface BlockStep {
  readonly items: readonly CollectionItem[];
  /** What changes, by mandate. */
  readonly usages: ReadonlyMap<string, MandateUsage>;
}

/**
 * Chooses rails for what is due, takes room under the limits of their mandates for the days on which the rails carry it, in
 * the order of the items, and ends what is not to go on; the same whoever asks. Nothing is handed over here.
 */
export function routeBlock(batch: Batch, { block, items }: Block, situation: BlockSituation): BlockStep {
  const changed = new Map<string, MandateUsage>();
  const usageOf = (mandateId: string) => changed.get(mandateId) ?? situation.usages.get(mandateId) ?? unused;
  const after = items.map((item, place) => {
    const index = block * itemsPerBlockMax + place;
    const next = routeItem(batch, item, index, usageOf(item.mandateId), situation);
    if (next.usage) changed.set(item.mandateId, next.usage);
    return next.item;
  });
  return { items: after, usages: changed };
}

interface RoutedItem {
  readonly item: CollectionItem;
  readonly usage?: MandateUsage;
}

function routeItem(
  batch: Batch,
  item: CollectionItem,
  index: number,
  usage: MandateUsage,
  situation: BlockSituation,
): RoutedItem {
  const { now } = situation;
  if (item.ended || item.dueOn > businessDateOf(now)) return { item };
  const mandate = situation.mandates.get(item.mandateId);
  if (!mandate) return { item: failed(item, 'MANDATE_NOT_ACTIVE', now) };
  const step = stepOf(item, mandate, situation);
  if (step.step === 'FAIL') return { item: failed(item, step.reason, now) };
  if (step.step === 'WAIT_UNTIL') return { item: waiting(item, step.at, now) };
  if (step.step !== 'ROUTE') return { item };
  if (mandateState(mandate, businessDateOf(now)) === 'SUSPENDED') {
    if (hasWaitedEnough(step.since, now)) return { item: failed(item, 'MANDATE_NOT_ACTIVE', now) };
    return { item: waiting(item, new Date(now.getTime() + HOUR_MS), now) };
  }
  const choice = chooseRail(batch, item, mandate, step, situation);
  if (choice.outcome === 'NONE') return { item: failed(item, 'NO_RAIL', now) };
  if (choice.outcome === 'LATER') return { item: waiting(item, choice.at, now) };
  const { rail, fee, businessDate } = choice.candidate;
  const { amount, partial } = step;
  const asked = { amount, currency: item.currency, date: businessDate, splitAboveLimit: false };
  const assessed = assessCollection(mandate, usage, asked);
  if (assessed.outcome === 'REFUSED') return { item: failed(item, reasonOf(assessed.refusal), now) };
  const { nextTryAt: _, ...rest } = item;
  const routed = {
    orderId: orderIdOf(batch.id, index, item.tries.length + 1),
    ...{ railId: rail.id, railKind: rail.kind, amount, fee, businessDate, partial },
    sequence: mandate.sequence === 'FRST' && usage.collections > 0 ? ('RCUR' as const) : mandate.sequence,
    state: 'ROUTED' as const,
    routedAt: now.toISOString(),
  };
  return { item: { ...rest, tries: [...item.tries, routed] }, usage: shiftUsage(usage, businessDate, amount, 1) };
}

/** Where a day cannot be told since its calendar is not published, the item waits, and is looked at again a day later. */
function stepOf(item: CollectionItem, { retries }: Mandate, { calendar, now }: BlockSituation): NextStep {
  try {
    return nextStep(item, retries, calendar, now);
  } catch (error) {
    if (!(error instanceof CalendarNotPublishedError)) throw error;
    return { step: 'WAIT_UNTIL', at: new Date(now.getTime() + DAY_MS), partial: false };
  }
}

/** What waits already waits on: a later `at`, counted from a later now, does not put it off. */
function waiting(item: CollectionItem, at: Date, now: Date): CollectionItem {
  const { nextTryAt } = item;
  if (nextTryAt !== undefined && nextTryAt > now.toISOString() && nextTryAt < at.toISOString()) return item;
  return { ...item, nextTryAt: at.toISOString() };
}

function reasonOf(refusal: MandateRefusal): ReasonCode {
  const { code } = refusal;
  if (code === 'ONE_OFF_USED') return 'ONE_OFF_USED';
  if (code === 'MANDATE_NOT_ACTIVE' && refusal.state === 'REVOKED') return 'MANDATE_REVOKED';
  return code === 'ABOVE_DAILY_LIMIT' || code === 'ABOVE_MONTHLY_LIMIT' ? 'MANDATE_LIMIT' : 'MANDATE_NOT_ACTIVE';
}

function failed({ nextTryAt: _, ...item }: CollectionItem, reason: ReasonCode, now: Date): CollectionItem {
  return { ...item, ended: { state: 'FAILED', reason, at: now.toISOString() } };
}
