import { FormatError } from '../format-error.ts';
import type { StatementEvent, StatementFormat, StatementHeader, TrailerFlag } from '../statement-events.ts';
import { tidy } from '../tidy.ts';
import { Figures } from './figures.ts';
import { InformationLines } from './information-lines.ts';
import { joinLines } from './join-lines.ts';
import { HeaderFields } from './message-header.ts';
import { type OpenEntry, toEntry } from './mt-entry.ts';
import { readStatementLine } from './statement-line.ts';

/** A field with its lines, ready to be read. */
export interface Field {
  readonly tag: string;
  readonly lines: readonly string[];
  readonly line: number;
  readonly repaired: boolean;
}

const balanceTag = /^6[0245]/;

/** Fields that a statement begins with. */
const startTag = /^(?:25P?|28C?|60[FM])$/;

/** One MT940 or MT942 message: a statement, or a page of one. Fields go in, events come out. */
export class MtMessage {
  readonly #emit: (event: StatementEvent) => void;
  /** Where it begins in the file. */
  readonly #startLine: number;
  #format: StatementFormat;
  readonly #formatIsCertain: boolean;
  readonly #fields: HeaderFields;
  #header: StatementHeader | undefined;
  #entry: OpenEntry | undefined;
  #entries = 0;
  readonly #figures: Figures;
  readonly #information = new InformationLines();
  readonly #flags = new Set<TrailerFlag>();

  /**
   * `format`: of its envelope, which is certain, or assumed of the file and mended by the fields. `before`: the statement
   * before it in the same message.
   */
  constructor(
    format: StatementFormat,
    formatIsCertain: boolean,
    startLine: number,
    emit: (event: StatementEvent) => void,
    before?: MtMessage,
  ) {
    this.#fields = new HeaderFields(before ? before.#fields : undefined);
    this.#figures = new Figures(this.#flags);
    this.#format = before ? before.#format : format;
    this.#formatIsCertain = formatIsCertain;
    this.#startLine = startLine;
    this.#emit = emit;
  }

  /** Whether nothing that the format demands is missing: the closing balance of an MT940. */
  get isComplete(): boolean {
    return this.#format === 'MT942' || this.#figures.isClosed;
  }

  get isInterim(): boolean {
    return this.#format === 'MT942';
  }

  /** Whether a field begins the next statement: one that statements begin with, behind lines, totals or the closing balance. */
  isFollowedBy(tag: string): boolean {
    const { hasTotals, isClosed } = this.#figures;
    return startTag.test(tag) && (this.#entry !== undefined || this.#entries > 0 || hasTotals || isClosed);
  }

  /** @throws FormatError bad-field, missing-field and those of amounts, with the line. */
  take(field: Field): void {
    try {
      this.#read(field);
    } catch (error) {
      throw error instanceof FormatError ? error.at({ line: field.line }) : error;
    }
  }

  #read(field: Field): void {
    if (field.tag === '86') {
      this.#takeInformation(field);
      return;
    }
    this.#flushEntry();
    if (field.tag === '61') {
      this.#takeLine(field);
      return;
    }
    if (field.repaired) this.#flags.add('TEXT_NOT_UTF8');
    const content = (field.lines[0] ?? '').trim();
    if (balanceTag.test(field.tag)) this.#takeBalance(field.tag, content);
    else if (field.tag.startsWith('90')) {
      this.#openHeader();
      this.#figures.takeTotal(field.tag, content);
    } else this.#takeHeaderField(field, content);
  }

  #takeHeaderField({ tag, lines }: Field, content: string): void {
    if (tag === '34F') this.#figures.takeFloorLimit(content);
    else this.#fields.take(tag, lines);
    const isInterimField = tag === '34F' || tag === '13' || tag === '13D';
    if (isInterimField && !this.#formatIsCertain && !this.#figures.hasBalances) this.#format = 'MT942';
  }

  #takeBalance(tag: string, content: string): void {
    const { type } = this.#figures.takeBalance(tag, content);
    if (type !== 'OPBD') this.#openHeader();
    else if (!this.#formatIsCertain && !this.#header) this.#format = 'MT940';
  }

  #takeLine({ lines, repaired }: Field): void {
    const { account } = this.#openHeader();
    if (this.#figures.isClosed) {
      throw new FormatError('bad-field', 'An entry after the closing balance', { element: ':61:' });
    }
    if (account.currency === undefined) {
      throw new FormatError('missing-field', 'No field says the currency of the entries', {
        element: ':60F:',
      });
    }
    const [first = '', ...supplementary] = lines;
    const line = readStatementLine(first, account.currency);
    this.#entry = { line, supplementary, information: new InformationLines(), repaired };
  }

  /** Field 86 belongs to the entry before it, else to the statement. */
  #takeInformation({ lines, repaired }: Field): void {
    if (this.#entry) {
      this.#entry.information.add(lines);
      this.#entry.repaired ||= repaired;
      return;
    }
    this.#information.add(lines);
    if (repaired) this.#flags.add('TEXT_NOT_UTF8');
  }

  /** An entry is complete when the next field but 86 comes. */
  #flushEntry(): void {
    if (!this.#entry) return;
    this.#entries += 1;
    const currency = this.#openHeader().account.currency ?? '';
    const entry = toEntry(this.#entry, this.#entries, currency);
    this.#entry = undefined;
    this.#emit({ kind: 'entry', entry });
  }

  /** The header goes out with the first field that is none of it. */
  #openHeader(): StatementHeader {
    if (this.#header) return this.#header;
    this.#header = this.#fields.read(this.#format, this.#figures.currency);
    for (const flag of this.#fields.flags) this.#flags.add(flag);
    this.#emit({ kind: 'statement', header: this.#header });
    return this.#header;
  }

  /**
   * `hasEnd`: whether a line says that the message ends here.
   * @throws FormatError truncated, when an MT940 has no closing balance
   */
  finish(hasEnd: boolean): void {
    this.#flushEntry();
    if (!this.isComplete) {
      const what = 'The statement that begins here has no closing balance';
      throw new FormatError('truncated', what, { line: this.#startLine, element: ':62F:' });
    }
    this.#openHeader();
    if (this.isInterim && !hasEnd && !this.#figures.hasTotals) this.#flags.add('END_MISSING');
    const information = tidy(joinLines(this.#information.lines));
    this.#emit({
      kind: 'end',
      trailer: {
        ...this.#figures.inTrailer(),
        entries: this.#entries,
        ...(information && { information }),
        flags: [...this.#flags],
      },
    });
  }
}
