import type { FieldFault } from './payment-message-error.ts';

/**
 * LATIN: the set every bank of SWIFT and SEPA takes, letters and digits without accents, blank and / - ? : ( ) . , ' +.
 * UNICODE: all of it, Chinese too, but for what no text shows: control characters, line ends, marks that turn the
 * direction of writing. What is not in the set is refused, never replaced: a name that was changed is another name.
 */
export type CharacterSet = 'LATIN' | 'UNICODE';

const notLatin = /[^A-Za-z0-9/\-?:().,'+ ]/u;
// Half a surrogate pair (Cs) has no UTF-8; U+FFFE and U+FFFF are not allowed in XML.
const notUnicode = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/u;

export const idLengthMax = 35;
export const nameLengthMax = 140;
export const remittanceLengthMax = 140;
export const accountNumberLengthMax = 34;

/** The faults of a text that must be there. */
export function textFaults(path: string, text: unknown, lengthMax: number, set: CharacterSet): FieldFault[] {
  if (typeof text !== 'string' || text === '') {
    return [{ path, what: 'It is missing', mend: `Give 1 to ${lengthMax} characters.` }];
  }
  const length = lengthOf(text);
  if (length > lengthMax) {
    return [{ path, what: `It has ${length} characters`, mend: `Give ${lengthMax} at the most.` }];
  }
  if (/^\s|\s$/u.test(text)) {
    return [{ path, what: 'It begins or ends with a blank', mend: 'Leave the blank out.' }];
  }
  return characterFaults(path, text, set);
}

/** Of an identification: SEPA allows no slash at its ends and no two in a row. */
export function idFaults(path: string, text: unknown, set: CharacterSet): FieldFault[] {
  const faults = textFaults(path, text, idLengthMax, set);
  if (faults.length > 0 || set === 'UNICODE' || typeof text !== 'string') return faults;
  if (!text.startsWith('/') && !text.endsWith('/') && !text.includes('//')) return [];
  return [{ path, what: 'A slash begins or ends it, or follows another', mend: 'Leave that slash out.' }];
}

function characterFaults(path: string, text: string, set: CharacterSet): FieldFault[] {
  const [character] = (set === 'LATIN' ? notLatin : notUnicode).exec(text) ?? [];
  if (character === undefined) return [];
  const mend =
    set === 'LATIN'
      ? "Write it with letters and digits without accents, blank and / - ? : ( ) . , ' +, or send the message in UNICODE."
      : 'Leave out control characters, line ends and marks of direction.';
  return [{ path, what: `It has the character ${shown(character)}`, mend }];
}

/** Characters as ISO 20022 counts them: 𠮷 is one, though JavaScript stores two. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function shown(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return notUnicode.test(character) ? code : `'${character}' (${code})`;
}
