import type { PartyAccount } from '../gateway/bank-gateway.ts';
import type { FileTerms } from '../gateway/iso/message-file.ts';
import type { ChannelKind } from '../gateway/sent-message.ts';
import { problems } from '../problems.ts';
import type { Versioned } from '../rails/configuration.ts';

/**
 * How a tenant's orders reach its bank. SANDBOX: the bank that is part of the system. FILES: ISO 20022 files through a
 * bucket.
 */
export interface ChannelContent extends FileTerms {
  readonly channel: ChannelKind;
  /** Who collects, and to which account. */
  readonly creditor: PartyAccount;
}

export interface BankChannel extends ChannelContent, Versioned {}

/** @throws Problem `collection/bank-channel-missing` */
export function requireChannel(channel: BankChannel | undefined): BankChannel {
  if (channel) return channel;
  throw problems['bank-channel-missing'].with({ detail: 'It is not said how orders reach your bank.' });
}
