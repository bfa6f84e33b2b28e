/** Field 86 taken apart. */
export interface Subfields {
  /** The remittance text from one keyword (`EREF+`, `SVWZ+`) to the next; before the first the keyword is empty. */
  readonly parts: readonly { readonly keyword: string; readonly text: string }[];
  /** Subfields with a place of their own, by number. */
  readonly fields: ReadonlyMap<string, string>;
  /** The booking text and every subfield that has no place. */
  readonly others: string;
}

const structured = /^\d{3}([?<>])\d\d/;

/** What parts the subfields of a structured field 86 (three digits of transaction code, then `?00…`), if it is one. */
export function structuredBy(content: string): string | undefined {
  return structured.exec(content)?.[1];
}

const placed = new Set(['10', '30', '31', '32', '33', '34', '38']);

/** Remittance subfields (20 to 29, 60 to 69) run on into each other, from one keyword to the next. */
export function splitSubfields(text: string, separator: string): Subfields {
  const parts: { keyword: string; text: string }[] = [];
  const fields = new Map<string, string>();
  let others = '';
  for (let start = 0; start >= 0; ) {
    const next = nextSubfield(text, separator, start + 1);
    const key = text.slice(start + 1, start + 3);
    const value = text.slice(start + 3, next < 0 ? text.length : next);
    if (key[0] === '2' || key[0] === '6') addRemittance(parts, value);
    else if (placed.has(key)) fields.set(key, (fields.get(key) ?? '') + value);
    else others += others === '' ? value : ` ${value}`;
    start = next;
  }
  return { parts, fields, others };
}

/** Where a separator with two digits behind it stands, from a place on. */
function nextSubfield(text: string, separator: string, from: number): number {
  let at = text.indexOf(separator, from);
  while (at >= 0 && !(isDigit(text.charCodeAt(at + 1)) && isDigit(text.charCodeAt(at + 2)))) {
    at = text.indexOf(separator, at + 1);
  }
  return at;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Keywords stand at the start of a subfield only; MTLG is the bank's own message. */
const keywordStart = /^(?:([A-Z]{4})\+|(MTLG):)/;

function addRemittance(parts: { keyword: string; text: string }[], value: string): void {
  const start = keywordStart.exec(value);
  const last = parts.at(-1);
  if (start) parts.push({ keyword: start[1] ?? start[2] ?? '', text: value.slice(start[0].length) });
  else if (last) last.text += value;
  else parts.push({ keyword: '', text: value });
}
