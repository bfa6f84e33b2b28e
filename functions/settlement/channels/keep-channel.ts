import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import { requireVersion } from '../expected-version.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { openChannelAccount } from '../markets/open-accounts.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { SettlementTools } from '../tools.ts';
import type { Channel } from './channel.ts';
import { firstOpenDay } from './clock-ahead.ts';
import { defaultChannels } from './default-channels.ts';
import type { MarketChannel } from './market-channel.ts';
import { pastFaults } from './past-faults.ts';
import { presentChannel } from './present-channel.ts';
import { channelOf } from './take-default-channels.ts';

export interface AskedChannel {
  readonly tenant: string;
  readonly marketId: string;
  readonly channelId: string;
  readonly channelIn: (market: Market) => Channel;
  /** Amounts in another currency than that of the market. */
  readonly foreignIn: (market: Market) => readonly FieldFault[];
  readonly callbackKeys: readonly string[];
  readonly expectedVersion?: number;
}

/** Problem: `settlement/channel-not-found`. */
export async function findChannel(
  store: Pick<SettlementStore, 'readChannel'>,
  { tenant, marketId, channelId }: Pick<AskedChannel, 'tenant' | 'marketId' | 'channelId'>,
): Promise<MarketChannel> {
  const channel = await store.readChannel(tenant, marketId, channelId);
  if (channel) return channel;
  const detail = `The market ${marketId} has no channel ${channelId}.`;
  throw problems['channel-not-found'].with({ detail, marketId, channelId });
}

/** The channels of a market by id, and those of the common ones that it could have too. Problem: `settlement/market-not-found`. */
export async function listChannels(store: SettlementStore, tenant: string, marketId: string) {
  const { currency } = await findMarket(store, tenant, marketId);
  const channels = await store.listChannels(tenant, marketId);
  const had = new Set(channels.map(({ id }) => id));
  return { channels, offered: defaultChannels.filter((one) => one.currency === currency && !had.has(one.id)) };
}

/**
 * Puts a channel in place of the one that the market has under this id, and opens its account. The same again changes nothing.
 *
 * @throws Problem `settlement/market-not-found`, `settlement/channel-refused` with what does not fit the market or what the
 * channel was, `settlement/version-in-past` where terms of days that have begun would change, `settlement/version-conflict`;
 * and those of openAccountOnce and decideAndWrite.
 */
export async function putChannel(
  tools: SettlementTools,
  asked: AskedChannel,
  cause: Cause,
  now: Date,
): Promise<MarketChannel> {
  const { store } = tools;
  const { tenant, marketId, channelId, callbackKeys, expectedVersion } = asked;
  return decideAndWrite(async () => {
    const market = await findMarket(store, tenant, marketId);
    const before = await store.readChannel(tenant, marketId, channelId);
    const channel = asked.channelIn(market);
    if (before && textOf({ ...before, ...channel, callbackKeys }) === textOf(before)) return { answer: before };
    requireVersion(expectedVersion, before?.revision ?? 0);
    requireFit(channel, before, asked.foreignIn(market));
    if (before) requirePast(before, channel, firstOpenDay(now, market.zone));
    const accountId = before?.accountId ?? (await openChannelAccount(tools, market, channelId, cause, now));
    const next = channelOf(
      market,
      channel,
      { accountId, callbackKeys, revision: (before?.revision ?? 0) + 1 },
      cause,
      now,
    );
    return { answer: next, write: () => store.writeChannel(next) };
  });
}

/** What a channel is does not change; what it asks for does. */
function requireFit(channel: Channel, before: MarketChannel | undefined, foreign: readonly FieldFault[]): void {
  const isOther = before !== undefined && before.kind !== channel.kind;
  const detail = `The channel is ${before?.kind}; put another kind under an id of its own.`;
  const faults = [...(isOther ? [{ pointer: '/kind', detail }] : []), ...foreign];
  const [first] = faults;
  if (first) throw problems['channel-refused'].with({ detail: first.detail }).at(...faults);
}

function requirePast(before: MarketChannel, channel: Channel, earliest: string): void {
  const faults = pastFaults(before, channel, earliest);
  const [first] = faults;
  if (first) throw problems['version-in-past'].with({ detail: first.detail, earliest }).at(...faults);
}

function textOf(channel: MarketChannel): string {
  return canonicalJson(presentChannel(channel));
}
