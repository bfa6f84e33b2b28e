import { REFERENCE_LENGTH_MAX } from './obligation.ts';

/** How long a text of an obligation may be, both in characters and in bytes of UTF-8: the item must stay under 1 KB. */
export interface TextSize {
  readonly characters: number;
  readonly bytes: number;
}

export const referenceSize: TextSize = { characters: REFERENCE_LENGTH_MAX, bytes: 128 };
export const descriptionSize: TextSize = { characters: 100, bytes: 160 };
export const reasonSize: TextSize = { characters: 60, bytes: 140 };

/** The longest beginning of a text that has room; no character is cut in two. */
export function shortened(text: string, { characters, bytes }: TextSize): string {
  let left = bytes;
  const kept: string[] = [];
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0 || kept.length === characters) break;
    kept.push(character);
  }
  return kept.join('');
}
