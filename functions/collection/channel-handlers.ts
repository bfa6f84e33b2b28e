import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { presentChannel } from './channels/present-channel.ts';
import { putChannel } from './channels/put-channel.ts';
import { toChannel } from './channels/read-channel.ts';
import type { channelContract } from './contract-channels.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof channelContract> = OperationHandler<(typeof channelContract)[Name]>;

const getBankChannel: Handler<'getBankChannel'> = async ({ actor }) => {
  return { body: presentChannel(await defaultStore().readChannel(actor.tenant)) };
};

const putBankChannel: Handler<'putBankChannel'> = async ({ actor, body, now }) => {
  const held = await putChannel(defaultStore(), {
    tenant: actor.tenant,
    content: toChannel(body),
    ...defined({ expectedVersion: body.expectedVersion }),
    at: now.toISOString(),
    by: causeOf(actor),
  });
  return { body: presentChannel(held) };
};

export const channelHandlers = { getBankChannel, putBankChannel };
