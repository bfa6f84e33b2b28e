import { defined, definedOrNone } from '../defined.ts';
import type { Counterparty, CreditDebit } from '../statement-events.ts';
import { find, firstText, textAt, type XmlNode } from './xml-node.ts';

type Side = 'Dbtr' | 'Cdtr';

/**
 * The other party of a transaction (TxDtls): who paid what came in, who got what went out. In the reversal of a payment
 * the parties keep the roles of the payment itself, so there it is the other side. Where that side is missing or is the
 * account's own, its opposite is taken.
 */
export function readCounterparty(
  details: XmlNode,
  creditDebit: CreditDebit,
  reversal: boolean,
  ownAccount: string | undefined,
): Counterparty | undefined {
  const side: Side = (creditDebit === 'CREDIT') !== reversal ? 'Dbtr' : 'Cdtr';
  const party = readSide(details, side);
  if (party && (party.account === undefined || party.account !== ownAccount)) return party;
  const opposite = readSide(details, side === 'Dbtr' ? 'Cdtr' : 'Dbtr');
  return opposite && (opposite.account === undefined || opposite.account !== ownAccount) ? opposite : party;
}

function readSide(details: XmlNode, side: Side): Counterparty | undefined {
  const parties = find(details, 'RltdPties');
  const institution = find(details, 'RltdAgts', `${side}Agt`, 'FinInstnId');
  const party = definedOrNone({
    name: partyName(find(parties, side)) ?? partyName(find(parties, `Ultmt${side}`)),
    account: readAccountNumber(find(parties, `${side}Acct`)),
  });
  const bic = readBic(institution);
  return party && defined({ ...party, bic });
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
