import { FormatError } from '../format-error.ts';
import type { TextBlock } from '../text-blocks.ts';
import type { XmlNode } from './xml-node.ts';
import { type XmlListener, XmlReader } from './xml-reader.ts';

/** Elements of one part of a message: a header, a balance, a transaction. */
export const elementsPerPartMax = 20_000;

/** Characters of one part of a message. */
const charactersPerPartMax = 4 * 1024 * 1024;

export interface PartListener {
  /** An element opens outside of all parts. True: it holds parts; false: it is one. */
  opensFrame(name: string, attributes: Readonly<Record<string, string>>): boolean;
  closesFrame(name: string): void;
  /** A part, whole. `repaired`: some of its bytes were no UTF-8. */
  takePart(part: XmlNode, repaired: boolean): void;
  /** An element within the open part, whole. True: it has been taken and leaves the tree. */
  takeWithin?(node: XmlNode, part: XmlNode): boolean;
}

/**
 * Reads a message as its text comes and hands over its parts as small trees, one by one. Only the part being read is in
 * memory, and it has limits.
 */
export class PartReader implements XmlListener {
  readonly #listener: PartListener;
  readonly #xml = new XmlReader(this);
  /** The open elements of the part being read, outermost first. */
  #open: XmlNode[] = [];
  #elements = 0;
  #characters = 0;
  #partRepaired = false;
  #repaired = false;

  constructor(listener: PartListener) {
    this.#listener = listener;
  }

  /** @throws FormatError with the line of the fault. */
  write(block: TextBlock): void {
    this.#repaired = block.repaired;
    if (block.repaired) this.#partRepaired = true;
    this.#xml.write(block.text);
  }

  /** @throws FormatError truncated */
  end(): void {
    this.#xml.end();
  }

  /** The line that is being read. */
  get line(): number {
    return this.#xml.line;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length === 0) {
      if (this.#listener.opensFrame(name, attributes)) return;
      this.#elements = 0;
      this.#characters = 0;
      this.#partRepaired = this.#repaired;
    }
    this.#elements += 1;
    if (this.#elements > elementsPerPartMax) {
      throw new FormatError('element-too-large', `More than ${elementsPerPartMax} elements in one`);
    }
    this.#open.push({ name, attributes, text: '', children: [] });
  }

  text(text: string): void {
    const node = this.#open.at(-1);
    if (!node) return;
    node.text += text;
    this.#characters += text.length;
    if (this.#characters > charactersPerPartMax) {
      throw new FormatError('element-too-large', `More than ${charactersPerPartMax} characters in an element`);
    }
  }

  close(name: string): void {
    const node = this.#open.pop();
    if (node) this.#closeNode(node);
    else this.#listener.closesFrame(name);
  }

  /** A closed element joins its parent, unless it is taken; an outermost one is a part. */
  #closeNode(node: XmlNode): void {
    const part = this.#open[0];
    if (!part) this.#listener.takePart(node, this.#partRepaired);
    else if (this.#listener.takeWithin?.(node, part)) this.#forget();
    else this.#open.at(-1)?.children.push(node);
  }

  /** What was taken no longer counts against the limits of the part. */
  #forget(): void {
    this.#elements = this.#open.length;
    this.#characters = 0;
  }
}
