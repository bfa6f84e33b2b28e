import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const market = '/v1/markets/{marketId}';
const files = `${market}/channel-files`;

/** What settlement serves over files of channels; part of its description. */
export const channelFileRoutes: readonly RouteDescription[] = [
  {
    operation: 'importChannelFile',
    method: 'POST',
    path: files,
    access: keepers,
    summary: 'Import the settlement file (对账文件) of a channel',
    success: 202,
    body: 'FILE',
  },
  {
    operation: 'listChannelFiles',
    method: 'GET',
    path: files,
    access: readers,
    summary: 'List the files of a market’s channels',
    success: 200,
  },
  {
    operation: 'getChannelFile',
    method: 'GET',
    path: `${files}/{fileId}`,
    access: readers,
    summary: 'Get a file of a channel: how far it is, what is in it, what is wrong with it',
    success: 200,
  },
  {
    operation: 'createChannelFileUpload',
    method: 'POST',
    path: `${market}/channel-file-uploads`,
    access: keepers,
    summary: 'Open an upload for a large file of a channel',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
];
