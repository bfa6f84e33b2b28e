import { defined } from '../../../shared/objects/defined.ts';
import { sumDate } from '../journal/sum-entries.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { SettlementStore } from '../store.ts';
import type { SumDay, SumState } from '../sums/sum.ts';
import type { Order, SplitPlan } from './order.ts';
import type { PlanFacts } from './plan-facts.ts';
import { sumDayOf } from './takes-of-sum.ts';

export interface ReadFacts extends PlanFacts {
  readonly market: Awaited<ReturnType<typeof findMarket>>;
  readonly merchants: Awaited<ReturnType<SettlementStore['readMerchants']>>;
  readonly channels: ReadonlyMap<string, NonNullable<Awaited<ReturnType<SettlementStore['readChannel']>>>>;
  /** By sub-order, of those that are in a sum: which, and what became of it. */
  readonly sums: ReadonlyMap<string, { readonly day: SumDay; readonly state?: SumState }>;
}

/** Reads what the plans of an order need, with a channel that it is about to be paid over and receivers that are asked for. */
export async function readPlanFacts(
  store: SettlementStore,
  order: Order,
  { channelId, receivers = [] }: { readonly channelId?: string; readonly receivers?: readonly string[] } = {},
): Promise<ReadFacts> {
  const { tenant, marketId, payments, subOrders } = order;
  const paidOver = payments.map((payment) => payment.channelId);
  const [market, rules, channels, sums] = await Promise.all([
    findMarket(store, tenant, marketId),
    readRules(store, order),
    readChannels(store, order, channelId === undefined ? paidOver : [...paidOver, channelId]),
    readSums(store, order),
  ]);
  const lines = [
    ...[...rules.values()].flatMap(({ versions }) => versions.flatMap((version) => version.lines)),
    ...subOrders.flatMap(({ plan }) => (plan.by === 'TERMS' ? plan.terms.lines : [])),
  ];
  const named = lines.flatMap(({ receiver }) => receiver ?? []);
  const given = subOrders.flatMap(({ splits }) => splits.flatMap(({ legs }) => legs.map(({ receiver }) => receiver)));
  const sellers = subOrders.map(({ merchantId }) => merchantId);
  const merchants = await store.readMerchants(tenant, new Set([...named, ...given, ...sellers, ...receivers]));
  return { market, rules, channels, merchants, sums };
}

/** The rules that the plans of an order name. */
export async function readRules(store: Pick<SettlementStore, 'readRule'>, { tenant, subOrders }: Order) {
  const ids = new Set(subOrders.flatMap(({ plan }) => ruleOf(plan)));
  const found = await Promise.all([...ids].map(async (id) => [id, await store.readRule(tenant, id)] as const));
  return new Map(found.flatMap(([id, rule]) => (rule ? [[id, rule] as const] : [])));
}

async function readChannels(store: SettlementStore, { tenant, marketId }: Order, ids: readonly string[]) {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await store.readChannel(tenant, marketId, id)] as const),
  );
  return new Map(found.flatMap(([id, channel]) => (channel ? [[id, channel] as const] : [])));
}

/** Nothing is read of orders that are in none. */
async function readSums(store: SettlementStore, order: Order): Promise<ReadFacts['sums']> {
  const found = await Promise.all(
    sumsOf(order).map(async ({ subOrderNo, day }) => {
      const state = await store.readSumState(day);
      return [subOrderNo, { day, ...defined({ state }) }] as const;
    }),
  );
  return new Map(found);
}

/** The sums that sub-orders are in, but for those that a dispute holds. */
function sumsOf(order: Order): { readonly subOrderNo: string; readonly day: SumDay }[] {
  return order.subOrders.flatMap(({ no: subOrderNo, splits }) =>
    splits.flatMap((split) =>
      split.legs.flatMap((leg) => {
        const date = leg.kind === 'SUM' ? sumDate(order, split, leg) : undefined;
        const day = date === undefined ? undefined : sumDayOf(order, subOrderNo, date);
        return day ? [{ subOrderNo, day }] : [];
      }),
    ),
  );
}

function ruleOf(plan: SplitPlan): string[] {
  return plan.by === 'RULE' ? [plan.ruleId] : [];
}
