import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './channels/channel-examples.ts';
import { channelId, channelIn, channelOut, channelsOut } from './channels/channel-shapes.ts';
import { marketId } from './markets/market-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ marketId, channelId });

export const channelContract = {
  putPayChannel: {
    description:
      'Its terms are dated: a payment goes by those of its day, so terms of days that have begun do not change. The same ' +
      'again changes nothing.',
    path,
    body: channelIn,
    response: channelOut,
    problems: [
      problems['market-not-found'],
      problems['channel-refused'],
      problems['version-in-past'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: examples.putPayChannel,
  },
  getPayChannel: {
    path,
    response: channelOut,
    problems: [problems['channel-not-found']],
    example: examples.getPayChannel,
  },
  listPayChannels: {
    description: 'By id; and common ones that the market could have too.',
    path: z.strictObject({ marketId }),
    response: channelsOut,
    problems: [problems['market-not-found']],
    example: examples.listPayChannels,
  },
} satisfies Contract;
