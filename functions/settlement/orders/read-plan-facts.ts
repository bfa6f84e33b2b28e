import { findMarket } from '../markets/keep-market.ts';
import type { SettlementStore } from '../store.ts';
import type { Order, SplitPlan } from './order.ts';
import type { PlanFacts } from './plan-facts.ts';
import { readSums, type SumOfOrder } from './read-sums.ts';

export interface ReadFacts extends PlanFacts {
  readonly market: Awaited<ReturnType<typeof findMarket>>;
  readonly merchants: Awaited<ReturnType<SettlementStore['readMerchants']>>;
  readonly channels: ReadonlyMap<string, NonNullable<Awaited<ReturnType<SettlementStore['readChannel']>>>>;
  /** By sub-order, of those that are in a sum: which, and what became of it. */
  readonly sums: ReadonlyMap<string, SumOfOrder>;
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

function ruleOf(plan: SplitPlan): string[] {
  return plan.by === 'RULE' ? [plan.ruleId] : [];
}
