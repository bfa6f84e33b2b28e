import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './channels/channel-examples.ts';
import { channelIn, channelOut } from './channels/channel-shapes.ts';
import { problems } from './problems.ts';

export const channelContract = {
  getBankChannel: {
    description: 'There is none until one is put; then only `version` 0 is answered, and nothing can be collected.',
    response: channelOut,
    example: examples.getBankChannel,
  },
  putBankChannel: {
    description:
      'Replaces the channel. The same again changes nothing and answers what stands. What was handed over before stays with the channel that it went by.',
    body: channelIn,
    response: channelOut,
    problems: [problems['version-conflict'], general['conflict-retry']],
    example: examples.putBankChannel,
  },
} satisfies Contract;
