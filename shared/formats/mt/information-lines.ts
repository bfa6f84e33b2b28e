import { freeTextCharactersMax, longText } from '../text-limits.ts';

/** The lines of field 86 of one entry, or of the statement, however many fields they come in. */
export class InformationLines {
  readonly lines: string[] = [];
  #characters = 0;

  /** @throws FormatError element-too-large */
  add(lines: readonly string[]): void {
    for (const line of lines) this.#characters += line.length + 1;
    if (this.#characters > freeTextCharactersMax) throw longText(freeTextCharactersMax, ':86:');
    this.lines.push(...lines);
  }
}
