import type { Replacement } from '../rails/configuration.ts';
import { putPolicy, replace } from '../rails/put-rails.ts';
import type { CollectionStore } from '../store.ts';
import type { BankChannel, ChannelContent } from './bank-channel.ts';
import { isSameChannel } from './channel-items.ts';

/**
 * Puts a channel in place of the one that a tenant has, and answers what then stands. Orders on their way stay with the
 * channel that they went by.
 *
 * @throws Problem `collection/version-conflict`, `request/conflict-retry`, `request/unavailable`
 */
export function putChannel(
  store: Pick<CollectionStore, 'readChannel' | 'writeChannel'>,
  asked: Replacement<ChannelContent>,
  policy = putPolicy,
): Promise<BankChannel> {
  return replace(() => store.readChannel(asked.tenant), store.writeChannel, asked, isSameChannel, policy);
}
