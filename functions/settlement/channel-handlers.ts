import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { foreignAmounts, toChannel } from './channels/channel-shapes.ts';
import * as channels from './channels/keep-channel.ts';
import { presentChannel, presentTerms } from './channels/present-channel.ts';
import type { channelContract } from './contract-channels.ts';
import { defaultStore } from './store.ts';
import { settlementTools } from './tools.ts';

type Handler<Name extends keyof typeof channelContract> = OperationHandler<(typeof channelContract)[Name]>;

const putPayChannel: Handler<'putPayChannel'> = async ({ actor, path, body, now }) => {
  const { expectedVersion, callbackKeys, ...terms } = body;
  const asked = {
    ...{ tenant: actor.tenant, ...path, callbackKeys, ...defined({ expectedVersion }) },
    channelIn: ({ currency }: { currency: string }) => toChannel(path.channelId, currency, terms),
    foreignIn: ({ currency }: { currency: string }) => foreignAmounts(terms, currency),
  };
  return { body: presentChannel(await channels.putChannel(settlementTools(), asked, causeOf(actor), now)) };
};

const getPayChannel: Handler<'getPayChannel'> = async ({ actor: { tenant }, path }) => {
  return { body: presentChannel(await channels.findChannel(defaultStore(), { tenant, ...path })) };
};

const listPayChannels: Handler<'listPayChannels'> = async ({ actor: { tenant }, path: { marketId } }) => {
  const { channels: found, offered } = await channels.listChannels(defaultStore(), tenant, marketId);
  return { body: { channels: found.map(presentChannel), offered: offered.map(presentTerms) } };
};

export const channelHandlers = { putPayChannel, getPayChannel, listPayChannels };
