import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { StoredRule } from '../rules/stored-rule.ts';
import type { SettlementStore } from '../store.ts';
import type { OrderRequest, SubOrderRequest } from './order-shapes.ts';

/** What orders name, as it stands. */
export interface OrderFacts {
  readonly markets: ReadonlyMap<string, Market>;
  readonly merchants: ReadonlyMap<string, Merchant>;
  readonly rules: ReadonlyMap<string, StoredRule>;
}

/** Reads what orders name, each once, however many there are. */
export async function readOrderFacts(
  store: Pick<SettlementStore, 'readMarket' | 'readMerchants' | 'readRule'>,
  tenant: string,
  orders: readonly OrderRequest[],
): Promise<OrderFacts> {
  const [markets, merchants, rules] = await Promise.all([
    readAll(new Set(orders.map(({ marketId }) => marketId)), (id) => store.readMarket(tenant, id)),
    store.readMerchants(tenant, new Set(orders.flatMap(merchantsOf))),
    readAll(new Set(orders.flatMap(rulesOf)), (id) => store.readRule(tenant, id)),
  ]);
  return { markets, merchants, rules };
}

function merchantsOf({ subOrders, split }: OrderRequest): string[] {
  return subOrders.flatMap((subOrder) => [
    subOrder.merchantId,
    ...subOrder.coupons.flatMap(({ funders }) =>
      funders.flatMap((funder) => (funder.kind === 'BRAND' ? [funder.merchantId] : [])),
    ),
    ...receiversOf(subOrder.split ?? split),
  ]);
}

function receiversOf(split: SubOrderRequest['split']): string[] {
  return split?.by === 'PARTICIPANTS' ? split.lines.flatMap(({ receiver }) => receiver ?? []) : [];
}

function rulesOf({ subOrders, split }: OrderRequest): string[] {
  return subOrders.flatMap((subOrder) => {
    const own = subOrder.split ?? split;
    return own?.by === 'RULE' ? [own.ruleId] : [];
  });
}

async function readAll<T>(
  ids: ReadonlySet<string>,
  read: (id: string) => Promise<T | undefined>,
): Promise<Map<string, T>> {
  const found = await Promise.all([...ids].map(async (id) => [id, await read(id)] as const));
  return new Map(found.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const])));
}
