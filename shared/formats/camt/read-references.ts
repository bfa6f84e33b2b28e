import { defined } from '../../objects/defined.ts';
import type { References } from '../statement-events.ts';
import { freeTextCharactersMax, refuseLongText } from '../text-limits.ts';
import { tidy } from '../tidy.ts';
import { find, findAll, firstText, textAt, type XmlNode } from '../xml/xml-node.ts';
import { partyName } from './read-parties.ts';

/** What banks write where there is nothing to write. */
const fillers = new Set(['NOTPROVIDED', 'NOT PROVIDED', 'NONREF']);

/** The references of a transaction: its Refs, and those of its structured remittance, purpose and return. */
export function readReferences(details: XmlNode): References {
  const refs = find(details, 'Refs');
  const structured = find(details, 'RmtInf', 'Strd');
  return defined({
    endToEndId: meaningful(textAt(refs, 'EndToEndId')),
    mandateId: meaningful(textAt(refs, 'MndtId')),
    paymentInformationId: textAt(refs, 'PmtInfId'),
    instructionId: meaningful(textAt(refs, 'InstrId')),
    transactionId: meaningful(textAt(refs, 'TxId')),
    messageId: textAt(refs, 'MsgId'),
    accountServicerReference: meaningful(textAt(refs, 'AcctSvcrRef')),
    clearingSystemReference: textAt(refs, 'ClrSysRef'),
    chequeNumber: textAt(refs, 'ChqNb'),
    uetr: textAt(refs, 'UETR'),
    creditorId: creditorId(details),
    creditorReference: textAt(structured, 'CdtrRefInf', 'Ref'),
    documentNumber: textAt(structured, 'RfrdDocInf', 'Nb'),
    purpose: firstText(details, ['Purp', 'Cd'], ['Purp', 'Prtry']),
    returnReason: firstText(details, ['RtrInf', 'Rsn', 'Cd'], ['RtrInf', 'Rsn', 'Prtry'], ['RtrInf', 'AddtlInf']),
    ultimateParty:
      partyName(find(details, 'RltdPties', 'UltmtDbtr')) ?? partyName(find(details, 'RltdPties', 'UltmtCdtr')),
  });
}

export function meaningful(text: string | undefined): string | undefined {
  return text !== undefined && fillers.has(text.toUpperCase()) ? undefined : text;
}

/** A SEPA creditor identifier is the creditor's private id of the scheme SEPA. */
function creditorId(details: XmlNode): string | undefined {
  const creditor = find(details, 'RltdPties', 'Cdtr');
  const id = find(creditor, 'Id') ?? find(creditor, 'Pty', 'Id');
  const other = findAll(find(id, 'PrvtId'), 'Othr').find(
    (one) => textAt(one, 'SchmeNm', 'Prtry') === 'SEPA' || textAt(one, 'SchmeNm', 'Cd') === 'SEPA',
  );
  return textAt(other, 'Id');
}

/**
 * What the payer wrote: the unstructured lines joined as they stand, then what structured remittance adds as text.
 * Structured references stand alone only where there is no text.
 */
export function readRemittance(details: XmlNode): string | undefined {
  const information = find(details, 'RmtInf');
  const lines = findAll(information, 'Ustrd').map(({ text }) => tidy(text));
  const structured = findAll(information, 'Strd');
  lines.push(...structured.flatMap((one) => findAll(one, 'AddtlRmtInf').map(({ text }) => tidy(text))));
  const text = lines.filter(Boolean).join(' ');
  refuseLongText(text, freeTextCharactersMax, `${details.name}/RmtInf`);
  if (text !== '') return text;
  const references = structured.flatMap((one) => [
    textAt(one, 'CdtrRefInf', 'Ref') ?? '',
    ...findAll(one, 'RfrdDocInf').map((document) => textAt(document, 'Nb') ?? ''),
  ]);
  const joined = references.filter(Boolean).join(' ');
  refuseLongText(joined, freeTextCharactersMax, `${details.name}/RmtInf/Strd`);
  return joined || undefined;
}
