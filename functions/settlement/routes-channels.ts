import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const channels = '/v1/markets/{marketId}/channels';
const channel = `${channels}/{channelId}`;

/** What settlement serves over pay channels; part of its description. */
export const channelRoutes: readonly RouteDescription[] = [
  {
    operation: 'putPayChannel',
    method: 'PUT',
    path: channel,
    access: keepers,
    summary: 'Say how a market is paid over a channel (支付渠道), from which day on',
    success: 200,
  },
  {
    operation: 'getPayChannel',
    method: 'GET',
    path: channel,
    access: readers,
    summary: 'Get a pay channel of a market',
    success: 200,
  },
  {
    operation: 'listPayChannels',
    method: 'GET',
    path: channels,
    access: readers,
    summary: 'List the pay channels of a market, and those that are offered',
    success: 200,
  },
];
