import { checkBic } from '../../identifiers/bic.ts';
import { checkCnaps } from '../../identifiers/cnaps.ts';
import { checkIban } from '../../identifiers/iban.ts';
import { accountNumberLengthMax, type CharacterSet, idFaults, nameLengthMax, textFaults } from './check-text.ts';
import type { AccountHolder, AccountIdentification, Agent, ClearingMember } from './payment-message.ts';
import type { FieldFault } from './payment-message-error.ts';

/** The clearing system whose codes have a check digit that is looked at. */
export const cnapsSystem = 'CNAPS';

/** The faults of a debtor or creditor with account and bank. An account number that is no IBAN is not judged (no Luhn). */
export function holderFaults(path: string, holder: AccountHolder | undefined, set: CharacterSet): FieldFault[] {
  if (!holder) return [{ path, what: 'It is missing', mend: 'Give name and account.' }];
  return [
    ...textFaults(`${path}.name`, holder.name, nameLengthMax, set),
    ...accountFaults(`${path}.account`, holder.account, set),
    ...(holder.agent ? agentFaults(`${path}.agent`, holder.agent, set) : []),
  ];
}

function accountFaults(path: string, account: AccountIdentification | undefined, set: CharacterSet): FieldFault[] {
  const { iban, number } = account ?? {};
  if ((iban === undefined) === (number === undefined)) {
    const what = iban === undefined ? 'It is missing' : 'It has an IBAN and a number';
    return [{ path, what, mend: 'Give either iban or number.' }];
  }
  if (iban === undefined) return textFaults(`${path}.number`, number, accountNumberLengthMax, set);
  return formFaults(`${path}.iban`, ibanFault(iban), 'Compare it with what the account holder gave.');
}

function ibanFault(iban: string): string | undefined {
  if (!/^[A-Z0-9]*$/.test(iban)) return 'An IBAN in a message is capitals and digits without blanks.';
  return checkIban(iban);
}

function agentFaults(path: string, { bic, clearing }: Agent, set: CharacterSet): FieldFault[] {
  if (bic === undefined && clearing === undefined) {
    return [{ path, what: 'It names no bank', mend: 'Give bic or clearing, or leave the agent out.' }];
  }
  return [
    ...(bic === undefined ? [] : formFaults(`${path}.bic`, checkBic(bic), 'Compare it with the BIC of the bank.')),
    ...(clearing === undefined ? [] : clearingFaults(`${path}.clearing`, clearing, set)),
  ];
}

function clearingFaults(path: string, { system, code }: ClearingMember, set: CharacterSet): FieldFault[] {
  if (system !== undefined && !/^[A-Z0-9]{1,5}$/.test(system)) {
    const mend = "Give a code of ISO's list, such as CNAPS, of at most 5 capitals and digits.";
    return [{ path: `${path}.system`, what: 'It is no clearing system', mend }];
  }
  if (system !== cnapsSystem) return idFaults(`${path}.code`, code, set);
  return formFaults(`${path}.code`, checkCnaps(code), 'Compare it with the bank code of the branch.');
}

function formFaults(path: string, fault: string | undefined, mend: string): FieldFault[] {
  return fault === undefined ? [] : [{ path, what: fault.replace(/\.$/, ''), mend }];
}
