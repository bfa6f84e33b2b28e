import { FormatError, type FormatFault } from '../format-error.ts';
import type { StatementEvent, StatementFormat } from '../statement-events.ts';
import type { TextBlock } from '../text-blocks.ts';
import { freeTextCharactersMax, longText, shortTextCharactersMax } from '../text-limits.ts';
import { LineSplitter } from './line-splitter.ts';
import { MtMessage } from './mt-message.ts';

/** Fields that MT940 and MT942 know. Other `:xx:` at a line's start are text, a time of day for instance. */
const fieldStart = /^:(20|21|25P?|28C?|13D?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]):/;
const envelopeStart = /^\p{Cc}?\{\d:/u;
const applicationHeader = /\{2:[IO](94[02])/;
const kindLine = /^:94([02]):\s*$/;
const messageEnd = /^-(?:\}|[\s\p{Cc}]*$)/u;

/** Lines of one field; field 86 has 6 by the standard, up to 20 by agreement with banks. */
export const linesPerFieldMax = 1_000;

interface OpenField {
  readonly tag: string;
  readonly lines: string[];
  readonly line: number;
  repaired: boolean;
  characters: number;
}

/** Turns MT940 and MT942 files into statement events as their text comes: several messages, with SWIFT envelope or not. */
export class MtParser {
  /** Events of the text so far; the caller takes them out. */
  readonly events: StatementEvent[] = [];
  readonly #splitter: LineSplitter;
  readonly #fileFormat: StatementFormat;
  #format: StatementFormat;
  #formatIsCertain = false;
  #message: MtMessage | undefined;
  #messagesSeen = 0;
  #field: OpenField | undefined;
  #envelopeIsOpen = false;
  /** Whether messages of this file end with a line of their own, so that one without it is cut off. */
  #usesEndLines = false;
  #line = 0;

  constructor(format: StatementFormat, lineEnd: '\n' | '\r') {
    this.#fileFormat = format;
    this.#format = format;
    this.#splitter = new LineSplitter(lineEnd);
  }

  write(block: TextBlock): void {
    this.#splitter.split(block.text, (line, number) => this.#takeLine(withoutMark(line), number, block.repaired));
  }

  /** @throws FormatError truncated, not-a-statement */
  end(): void {
    const cutAt = this.#splitter.rest;
    try {
      this.write({ text: this.#splitter.rest === '' ? '' : '\n', repaired: false });
      this.#finishLast(cutAt);
    } catch (error) {
      throw this.#asTruncation(error);
    }
    if (this.#messagesSeen === 0) {
      throw new FormatError('not-a-statement', 'The file holds no message', { line: this.#line });
    }
  }

  #takeLine(line: string, number: number, repaired: boolean): void {
    this.#line = number;
    const first = line.charCodeAt(0);
    const tag = first === colon ? fieldStart.exec(line)?.[1] : undefined;
    if (tag !== undefined) this.#openField(tag, line.slice(tag.length + 2), number, repaired);
    else if (first === dash && messageEnd.test(line) && this.#mayEnd()) this.#closeMessage(line);
    else if (isEnvelope(line, first)) this.#openEnvelope(line);
    else this.#continueField(line, repaired);
  }

  #openField(tag: string, content: string, line: number, repaired: boolean): void {
    this.#closeField();
    const max = charactersMaxOf(tag);
    if (content.length > max) throw longText(max, `:${tag}:`).at({ line });
    const before = this.#message?.isFollowedBy(tag) ? this.#message : undefined;
    if (before || tag === '20') this.#finishMessage(false);
    this.#field = { tag, lines: [content], line, repaired, characters: content.length };
    if (this.#message) return;
    this.#messagesSeen += 1;
    const emit = (event: StatementEvent) => this.events.push(event);
    this.#message = new MtMessage(this.#format, this.#formatIsCertain, line, emit, before);
  }

  #continueField(line: string, repaired: boolean): void {
    const field = this.#field;
    if (!field || line.trim() === '') return;
    if (field.lines.length >= linesPerFieldMax) {
      const what = `More than ${linesPerFieldMax} lines in a field`;
      throw new FormatError('bad-field', what, { line: this.#line, element: `:${field.tag}:` });
    }
    field.characters += line.length + 1;
    if (field.characters > charactersMaxOf(field.tag)) {
      throw longText(charactersMaxOf(field.tag), `:${field.tag}:`).at({ line: this.#line });
    }
    field.lines.push(line);
    field.repaired ||= repaired;
  }

  #closeField(): void {
    const field = this.#field;
    this.#field = undefined;
    if (field) this.#message?.take(field);
  }

  /** A lone dash within the text of an unfinished statement is text. */
  #mayEnd(): boolean {
    if (this.#envelopeIsOpen || this.#field?.tag !== '86') return true;
    return this.#message?.isComplete ?? true;
  }

  #closeMessage(line: string): void {
    this.#closeField();
    this.#finishMessage(true);
    this.#usesEndLines = true;
    this.#envelopeIsOpen = false;
    const next = line.indexOf('{4:');
    if (next >= 0) this.#openEnvelope(line);
  }

  /** What surrounds messages: SWIFT blocks 1 to 4, or the line `:940:` of some banks. It says what kind comes next. */
  #openEnvelope(line: string): void {
    this.#closeField();
    this.#finishMessage(false);
    const kind =
      applicationHeader.exec(line)?.[1] ?? (kindLine.test(line) ? `94${kindLine.exec(line)?.[1]}` : undefined);
    this.#formatIsCertain = kind !== undefined;
    this.#format = kind === undefined ? this.#fileFormat : kind === '942' ? 'MT942' : 'MT940';
    if (line.includes('{4:')) this.#envelopeIsOpen = true;
  }

  #finishMessage(hasEnd: boolean): void {
    const message = this.#message;
    this.#message = undefined;
    message?.finish(hasEnd);
  }

  #finishLast(cutAt: string): void {
    const message = this.#message;
    const isInterim = message?.isInterim ?? false;
    this.#closeField();
    this.#finishMessage(false);
    const cutInTag = message !== undefined && cutAt.startsWith(':') && !fieldStart.test(cutAt);
    const unended = message !== undefined && (this.#usesEndLines || (isInterim && cutAt !== ''));
    if (cutInTag || unended || this.#envelopeIsOpen) {
      throw new FormatError('truncated', 'The file ends within a message', { line: this.#line });
    }
  }

  /** What breaks the format in the very last line is what is left of a line that was cut off. */
  #asTruncation(error: unknown): unknown {
    if (!(error instanceof FormatError) || keptReasons.has(error.reason)) return error;
    if (error.position.line === undefined || error.position.line < this.#line) return error;
    return new FormatError('truncated', 'The file ends within a field', error.position, { cause: error });
  }
}

/** Faults that are what they are at the end of a file too. */
const keptReasons = new Set<FormatFault>(['truncated', 'line-too-long', 'element-too-large']);

const [colon, dash, brace, startOfHeader, byteOrderMark] = [0x3a, 0x2d, 0x7b, 0x01, 0xfeff];

/** Field 86 is free text, the others are codes, amounts, references and names. */
function charactersMaxOf(tag: string): number {
  return tag === '86' ? freeTextCharactersMax : shortTextCharactersMax;
}

/** A byte order mark stands before each file of several that were put into one. */
function withoutMark(line: string): string {
  return line.charCodeAt(0) === byteOrderMark ? line.slice(1) : line;
}

function isEnvelope(line: string, first: number): boolean {
  if (first === colon) return kindLine.test(line);
  return (first === brace || first === startOfHeader) && envelopeStart.test(line);
}
