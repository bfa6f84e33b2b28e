import { defined, definedOrNone } from '../defined.ts';
import type { Counterparty, ReferenceName, References } from '../statement-events.ts';

/** What field 86 says of an entry. */
export interface EntryInformation {
  readonly remittance?: string;
  readonly additional?: string;
  readonly counterparty?: Counterparty;
  readonly references: References;
}

/** Characters of a full line of field 86. A line that long was cut by the width, a shorter one ends by itself. */
const lineWidth = 65;

/**
 * Reads field 86: structured, as German banks write it (three digits of transaction code, then subfields `?00` to
 * `?63`), or plain text.
 */
export function readInformation(lines: readonly string[]): EntryInformation {
  const content = joinLines(lines);
  const separator = structured.exec(content)?.[1];
  if (separator === undefined) return { references: {}, ...defined({ remittance: tidy(content) }) };
  return readSubfields(content, separator);
}

/** Any text over several lines; a word that was cut in two by the width is whole again. */
export function joinLines(lines: readonly string[]): string {
  let text = lines[0] ?? '';
  for (let at = 1; at < lines.length; at += 1) {
    const [before = '', line = ''] = [lines[at - 1], lines[at]];
    const cut = before.length >= lineWidth || /^[?<>]\d/.test(line) || /[?<>]\d?$/.test(before);
    text += cut ? line : ` ${line}`;
  }
  return text;
}

const structured = /^\d{3}([?<>])\d\d/;

/** Keywords that begin a part of the remittance text, always at the start of a subfield. */
const keyword = /^(?:([A-Z]{4})\+|MTLG:)/;

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

interface Subfields {
  readonly parts: { readonly key: string; text: string }[];
  readonly fields: Map<string, string>;
}

function readSubfields(content: string, separator: string): EntryInformation {
  const { parts, fields } = splitSubfields(content.slice(3), separator);
  const references: Partial<Record<ReferenceName, string>> = { businessTransactionCode: content.slice(0, 3) };
  const remittance: string[] = [];
  for (const { key, text } of parts) {
    const name = referenceByKeyword[key];
    const trimmed = tidy(text);
    if (trimmed === undefined) continue;
    if (name === undefined) remittance.push(trimmed);
    else if (trimmed !== 'NOTPROVIDED' && trimmed !== 'NONREF') references[name] = trimmed;
  }
  const take = (...keys: string[]) => tidy(keys.map((key) => fields.get(key) ?? '').join(''));
  return {
    references: defined({ ...references, primaNota: take('10'), textKeyExtension: take('34') }),
    ...defined({
      remittance: remittance.join(' ') || undefined,
      additional: readAdditional(fields),
      counterparty: definedOrNone({ name: take('32', '33'), account: take('31') ?? take('38'), bic: take('30') }),
    }),
  };
}

const remittanceSubfield = /^[26]\d$/;

/** Remittance subfields run on into each other, from one keyword to the next; the others stand for themselves. */
function splitSubfields(text: string, separator: string): Subfields {
  const parts: Subfields['parts'] = [];
  const fields = new Map<string, string>();
  for (const piece of text.split(subfieldStart[separator] ?? separator)) {
    const [key, value] = [piece.slice(0, 2), piece.slice(2)];
    if (!remittanceSubfield.test(key)) {
      fields.set(key, (fields.get(key) ?? '') + value);
      continue;
    }
    const start = keyword.exec(value);
    const last = parts.at(-1);
    if (start) parts.push({ key: start[1] ?? 'MTLG', text: value.slice(start[0].length) });
    else if (last) last.text += value;
    else parts.push({ key: '', text: value });
  }
  return { parts, fields };
}

const subfieldStart: Record<string, RegExp> = { '?': /\?(?=\d\d)/, '<': /<(?=\d\d)/, '>': />(?=\d\d)/ };

const placed = new Set(['10', '30', '31', '32', '33', '34', '38']);

/** The booking text, and every subfield that has no place of its own. */
function readAdditional(fields: ReadonlyMap<string, string>): string | undefined {
  const rest = [...fields].filter(([key]) => !placed.has(key));
  return tidy(rest.map(([, value]) => value).join(' '));
}

function tidy(text: string): string | undefined {
  return text.replace(/\s+/g, ' ').trim() || undefined;
}
