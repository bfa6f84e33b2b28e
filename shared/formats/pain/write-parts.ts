import { formatAmount } from '../../money/amount.ts';
import { element, textElement } from '../xml/write-xml.ts';
import type { Totals } from './message-form.ts';
import type { AccountHolder, Agent, MessageHeader, PaymentTerms, PaymentTransaction } from './payment-message.ts';

/** Elements that collections and transfers share. Each function gives its elements in the order of the schema. */

export function groupHeader({ messageId, createdAt, initiatingParty }: MessageHeader, totals: Totals): string {
  const { name, id } = initiatingParty;
  const identification = element('Id', element('OrgId', element('Othr', textElement('Id', id))));
  return element(
    'GrpHdr',
    textElement('MsgId', messageId) +
      textElement('CreDtTm', createdAt) +
      totalElements(totals) +
      element('InitgPty', textElement('Nm', name) + identification),
  );
}

/** PmtInfId to PmtTpInf. */
export function termsHead(terms: PaymentTerms, method: 'DD' | 'TRF', totals: Totals, sequenceType?: string): string {
  const { paymentInformationId, batchBooking, serviceLevel, localInstrument, categoryPurpose } = terms;
  return (
    textElement('PmtInfId', paymentInformationId) +
    textElement('PmtMtd', method) +
    textElement('BtchBookg', batchBooking === undefined ? undefined : String(batchBooking)) +
    totalElements(totals) +
    element(
      'PmtTpInf',
      element('SvcLvl', textElement('Cd', serviceLevel)) +
        element('LclInstrm', textElement('Cd', localInstrument)) +
        textElement('SeqTp', sequenceType) +
        element('CtgyPurp', textElement('Cd', categoryPurpose)),
    )
  );
}

function totalElements({ count, sum }: Totals): string {
  return textElement('NbOfTxs', String(count)) + textElement('CtrlSum', sum);
}

export function paymentId({ instructionId, endToEndId }: PaymentTransaction): string {
  return element('PmtId', textElement('InstrId', instructionId) + textElement('EndToEndId', endToEndId));
}

export function instructedAmount({ amount, currency }: PaymentTransaction): string {
  return `<InstdAmt Ccy="${currency}">${formatAmount(amount, currency)}</InstdAmt>`;
}

/** Purp and RmtInf, which end a transaction. */
export function purposeAndRemittance({ purpose, remittance, creditorReference }: PaymentTransaction): string {
  const type = element('Tp', element('CdOrPrtry', textElement('Cd', 'SCOR')));
  const reference =
    creditorReference === undefined ? '' : element('CdtrRefInf', type + textElement('Ref', creditorReference));
  return (
    element('Purp', textElement('Cd', purpose)) +
    element('RmtInf', textElement('Ustrd', remittance) + element('Strd', reference))
  );
}

export type Role = 'Cdtr' | 'Dbtr';

export function party(role: Role, { name }: AccountHolder): string {
  return element(role, textElement('Nm', name));
}

export function account(role: Role, { account: { iban, number } }: AccountHolder): string {
  const id = iban === undefined ? element('Othr', textElement('Id', number)) : textElement('IBAN', iban);
  return element(`${role}Acct`, element('Id', id));
}

/** What stands for a bank that is not named where the schema demands one. */
export const agentNotProvided = 'NOTPROVIDED';

/** The agent that the schema demands. */
export function agent(role: Role, { agent: known }: AccountHolder): string {
  const institution = known ? institutionOf(known) : element('Othr', textElement('Id', agentNotProvided));
  return element(`${role}Agt`, element('FinInstnId', institution));
}

/** The agent where it is known. */
export function agentIfKnown(role: Role, holder: AccountHolder): string {
  return holder.agent ? agent(role, holder) : '';
}

function institutionOf({ bic, clearing }: Agent): string {
  const system = element('ClrSysId', textElement('Cd', clearing?.system));
  return textElement('BICFI', bic) + element('ClrSysMmbId', system + textElement('MmbId', clearing?.code));
}
