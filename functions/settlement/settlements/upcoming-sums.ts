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

/** Sums of a market that are read for one answer. */
const sumsReadMax = 1_000;

type Store = Pick<SettlementStore, 'readSequences' | 'readSumTotals' | 'readRule'>;

/** The sums in which a merchant sells or is named by the rule, by day; one read where its market has none. */
export async function readUpcomingSums(
  store: Store,
  merchant: Merchant,
  { zone }: Pick<Market, 'zone'>,
  days: number,
  now: Date,
): Promise<UpcomingSums> {
  const { tenant, marketId } = merchant;
  const today = businessDateOf(now, zone);
  const on = { from: addDays(today, -lookBackDays), to: addDays(today, days - 1) };
  const { totals, next } = await store.readSumTotals({ tenant, marketId }, on, undefined, sumsReadMax);
  const open = await stillOpen(store, merchant, totals);
  const ruleIds = new Set(open.map(({ owner }) => sumOfId(owner.id).ruleId));
  const rules = await Promise.all([...ruleIds].map((id) => store.readRule(tenant, id)));
  const versions = rules.flatMap((rule) => rule?.versions ?? []);
  return { sums: open.flatMap((one) => partIn(merchant, one, versions)), isCut: next !== undefined };
}

/** What is in a settlement that was not closed yet, and comes to something. */
async function stillOpen(
  store: Store,
  { tenant, marketId }: Merchant,
  totals: readonly SumTotal[],
): Promise<SumTotal[]> {
  const dates = [...new Set(totals.map(({ date }) => date))];
  // All groups of a day are closed together: one of them tells.
  const days = dates.map((date) => ({ tenant, marketId, date, group: 0 }));
  const sequences = await store.readSequences(days);
  return totals.filter(({ date, sequence, figures }) => {
    return sequence === (sequences.get(dayKey({ tenant, marketId, date, group: 0 })) ?? 0) && figures.net !== 0n;
  });
}

function partIn({ id }: Merchant, { owner, date, figures }: SumTotal, versions: readonly RuleVersion[]): UpcomingSum[] {
  const sum = sumOfId(owner.id);
  const rule = versions.find((one) => one.id === sum.ruleId && one.version === sum.version);
  if (!rule || (sum.sellerId !== id && !rule.lines.some(({ receiver }) => receiver === id))) return [];
  const { count: orders, gross, fees: fee, coupons, net: base } = figures;
  const parts = { orders, order: gross, paid: gross, cash: gross, fee, coupons };
  const { shares } = splitSum(parts, { rule, sellerId: sum.sellerId, merchants: new Map() });
  const expected = total(shares.map(({ receiver, amount }) => (receiver === id ? amount : 0n)));
  return [{ date, sum, orders, base, expected }];
}
