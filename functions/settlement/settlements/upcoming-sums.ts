import pLimit from 'p-limit';
import { addDays, businessDateOf, laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum as total } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { RuleVersion } from '../rules/stored-rule.ts';
import type { SettlementStore } from '../store.ts';
import type { SumTotal } from '../store-sums.ts';
import { barredOn, splitSum } from '../sums/split-sum.ts';
import { type SumOf, sumOfId } from '../sums/sum.ts';
import { sumBaseOf } from '../sums/sum-base.ts';
import { daysToCome } from './days-to-come.ts';

/** A sum that a merchant has a part in, and that is not split yet: its share is known when it is. Minor units. */
export interface UpcomingSum {
  readonly date: PlainDate;
  readonly sum: SumOf;
  readonly orders: bigint;
  /** What is in it by now, after fees. */
  readonly base: bigint;
  /** What the merchant would get if nothing more came to it, decided as the run does. Below zero where it would give back. */
  readonly expected: bigint;
}

export interface UpcomingSums {
  readonly sums: readonly UpcomingSum[];
  /** There are more: of what is past, or of what is coming. */
  readonly isCut: boolean;
  /** Behind which sum what is coming goes on, where there may be more of it. */
  readonly next?: string;
}

/** Sums of a market that are read together. */
const sumsReadMax = 1_000;
/** Reads for one answer: most sums of a market are of others. */
const readsMax = 10;
/** Sums of a merchant in one answer, of what is past and of what is coming, the earliest. */
const sumsShownMax = 250;
const readsAtOnce = 16;

type Store = Pick<
  SettlementStore,
  'readSequences' | 'readSumTotals' | 'readRule' | 'readMerchants' | 'readSumState' | 'readLastRunDate' | 'listLateDays'
>;

/**
 * The sums in which a merchant sells or is named by the rule, by day. What is split already is not read, and what is coming is read
 * apart from what is past, however much that is: from behind a place it goes on with what is coming.
 */
export async function readUpcomingSums(
  store: Store,
  merchant: Merchant,
  market: Pick<Market, 'tenant' | 'id' | 'zone'>,
  days: number,
  now: Date,
  after?: string,
): Promise<UpcomingSums> {
  const { tenant } = merchant;
  const today = businessDateOf(now, market.zone);
  const spans = await openSpans(store, merchant, await daysToCome(store, market, days, now), today);
  const past = spans.filter(({ from }) => after === undefined && from < today);
  const coming = spans.filter(({ from }) => from >= today);
  const limit = pLimit(readsAtOnce);
  const read = await Promise.all([
    ...past.map((span) => limit(readTotals, store, merchant, [span], undefined, 1)),
    readTotals(store, merchant, coming, after, readsMax),
  ]);
  const ruleIds = new Set(read.flatMap(({ totals }) => totals.map(({ owner }) => sumOfId(owner.id).ruleId)));
  const rules = await Promise.all([...ruleIds].map((id) => store.readRule(tenant, id)));
  const versions = rules.flatMap((rule) => rule?.versions ?? []);
  const named = read.map(({ totals }) =>
    totals.flatMap((total) => {
      const rule = versionOf(merchant, total, versions);
      return rule ? [{ total, rule }] : [];
    }),
  );
  const ofComing = named.pop() ?? [];
  const ofPast = named.flat();
  const shownOfComing = ofComing.slice(0, sumsShownMax);
  const shown = [...ofPast.slice(0, sumsShownMax), ...shownOfComing];
  const receivers = shown.flatMap(({ rule }) => rule.lines.flatMap(({ receiver }) => receiver ?? []));
  const merchants = await store.readMerchants(tenant, receivers);
  const sums = await Promise.all(
    shown.map(({ total, rule }) => limit(() => partIn(store, merchant, total, { rule, merchants, today }))),
  );
  const last = shownOfComing.length < ofComing.length ? shownOfComing.at(-1)?.total.place : undefined;
  const next = last ?? read.at(-1)?.next;
  const isCut = ofPast.length > sumsShownMax || read.some((one) => one.next !== undefined) || last !== undefined;
  return { sums, isCut, ...defined({ next }) };
}

