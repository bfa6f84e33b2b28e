import { FormatError } from './format-error.ts';

/** Characters of an identifier, a type, a name, a reference. ISO 20022 and SWIFT allow 350 at the most. */
export const shortTextCharactersMax = 1_000;

/** Characters of a free text: remittance joined, what the bank adds, MT field 86. */
export const freeTextCharactersMax = 50_000;

/** @throws FormatError element-too-large: a long text is refused, never cut. */
export function refuseLongText(text: string, charactersMax: number, element: string): void {
  if (text.length > charactersMax) throw longText(charactersMax, element);
}

export function longText(charactersMax: number, element: string): FormatError {
  return new FormatError('element-too-large', `A text of more than ${charactersMax} characters`, { element });
}
