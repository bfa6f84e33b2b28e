import { defined, definedOrNone } from '../../objects/defined.ts';
import { exactTextAt, find, type XmlNode } from '../xml/xml-node.ts';
import type { AccountHolder, AccountIdentification, Agent, ClearingMember } from './payment-message.ts';
import { missing, type PlacedNode, requiredText } from './read-fields.ts';
import type { Role } from './write-parts.ts';

/** Debtor or creditor with account and bank, from the element that holds the three. */
export function readHolder(parent: PlacedNode, role: Role): AccountHolder {
  return {
    name: requiredText(parent, role, 'Nm'),
    account: readAccount(parent, role),
    ...defined({ agent: readAgent(parent, role) }),
  };
}

function readAccount({ node, place }: PlacedNode, role: Role): AccountIdentification {
  const id = find(node, `${role}Acct`, 'Id');
  const iban = exactTextAt(id, 'IBAN');
  if (iban !== undefined) return { iban };
  const number = exactTextAt(id, 'Othr', 'Id');
  if (number === undefined) throw missing(`${place}/${role}Acct/Id`);
  return { number };
}

/** Nothing where the bank is not named by a code, as with NOTPROVIDED. Up to version 3 `BIC`, after it `BICFI`. */
function readAgent({ node }: PlacedNode, role: Role): Agent | undefined {
  const institution = find(node, `${role}Agt`, 'FinInstnId');
  const bic = exactTextAt(institution, 'BICFI') ?? exactTextAt(institution, 'BIC');
  return definedOrNone({ bic, clearing: readClearing(find(institution, 'ClrSysMmbId')) });
}

function readClearing(member: XmlNode | undefined): ClearingMember | undefined {
  const code = exactTextAt(member, 'MmbId');
  if (code === undefined) return undefined;
  return { code, ...defined({ system: exactTextAt(member, 'ClrSysId', 'Cd') }) };
}
