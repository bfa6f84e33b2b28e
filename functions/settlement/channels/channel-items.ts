import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys } from '../keys.ts';
import type { MarketChannel } from './market-channel.ts';

/** Items as plain objects ↔ the model: one text beside its amounts, and the revision on which writes depend. */
export function channelToPlain(channel: MarketChannel): Plain {
  const { tenant, marketId, id, revision } = channel;
  return { ...keys.channel(tenant, marketId, id), kind: 'CHANNEL', revision, ...writeText(channel) };
}

export function channelFromPlain({ text, amounts }: Plain): MarketChannel {
  const [channel] = readTexts({ text, amounts } as TextWithAmounts);
  return channel as MarketChannel;
}
