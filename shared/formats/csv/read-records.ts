import { CsvError } from './csv-error.ts';
import { columnsMax, fieldCharactersMax } from './limits.ts';

/** What is wrong with one row, and how to mend it. Columns count from 1. */
export interface RecordFault {
  readonly column: number;
  readonly detail: string;
}

export interface CsvRecord {
  /** Where it begins and ends, as an editor counts the lines of the file. */
  readonly line: number;
  readonly lastLine: number;
  /** Up to the fault, where there is one. */
  readonly fields: readonly string[];
  readonly fault?: RecordFault;
  /** Whether a line break follows; the last row of a file that was cut off has none. */
  readonly ended: boolean;
}

export interface RecordsStart {
  /** One character. */
  readonly delimiter: string;
  /** Where to begin: a place in the text, and the line it is on. */
  readonly from?: number;
  readonly line?: number;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * The records of a CSV text by RFC 4180, with any line ends, mixed too. Fields are given as they stand there; an empty
 * line is a record of one empty field. A row with a fault within its line ends with that line, and the next is read as
 * if nothing had been. Where a quote is left open over line breaks nobody can tell where rows end, so the file is refused.
 *
 * A reader of our own: csv-parse 7 counts a CRLF within quotes as two lines once other line ends are allowed, and says of
 * an open quote where the file ends; people mend files by these numbers.
 * @throws CsvError quote-not-closed, with the line and column where the quote opens.
 */
export function* readRecords(text: string, start: RecordsStart): Generator<CsvRecord> {
  const scanner = new RecordScanner(text, start);
  while (!scanner.done) yield scanner.next();
}

class RecordScanner {
  private readonly text: string;
  private readonly delimiter: number;
  private at: number;
  private line: number;
  private fields: string[] = [];
  private fault: RecordFault | undefined;

  constructor(text: string, { delimiter, from = 0, line = 1 }: RecordsStart) {
    this.text = text;
    this.delimiter = delimiter.charCodeAt(0);
    this.at = from;
    this.line = line;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  next(): CsvRecord {
    const { line } = this;
    this.fields = [];
    this.fault = undefined;
    do this.readField();
    while (!this.fault && this.takeDelimiter());
    return this.endRecord(line);
  }

  private endRecord(line: number): CsvRecord {
    const { fields, fault } = this;
    if (fault) this.skipLine();
    const lastLine = this.line;
    const ended = this.takeLineBreak();
    return fault ? { line, lastLine, fields, fault, ended } : { line, lastLine, fields, ended };
  }

  private readField(): void {
    const field = this.text.charCodeAt(this.at) === quote ? this.readQuoted() : this.readPlain();
    if (this.fields.length === columnsMax) this.refuse(`The row has more than ${columnsMax} columns.`);
    else if (field.length > fieldCharactersMax) this.refuse(`Send at most ${fieldCharactersMax} characters.`);
    else if (!this.fault) this.fields.push(field);
  }

  private readPlain(): string {
    const start = this.at;
    let code = this.text.charCodeAt(this.at);
    while (!Number.isNaN(code) && code !== this.delimiter && code !== lineFeed && code !== carriageReturn) {
      if (code === quote)
        this.refuse('A quote stands within the field: enclose the field in quotes, and write "" for ".');
      this.at += 1;
      code = this.text.charCodeAt(this.at);
    }
    return this.text.slice(start, this.at);
  }

  private readQuoted(): string {
    const opened = { line: this.line, column: this.fields.length + 1 };
    let field = '';
    this.at += 1;
    for (;;) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) throw notClosed('A quote is opened and never closed', opened);
      const piece = this.text.slice(this.at, end);
      this.line += lineBreaksIn(piece);
      const doubled = this.text.charCodeAt(end + 1) === quote;
      this.at = end + (doubled ? 2 : 1);
      if (!doubled) return this.closeQuoted(field + piece, opened);
      field += `${piece}"`;
    }
  }

  private closeQuoted(field: string, opened: { line: number; column: number }): string {
    if (this.atFieldEnd()) return field;
    if (this.line > opened.line) throw notClosed(`Text follows the quote that closes on line ${this.line}`, opened);
    this.refuse('Text follows the closing quote: write "" for a quote within the field.');
    return field;
  }

  private atFieldEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return Number.isNaN(code) || code === this.delimiter || code === lineFeed || code === carriageReturn;
  }

  private takeDelimiter(): boolean {
    if (this.text.charCodeAt(this.at) !== this.delimiter) return false;
    this.at += 1;
    return true;
  }

  private takeLineBreak(): boolean {
    if (this.done) return false;
    this.at += this.text.startsWith('\r\n', this.at) ? 2 : 1;
    this.line += 1;
    return true;
  }

  private skipLine(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code === lineFeed || code === carriageReturn) return;
      this.at += 1;
    }
  }

  private refuse(detail: string): void {
    this.fault ??= { column: this.fields.length + 1, detail };
  }
}

/** CRLF, LF and CR, as editors count them. */
function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== lineFeed) count += 1;
  }
  return count;
}

function notClosed(what: string, place: { line: number; column: number }): CsvError {
  const mend = 'Close the quote where the field ends, and write "" for a quote within it.';
  return new CsvError('quote-not-closed', what, mend, place);
}
