import { defined, definedOrNone } from '../../objects/defined.ts';
import type { Counterparty, ReferenceName, References } from '../statement-events.ts';
import { tidy } from '../tidy.ts';
import { joinLines } from './join-lines.ts';
import { type Subfields, splitSubfields, structuredBy } from './subfields.ts';

/** What field 86 says of an entry. */
export interface EntryInformation {
  readonly remittance?: string;
  readonly additional?: string;
  readonly counterparty?: Counterparty;
  readonly references: References;
}

/** Reads field 86: structured into subfields as German banks write it, or plain text. */
export function readInformation(lines: readonly string[]): EntryInformation {
  const content = joinLines(lines);
  const separator = structuredBy(content);
  if (separator !== undefined) return readStructured(content.slice(0, 3), splitSubfields(content.slice(3), separator));
  const remittance = tidy(content);
  return remittance === '' ? { references: {} } : { references: {}, remittance };
}

const referenceByKeyword: Record<string, ReferenceName> = {
  EREF: 'endToEndId',
  KREF: 'customerReference',
  MREF: 'mandateId',
  CRED: 'creditorId',
  DEBT: 'originatorId',
  PURP: 'purpose',
  ABWA: 'ultimateParty',
  ABWE: 'ultimateParty',
};

/** Subfields 30 to 34 and 38 as the German banking industry's data formats (DFÜ agreement, appendix 3) place them. */
function readStructured(code: string, { parts, fields, others }: Subfields): EntryInformation {
  const references: Partial<Record<ReferenceName, string>> = { businessTransactionCode: code };
  let remittance = '';
  for (const { keyword, text } of parts) {
    const name = referenceByKeyword[keyword];
    const tidied = tidy(text);
    if (name === undefined) remittance += remittance === '' ? tidied : ` ${tidied}`;
    else if (tidied !== '' && tidied !== 'NOTPROVIDED' && tidied !== 'NONREF') references[name] = tidied;
  }
  const take = (key: string) => tidy(fields.get(key) ?? '') || undefined;
  const [primaNota, textKeyExtension] = [take('10'), take('34')];
  if (primaNota !== undefined) references.primaNota = primaNota;
  if (textKeyExtension !== undefined) references.textKeyExtension = textKeyExtension;
  const name = tidy((fields.get('32') ?? '') + (fields.get('33') ?? '')) || undefined;
  return {
    references,
    ...defined({
      remittance: remittance || undefined,
      additional: tidy(others) || undefined,
      counterparty: definedOrNone({ name, account: take('31') ?? take('38'), bic: take('30') }),
    }),
  };
}
