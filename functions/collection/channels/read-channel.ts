import { defined } from '../../../shared/objects/defined.ts';
import type { ChannelContent } from './bank-channel.ts';
import type { ChannelRequest } from './channel-shapes.ts';

/** A channel as it was sent, as one of the model. */
export function toChannel(request: ChannelRequest): ChannelContent {
  const { channel, creditor, initiatingParty = {}, characters, sepa } = request;
  const { name, account } = creditor;
  const sender = defined({ name: initiatingParty.name, id: initiatingParty.id });
  return {
    channel,
    creditor: {
      name,
      number: account.number,
      bank: defined({ cnaps: account.bank.cnaps, bic: account.bank.bic }),
    },
    initiatingParty: Object.keys(sender).length > 0 ? sender : { name },
    characters,
    ...defined({ sepa }),
  };
}
