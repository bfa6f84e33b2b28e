import { FormatError } from '../format-error.ts';

/** Characters of one line; a file without line ends is none of these. */
export const lineCharactersMax = 64 * 1024;

/** Cuts blocks of text into lines, however the blocks lie over them. CRLF, LF or CR, as the file has it. */
export class LineSplitter {
  readonly #lineEnd: '\n' | '\r';
  #rest = '';
  /** Lines handed out so far. */
  #lines = 0;

  constructor(lineEnd: '\n' | '\r') {
    this.#lineEnd = lineEnd;
  }

  get rest(): string {
    return this.#rest;
  }

  /** @throws FormatError line-too-long */
  split(text: string, take: (line: string, number: number) => void): void {
    const lines = (this.#rest + text).split(this.#lineEnd);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#lines += 1;
      refuseLong(line, this.#lines);
      take(line.endsWith('\r') ? line.slice(0, -1) : line, this.#lines);
    }
    refuseLong(this.#rest, this.#lines + 1);
  }
}

function refuseLong(text: string, line: number): void {
  if (text.length <= lineCharactersMax) return;
  throw new FormatError('line-too-long', `A line of more than ${lineCharactersMax} characters`, { line });
}
