import { holderFaults } from '../../../shared/formats/pain/check-holder.ts';
import { headerFaults } from '../../../shared/formats/pain/check-terms.ts';
import { idFaults } from '../../../shared/formats/pain/check-text.ts';
import { checkIban } from '../../../shared/identifiers/iban.ts';
import { holderOf } from '../gateway/iso/holder.ts';
import type { ChannelContent } from './bank-channel.ts';

export interface ChannelFault {
  /** As the caller sent it. */
  readonly path: readonly string[];
  readonly detail: string;
}

/** Where a field of a message stands in a request, where that differs. */
const sentAs: Readonly<Record<string, string>> = {
  'creditor.account.iban': 'creditor.account.number',
  'creditor.agent.bic': 'creditor.account.bank.bic',
  'creditor.agent.clearing.code': 'creditor.account.bank.cnaps',
};

/** What a bank would refuse in every message of a channel. */
export function channelFaults({ creditor, initiatingParty, characters, sepa }: ChannelContent): ChannelFault[] {
  const header = { messageId: 'M', createdAt: '2026-01-01T00:00:00Z', initiatingParty };
  const faults = [
    ...holderFaults('creditor', holderOf(creditor), characters),
    ...headerFaults(header, characters),
    ...(sepa ? idFaults('sepa.creditorId', sepa.creditorId, characters) : []),
  ].map(({ path, what, mend }) => ({ path: (sentAs[path] ?? path).split('.'), detail: `${what}. ${mend}` }));
  return [...faults, ...ibanFaults(creditor.number)];
}

/** Letters, then digits: nothing but an IBAN begins like that. */
function ibanFaults(number: string): ChannelFault[] {
  const fault = /^[A-Z]{2}[0-9]{2}/i.test(number) ? checkIban(number) : undefined;
  return fault === undefined ? [] : [{ path: ['creditor', 'account', 'number'], detail: fault }];
}
