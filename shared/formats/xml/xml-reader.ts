import { SaxesParser } from 'saxes';
import { FormatError } from '../format-error.ts';

/** Elements within elements. The deepest of camt is about 20. */
export const depthMax = 64;

/** Characters from one tag to the end of the next: a tag with its attributes, a text, a comment. */
export const pieceCharactersMax = 1024 * 1024;

export interface XmlListener {
  /** `name` without its prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads XML as it comes, block by block, and tells a listener. Well-formed XML only; a document type, and with it every
 * entity of its own, is refused; depth and sizes have limits.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  #depth = 0;
  #opened = false;
  /** Lines and characters before the block now read. */
  #linesBefore = 0;
  #charactersBefore = 0;
  #block = '';
  #lastTagAt = 0;

  constructor(listener: XmlListener) {
    this.#parser.on('opentag', ({ name, attributes }) => {
      this.#opened = true;
      this.#depth += 1;
      if (this.#depth > depthMax) throw new FormatError('xml-too-deep', `More than ${depthMax} elements deep`);
      this.#lastTagAt = this.#parser.position;
      listener.open(localName(name), attributes);
    });
    this.#parser.on('text', (text) => listener.text(text));
    this.#parser.on('cdata', (text) => listener.text(text));
    this.#parser.on('closetag', ({ name }) => {
      this.#depth -= 1;
      this.#lastTagAt = this.#parser.position;
      listener.close(localName(name));
    });
    this.#parser.on('doctype', () => {
      throw new FormatError('doctype-not-allowed', 'The file declares a document type', {
        element: '<!DOCTYPE',
      });
    });
  }

  /** @throws FormatError with the line of the fault. */
  write(block: string): void {
    const text = this.#withoutPadding(block);
    if (text === '') return;
    this.#block = text;
    try {
      this.#parser.write(text);
      if (this.#parser.position - this.#lastTagAt > pieceCharactersMax) {
        throw new FormatError('element-too-large', `An element or text of more than ${pieceCharactersMax} characters`);
      }
    } catch (error) {
      throw this.#located(error);
    }
    this.#linesBefore += countLines(text, text.length);
    this.#charactersBefore += text.length;
  }

  /** @throws FormatError truncated, when elements are open still. */
  end(): void {
    if (!this.#finished) throw new FormatError('truncated', 'The file ends in the middle', { line: this.line });
  }

  /** White space before the XML declaration and filling after the end, which XML forbids and files have. */
  #withoutPadding(block: string): string {
    if (this.#finished) return withoutFilling(block);
    return this.#charactersBefore === 0 ? block.trimStart() : block;
  }

  get #finished(): boolean {
    return this.#opened && this.#depth === 0;
  }

  /** The line that is being read. */
  get line(): number {
    return 1 + this.#linesBefore + countLines(this.#block, this.#parser.position - this.#charactersBefore);
  }

  #located(error: unknown): unknown {
    if (error instanceof FormatError) return error.at({ line: this.line });
    if (!(error instanceof Error)) return error;
    return new FormatError('malformed-xml', error.message, { line: this.line }, { cause: error });
  }
}

const filling = /[\p{Cc}\s]/u;

/** Steps back from the end by hand: a pattern bound to the end is tried from every place, in quadratic time. */
function withoutFilling(text: string): string {
  let end = text.length;
  while (end > 0 && filling.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
