/** What other capabilities may call. Everything else of settlement is its own. */
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { marketStore } from './store-markets.ts';

/** Whose money the orders of a market bring: the holder of its accounts, which never changes; undefined where there is no market. */
export async function legalEntityOfMarket(tenant: string, marketId: string): Promise<string | undefined> {
  const store = marketStore(dynamo(), requireEnvironment('TABLE_SETTLEMENT'));
  return (await store.readMarket(tenant, marketId))?.legalEntity;
}
