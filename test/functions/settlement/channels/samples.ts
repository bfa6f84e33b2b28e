import type { Channel, ChannelVersion } from '../../../../functions/settlement/channels/channel.ts';

/** A version that takes 0.6 % and nothing else. */
export function versionOf(effectiveFrom: string, more: Partial<ChannelVersion> = {}): ChannelVersion {
  return { effectiveFrom, fee: { basisPoints: 60n, fixed: 0n }, feeRefundable: true, ...more };
}

/** A channel that calls back, of one version from 2026-01-01 on. */
export function channelOf(more: Partial<Channel> = {}): Channel {
  return {
    id: 'c',
    kind: 'WECHAT_PAY',
    currency: 'CNY',
    payMethods: ['SCANNED', 'AGGREGATE_QR'],
    told: 'CALLBACK',
    versions: [versionOf('2026-01-01')],
    ...more,
  };
}
