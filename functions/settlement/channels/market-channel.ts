import type { Cause } from '../../../shared/http/cause.ts';
import type { Channel } from './channel.ts';

/** A channel over which a market is paid, as the market has it. */
export interface MarketChannel extends Channel {
  readonly tenant: string;
  readonly marketId: string;
  /** The ledger account of what the channel owes the market, below zero; settlement's own. */
  readonly accountId: string;
  /** PEM of the keys by which the channel signs what it tells; any of them may have. */
  readonly callbackKeys: readonly string[];
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}