/** Totals of sums that are not split, on days from behind a place, as many as some reads find; and where they go on. */
async function readTotals(
  store: Pick<Store, 'readSumTotals'>,
  { tenant, marketId }: Merchant,
  spans: readonly Span[],
  after: string | undefined,
  reads: number,
): Promise<{ readonly totals: readonly SumTotal[]; readonly next?: string }> {
  const totals: SumTotal[] = [];
  let left = reads;
  for (const span of spans) {
    let behind = after !== undefined && after > span.from ? after : undefined;
    // Places begin with their day.
    if (behind !== undefined && behind.slice(0, span.to.length) > span.to) continue;
    do {
      const page = await store.readSumTotals({ tenant, marketId }, span, behind, sumsReadMax);
      totals.push(...page.totals.filter(({ sequence, figures }) => sequence === span.sequence && figures.net !== 0n));
      behind = page.next;
      left -= 1;
      if (left <= 0 && behind !== undefined) return { totals, next: behind };
    } while (behind !== undefined);
  }
  return { totals };
}

/** Days in a row that are in one settlement, which was not closed yet. */
interface Span {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly sequence: number;
}

/** The days that a run may still split sums of; those of one that was closed are each alone, and today begins anew. */
async function openSpans(
  store: Pick<Store, 'readSequences'>,
  { tenant, marketId }: Merchant,
  dates: readonly PlainDate[],
  today: PlainDate,
): Promise<Span[]> {
  // All groups of a day are closed together: one of them tells.
  const open = dates.map((date) => ({ tenant, marketId, date, group: 0 }));
  const sequences = await store.readSequences(open);
  const spans: Span[] = [];
  for (const day of open) {
    const { date } = day;
    const sequence = sequences.get(dayKey(day)) ?? 0;
    const last = spans.at(-1);
    const goesOn = last?.sequence === 0 && sequence === 0 && date !== today && date === addDays(last.to, 1);
    if (goesOn) spans[spans.length - 1] = { ...last, to: date };
    else spans.push({ from: date, to: date, sequence });
  }
  return spans;
}

/** The rule of a sum, where the merchant has a part in it. */
function versionOf({ id }: Merchant, { owner }: SumTotal, versions: readonly RuleVersion[]): RuleVersion | undefined {
  const sum = sumOfId(owner.id);
  const rule = versions.find((one) => one.id === sum.ruleId && one.version === sum.version);
  return sum.sellerId === id || rule?.lines.some(({ receiver }) => receiver === id) ? rule : undefined;
}

/** From its running total, however many lines it has; what earlier ones of its day left is read where there were any. */
async function partIn(
  store: Pick<Store, 'readSumState'>,
  { tenant, marketId, id }: Merchant,
  { owner, date, sequence, figures }: SumTotal,
  by: { readonly rule: RuleVersion; readonly merchants: ReadonlyMap<string, Merchant>; readonly today: PlainDate },
): Promise<UpcomingSum> {
  const sum = sumOfId(owner.id);
  const base = sumBaseOf(figures);
  const state = sequence === 0 ? undefined : await store.readSumState({ tenant, marketId, date, sum });
  const { rule, merchants, today } = by;
  const own = new Map(
    rule.lines.flatMap(({ receiver = '' }) => {
      const found = merchants.get(receiver);
      return found ? [[receiver, found] as const] : [];
    }),
  );
  const barred = barredOn(laterDate(date, today), own);
  const { shares } = splitSum(base, { rule, sellerId: sum.sellerId, merchants: own, barred, ...(state && { state }) });
  const expected = total(shares.map(({ receiver, from = receiver, amount }) => (from === id ? amount : 0n)));
  return { date, sum, orders: base.orders, base: base.paid - base.fee, expected };
}
