import { defined, definedOrNone } from '../../objects/defined.ts';
import type { Counterparty, CreditDebit } from '../statement-events.ts';
import { find, firstText, textAt, type XmlNode } from '../xml/xml-node.ts';

/** Both parties of a transaction (TxDtls), by the roles the message gives them. */
export interface Parties {
  readonly debtor?: Counterparty;
  readonly creditor?: Counterparty;
}

export function readParties(details: XmlNode): Parties {
  return defined({ debtor: readSide(details, 'Dbtr'), creditor: readSide(details, 'Cdtr') });
}

/**
 * The other party: who paid what came in, who got what went out. In the reversal of a payment the parties keep the roles
 * of the payment itself, so there it is the other side. Where that side is missing or is the account's own, its opposite
 * is taken.
 */
export function chooseCounterparty(
  { debtor, creditor }: Parties,
  creditDebit: CreditDebit,
  reversal: boolean,
  ownAccount: string | undefined,
): Counterparty | undefined {
  const payerSide = (creditDebit === 'CREDIT') !== reversal;
  const [party, opposite] = payerSide ? [debtor, creditor] : [creditor, debtor];
  const isOther = (one: Counterparty) => one.account === undefined || one.account !== ownAccount;
  if (party && isOther(party)) return party;
  return opposite && isOther(opposite) ? opposite : party;
}

function readSide(details: XmlNode, side: 'Dbtr' | 'Cdtr'): Counterparty | undefined {
  const parties = find(details, 'RltdPties');
  const party = definedOrNone({
    name: partyName(find(parties, side)) ?? partyName(find(parties, `Ultmt${side}`)),
    account: readAccountNumber(find(parties, `${side}Acct`)),
  });
  const bic = readBic(find(details, 'RltdAgts', `${side}Agt`, 'FinInstnId'));
  return party || bic ? defined({ ...party, bic }) : undefined;
}

/** Up to version 7 `Dbtr/Nm`, after it `Dbtr/Pty/Nm`. */
export function partyName(party: XmlNode | undefined): string | undefined {
  return firstText(party, ['Nm'], ['Pty', 'Nm'], ['Agt', 'FinInstnId', 'Nm']);
}

export function readAccountNumber(account: XmlNode | undefined): string | undefined {
  return firstText(account, ['Id', 'IBAN'], ['Id', 'Othr', 'Id'], ['Id', 'PrtryAcct', 'Id'], ['Id', 'BBAN']);
}

/** Up to version 3 `BIC`, after it `BICFI`. */
export function readBic(institution: XmlNode | undefined): string | undefined {
  return textAt(institution, 'BICFI') ?? textAt(institution, 'BIC');
}
