import type { Plain } from '../../../shared/dynamo/items.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { keys } from '../keys.ts';
import type { BankChannel, ChannelContent } from './bank-channel.ts';

/** Items as plain objects ↔ the model. */
export function channelToPlain(channel: BankChannel): Plain {
  return { ...keys.bankChannel(channel.tenant), kind: 'BANK_CHANNEL', ...channel };
}

export function channelFromPlain({ pk: _pk, sk: _sk, kind: _kind, version, ...channel }: Plain): BankChannel {
  return { ...(channel as unknown as BankChannel), version: Number(version) };
}

export function isSameChannel(one: ChannelContent, other: ChannelContent): boolean {
  return canonicalJson(contentOf(one)) === canonicalJson(contentOf(other));
}

function contentOf({ channel, creditor, initiatingParty, characters, sepa }: ChannelContent): object {
  return { channel, creditor, initiatingParty, characters, sepa };
}
