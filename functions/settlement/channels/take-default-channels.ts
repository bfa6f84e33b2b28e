import type { Cause } from '../../../shared/http/cause.ts';
import type { Market } from '../markets/market.ts';
import { openChannelAccount } from '../markets/open-accounts.ts';
import type { SettlementTools } from '../tools.ts';
import type { Channel } from './channel.ts';
import { defaultChannels } from './default-channels.ts';
import type { MarketChannel } from './market-channel.ts';

/** Common channels as a market gets them when it is made, their accounts opened. Problems: those of openAccountOnce. */
export function takeDefaultChannels(
  tools: Pick<SettlementTools, 'ledger'>,
  market: Omit<Market, 'accounts' | 'revision' | 'changedAt' | 'cause'>,
  channelIds: readonly string[],
  cause: Cause,
  now: Date,
): Promise<MarketChannel[]> {
  const wanted = defaultChannels.filter(({ id }) => channelIds.includes(id));
  return Promise.all(
    wanted.map(async (channel) => {
      const accountId = await openChannelAccount(tools, market, channel.id, cause, now);
      return channelOf(market, channel, { accountId, callbackKeys: [], revision: 1 }, cause, now);
    }),
  );
}

export function channelOf(
  { tenant, id: marketId }: Pick<Market, 'tenant' | 'id'>,
  channel: Channel,
  rest: Pick<MarketChannel, 'accountId' | 'callbackKeys' | 'revision'>,
  cause: Cause,
  now: Date,
): MarketChannel {
  return { tenant, marketId, ...channel, ...rest, changedAt: now.toISOString(), cause };
}
