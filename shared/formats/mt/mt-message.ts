import { defined } from '../defined.ts';
import { detached } from '../detached.ts';
import type {
  DeclaredTotal,
  FloorLimit,
  StatementBalance,
  StatementEvent,
  StatementFormat,
  StatementHeader,
  TrailerFlag,
} from '../statement-events.ts';
import { StatementFormatError } from '../statement-format-error.ts';
import { tidy } from '../tidy.ts';
import { currencySuffix, readAccountField } from './account-field.ts';
import { readBalanceField, readFloorLimit, readTotalField } from './balance-field.ts';
import { joinLines } from './join-lines.ts';
import { type OpenEntry, toEntry } from './mt-entry.ts';
import { readStatementLine } from './statement-line.ts';

/** A field with its lines, ready to be read. */
export interface Field {
  readonly tag: string;
  readonly lines: readonly string[];
  readonly line: number;
  readonly repaired: boolean;
}

/** Balances of one message. */
const balancesMax = 1_000;

const balanceTag = /^6[0245]/;

/** One MT940 or MT942 message: a statement, or a page of one. Fields go in, events come out. */
export class MtMessage {
  readonly #emit: (event: StatementEvent) => void;
  /** Where it begins in the file. */
  readonly #startLine: number;
  #format: StatementFormat;
  readonly #formatIsCertain: boolean;
  readonly #fields = new Map<string, readonly string[]>();
  #header: StatementHeader | undefined;
  #entry: OpenEntry | undefined;
  #entries = 0;
  readonly #balances: StatementBalance[] = [];
  readonly #floorLimits: FloorLimit[] = [];
  #credits: DeclaredTotal | undefined;
  #debits: DeclaredTotal | undefined;
  readonly #information: string[] = [];
  readonly #flags = new Set<TrailerFlag>();

  /** `format`: of its envelope, which is certain, or assumed of the file and mended by the fields. */
  constructor(
    format: StatementFormat,
    formatIsCertain: boolean,
    startLine: number,
    emit: (event: StatementEvent) => void,
  ) {
    this.#format = format;
    this.#formatIsCertain = formatIsCertain;
    this.#startLine = startLine;
    this.#emit = emit;
  }

  /** Whether nothing that the format demands is missing: the closing balance of an MT940. */
  get isComplete(): boolean {
    return this.#format === 'MT942' || this.#isClosed;
  }

  get isInterim(): boolean {
    return this.#format === 'MT942';
  }

  get #isClosed(): boolean {
    return this.#balances.some(({ type }) => type === 'CLBD');
  }

  /** @throws StatementFormatError bad-field, missing-field and those of amounts, with the line. */
  take(field: Field): void {
    try {
      this.#read(field);
    } catch (error) {
      throw error instanceof StatementFormatError ? error.at({ line: field.line }) : error;
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
    else if (field.tag.startsWith('90')) this.#takeTotal(field.tag, content);
    else this.#takeHeaderField(field, content);
  }

  #takeHeaderField({ tag, lines }: Field, content: string): void {
    if (tag === '34F') this.#floorLimits.push(readFloorLimit(content));
    else if (!this.#fields.has(tag)) this.#fields.set(tag, lines);
    const isInterimField = tag === '34F' || tag === '13' || tag === '13D';
    if (isInterimField && !this.#formatIsCertain && this.#balances.length === 0) this.#format = 'MT942';
  }

  #takeTotal(tag: string, content: string): void {
    this.#openHeader();
    if (tag === '90C') this.#credits = readTotalField(tag, content);
    else this.#debits = readTotalField(tag, content);
  }

  #takeBalance(tag: string, content: string): void {
    if (this.#balances.length >= balancesMax) {
      throw new StatementFormatError('bad-field', `More than ${balancesMax} balances`, { element: `:${tag}:` });
    }
    const { balance, flags } = readBalanceField(tag, content);
    this.#balances.push(balance);
    for (const flag of flags) this.#flags.add(flag);
    if (balance.type === 'OPBD' && !this.#formatIsCertain && !this.#header) this.#format = 'MT940';
    this.#openHeader();
  }

  #takeLine({ lines, repaired }: Field): void {
    const { account } = this.#openHeader();
    if (this.#isClosed) {
      throw new StatementFormatError('bad-field', 'An entry after the closing balance', { element: ':61:' });
    }
    if (account.currency === undefined) {
      throw new StatementFormatError('missing-field', 'No field says the currency of the entries', {
        element: ':60F:',
      });
    }
    const [first = '', ...supplementary] = lines;
    const line = readStatementLine(first, account.currency);
    this.#entry = { line, supplementary, information: [], repaired };
  }

  /** Field 86 belongs to the entry before it, else to the statement. */
  #takeInformation({ lines, repaired }: Field): void {
    if (this.#entry) {
      this.#entry.information.push(...lines);
      this.#entry.repaired ||= repaired;
      return;
    }
    this.#information.push(...lines);
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
    const account = this.#fields.get('25P') ?? this.#fields.get('25') ?? [];
    const currency = this.#balances[0]?.currency ?? this.#floorLimits[0]?.currency ?? currencySuffix(account[0] ?? '');
    const [sequenceNumber, page] = (this.#field('28C') ?? this.#field('28') ?? '').split('/');
    this.#header = detached({
      format: this.#format,
      ...defined({
        messageId: this.#field('20'),
        sequenceNumber: sequenceNumber || undefined,
        pageNumber: page !== undefined && /^\d{1,5}$/.test(page) ? Number(page) : undefined,
        createdAt: this.#field('13D') ?? this.#field('13'),
      }),
      account: readAccountField(account, currency),
    });
    this.#emit({ kind: 'statement', header: this.#header });
    return this.#header;
  }

  #field(tag: string): string | undefined {
    return this.#fields.get(tag)?.[0]?.trim() || undefined;
  }

  /** @throws StatementFormatError truncated, when an MT940 has no closing balance */
  finish(): void {
    this.#flushEntry();
    if (!this.isComplete) {
      const what = 'The statement that begins here has no closing balance';
      throw new StatementFormatError('truncated', what, { line: this.#startLine, element: ':62F:' });
    }
    this.#openHeader();
    const declared = defined({ credits: this.#credits, debits: this.#debits });
    const information = tidy(joinLines(this.#information));
    this.#emit({
      kind: 'end',
      trailer: {
        balances: this.#balances,
        entries: this.#entries,
        ...((declared.credits || declared.debits) && { declaredTotals: declared }),
        ...(this.#floorLimits.length > 0 && { floorLimits: this.#floorLimits }),
        ...(information && { information }),
        flags: [...this.#flags],
      },
    });
  }
}
