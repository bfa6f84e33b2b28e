import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { takeDefaultChannels } from '../channels/take-default-channels.ts';
import { requireVersion } from '../expected-version.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { SettlementTools } from '../tools.ts';
import type { Market } from './market.ts';
import { openMarketAccounts } from './open-accounts.ts';
import { presentMarket } from './present-market.ts';

export type NewMarket = Omit<Market, 'accounts' | 'revision' | 'changedAt' | 'cause'>;

/** Problem: `settlement/market-not-found`, at a field of the body where one names the market. */
export async function findMarket(
  store: Pick<SettlementStore, 'readMarket'>,
  tenant: string,
  marketId: string,
  pointer?: string,
): Promise<Market> {
  const market = await store.readMarket(tenant, marketId);
  if (market) return market;
  const detail = `There is no market ${marketId}.`;
  const problem = problems['market-not-found'].with({ detail, marketId });
  throw pointer === undefined ? problem : problem.at({ pointer, detail });
}

/**
 * Records a market with common channels, and opens their accounts; the same key records it once. Problems: `settlement/market-id-taken`,
 * `request/idempotency-key-reused`; and those of openAccountOnce and decideAndWrite.
 */
export async function createMarket(
  tools: SettlementTools,
  content: NewMarket,
  channelIds: readonly string[],
  claim: KeyClaim,
  now: Date,
): Promise<Market> {
  const { store } = tools;
  const { tenant, id } = content;
  return decideAndWrite(async () => {
    const before = await store.readMarket(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    const noted = await requireSameRequest(store, tenant, claim);
    if (before) {
      if (noted) return { answer: before };
      const detail = `There is a market ${id} already.`;
      throw problems['market-id-taken'].with({ detail, marketId: id }).at({ pointer: '/id', detail });
    }
    const { at, cause } = claim;
    const accounts = await openMarketAccounts(tools, content, cause, now);
    const market: Market = { ...content, accounts, revision: 1, changedAt: at, cause };
    const channels = await takeDefaultChannels(tools, content, channelIds, cause, now);
    return { answer: market, write: () => store.createMarket(market, channels, claim) };
  });
}

export type MarketChange = Partial<Pick<Market, 'name' | 'calendar' | 'orderTimeoutMinutes' | 'shortfall'>>;

/**
 * Changes a market; asked twice, it changes nothing the second time. Problems: `settlement/market-not-found`,
 * `settlement/version-conflict`; and those of decideAndWrite.
 */
export async function changeMarket(
  store: SettlementStore,
  { tenant, marketId }: { readonly tenant: string; readonly marketId: string },
  change: MarketChange,
  on: { readonly at: string; readonly cause: Cause; readonly expectedVersion?: number },
): Promise<Market> {
  return decideAndWrite(async () => {
    const before = await findMarket(store, tenant, marketId);
    const changed = { ...before, ...change };
    if (canonicalJson(presentMarket(changed)) === canonicalJson(presentMarket(before))) return { answer: before };
    requireVersion(on.expectedVersion, before.revision);
    const next: Market = { ...changed, revision: before.revision + 1, changedAt: on.at, cause: on.cause };
    return { answer: next, write: () => store.replaceMarket(next) };
  });
}
