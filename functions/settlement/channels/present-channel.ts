import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Channel, ChannelVersion } from './channel.ts';
import type { MarketChannel } from './market-channel.ts';

export function presentChannel(channel: MarketChannel) {
  const { marketId, callbackKeys, accountId, revision, changedAt } = channel;
  return {
    ...presentTerms(channel),
    marketId,
    callbackKeys: [...callbackKeys],
    accountId,
    version: revision,
    changedAt,
  };
}

/** What a channel is, whoever has it. */
export function presentTerms({ id, kind, currency, payMethods, told, versions }: Channel) {
  return {
    ...{ id, kind, currency, payMethods: [...payMethods], told },
    versions: versions.map((version) => presentVersion(version, currency)),
  };
}

function presentVersion(shown: ChannelVersion, currency: string) {
  const { fee, minimum, maximum, splitCapBasisPoints: cap, ...version } = shown;
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, currency));
  return {
    ...version,
    fee: {
      basisPoints: Number(fee.basisPoints),
      fixed: presentAmount(fee.fixed, currency),
      ...defined({ minimum: show(fee.minimum), maximum: show(fee.maximum) }),
    },
    ...defined({ splitCapBasisPoints: cap === undefined ? undefined : Number(cap) }),
    ...defined({ minimum: show(minimum), maximum: show(maximum) }),
  };
}
