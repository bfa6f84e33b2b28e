import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum as total } from '../../../shared/money/sum.ts';
import { dayKey } from '../journal/transaction.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { RuleVersion } from '../rules/stored-rule.ts';
import type { SettlementStore } from '../store.ts';
import type { SumTotal } from '../store-sums.ts';
import { splitSum } from '../sums/split-sum.ts';
import { type SumOf, sumOfId } from '../sums/sum.ts';
import { lookBackDays } from './days-to-look-at.ts';

/** A sum that a merchant has a part in, and that is not split yet: its share is known when it is. Minor units. */
export interface UpcomingSum {
  readonly date: PlainDate;
  readonly sum: SumOf;
  readonly orders: bigint;
  /** What is in it by now, after fees. */
  readonly base: bigint;
  /** What the merchant would get if nothing more came to it. */
  readonly expected: bigint;
}

export interface UpcomingSums {
  readonly sums: readonly UpcomingSum[];
  /** There are more than are read for one answer. */
  readonly isCut: boolean;
}

/** Sums of a market that are read of days in a row. */
const sumsReadMax = 1_000;

type Store = Pick<SettlementStore, 'readSequences' | 'readSumTotals' | 'readRule' | 'readMerchants'>;

/**
 * The sums in which a merchant sells or is named by the rule, by day. What is split already is not read, and what is coming is read
 * apart from what is past, however much that is.
 */
export async function readUpcomingSums(
  store: Store,
  merchant: Merchant,
  { zone }: Pick<Market, 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingSums> {
  const { tenant, marketId } = merchant;
  const spans = await openSpans(store, merchant, businessDateOf(now, zone), days);
  const pages = await Promise.all(
    spans.map((span) => store.readSumTotals({ tenant, marketId }, span, undefined, sumsReadMax)),
  );
  const isCut = pages.some(({ next }) => next !== undefined);
  const open = pages.flatMap(({ totals }, place) => {
    return totals.filter(({ sequence, figures }) => sequence === spans[place]?.sequence && figures.net !== 0n);
  });
  const ruleIds = new Set(open.map(({ owner }) => sumOfId(owner.id).ruleId));
  const rules = await Promise.all([...ruleIds].map((id) => store.readRule(tenant, id)));
  const versions = rules.flatMap((rule) => rule?.versions ?? []);
  const named = open.flatMap((total) => {
    const rule = versionOf(merchant, total, versions);
    return rule ? [{ total, rule }] : [];
  });
  const receivers = named.flatMap(({ rule }) => rule.lines.flatMap(({ receiver }) => receiver ?? []));
  const merchants = await store.readMerchants(tenant, receivers);
  return { sums: named.map(({ total, rule }) => partIn(merchant, total, rule, merchants)), isCut };
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
  today: PlainDate,
  days: number,
): Promise<Span[]> {
  const dates = Array.from({ length: lookBackDays + days }, (_, place) => addDays(today, place - lookBackDays));
  // All groups of a day are closed together: one of them tells.
  const open = dates.map((date) => ({ tenant, marketId, date, group: 0 }));
  const sequences = await store.readSequences(open);
  const spans: Span[] = [];
  for (const day of open) {
    const { date } = day;
    const sequence = sequences.get(dayKey(day)) ?? 0;
    const last = spans.at(-1);
    const goesOn = last?.sequence === 0 && sequence === 0 && date !== today;
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

function partIn(
  { id }: Merchant,
  { owner, date, figures }: SumTotal,
  rule: RuleVersion,
  merchants: ReadonlyMap<string, Merchant>,
): UpcomingSum {
  const sum = sumOfId(owner.id);
  const { count: orders, gross: paid, fees: fee, coupons, net: base } = figures;
  const parts = { orders, order: paid, paid, cash: paid - coupons, fee, coupons };
  const { shares } = splitSum(parts, { rule, sellerId: sum.sellerId, merchants });
  const expected = total(shares.map(({ receiver, amount }) => (receiver === id ? amount : 0n)));
  return { date, sum, orders, base, expected };
}
