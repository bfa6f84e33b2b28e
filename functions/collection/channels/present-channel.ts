import type * as z from 'zod';
import { maskAccount } from '../../../shared/identifiers/mask.ts';
import type { BankChannel } from './bank-channel.ts';
import type { channelOut } from './channel-shapes.ts';

/** A channel as it leaves the capability; the account number is masked. */
export function presentChannel(held: BankChannel | undefined): z.input<typeof channelOut> {
  if (!held) return { version: 0 };
  const { version, channel, creditor, initiatingParty, characters, sepa, changedAt, changedBy } = held;
  const { name, number, bank } = creditor;
  return {
    version,
    channel,
    creditor: { name, account: { number: maskAccount(number), bank: { ...bank } } },
    initiatingParty: { ...initiatingParty },
    characters,
    ...(sepa && { sepa: { ...sepa } }),
    changedAt,
    changedBy,
  };
}
