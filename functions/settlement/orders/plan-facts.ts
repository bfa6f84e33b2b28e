import type { MarketChannel } from '../channels/market-channel.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { StoredRule } from '../rules/stored-rule.ts';

/** What a plan needs to know besides its order. */
export interface PlanFacts {
  readonly market: Pick<Market, 'zone' | 'calendar'>;
  /** By id: those that the order's plans name. */
  readonly rules: ReadonlyMap<string, StoredRule>;
  /** By id: all that may get a share. */
  readonly merchants: ReadonlyMap<string, Pick<Merchant, 'state'>>;
  /** By id: those that the order was paid over. */
  readonly channels: ReadonlyMap<string, Pick<MarketChannel, 'id' | 'versions'>>;
}
