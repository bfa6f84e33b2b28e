import type { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import type { ChannelTemplate } from './channel-template.ts';
import { type CutRow, cutCells } from './cut-cells.ts';
import { damagedText, decodeLine } from './decode-line.ts';
import { LineCutter, type RawLine } from './line-cutter.ts';
import type { StatedTotals } from './stated-totals.ts';

/** A row of the file, the header among them, in fields; or why it cannot be cut. */
export type UncutRow =
  | { readonly line: number; readonly cells: readonly string[]; readonly fault?: never }
  | { readonly line: number; readonly fault: string; readonly cells?: never };

/** Lines that one row may go over, where quotes enclose line breaks. */
const rowLinesMax = 100;

interface OpenRow {
  readonly line: number;
  readonly lines: number;
  readonly text: string;
  /** What to say where it is never closed. */
  readonly error: CsvError;
}

interface Text {
  readonly raw: RawLine;
  /** Nothing where it cannot be decoded. */
  readonly text: string | undefined;
}

/** Finds the rows of a file between lines that are skipped, and hands what states totals to those. */
export class RowCutter {
  private readonly template: ChannelTemplate;
  private readonly totals: StatedTotals;
  private readonly lines = new LineCutter();
  /** The last lines so far, which may be those that are skipped at the end. */
  private held: Text[] = [];
  private open: OpenRow | undefined;

  constructor(template: ChannelTemplate, totals: StatedTotals) {
    this.template = template;
    this.totals = totals;
  }

  /** @throws CsvError line-too-long, quote-not-closed, totals-differ */
  *push(piece: Uint8Array): Generator<UncutRow> {
    for (const raw of this.lines.push(piece)) yield* this.takeLine(raw);
  }

  *end(): Generator<UncutRow> {
    for (const raw of this.lines.end()) yield* this.takeLine(raw);
    for (const { raw, text } of this.held) this.totals.takeText(text ?? '', raw.line);
    if (this.open) throw this.open.error;
  }

  private *takeLine(raw: RawLine): Generator<UncutRow> {
    const { encoding, skip } = this.template;
    const decoded = decodeLine(raw.bytes, encoding);
    const text = raw.line === 1 ? decoded?.replace(/^\ufeff/, '') : decoded;
    if (raw.line <= skip.first) this.totals.takeText(text ?? '', raw.line);
    else if (skip.last === 0) yield* this.takeText({ raw, text });
    else if (text?.trim() !== '') {
      // What is held outlives the piece that its bytes are part of.
      this.held.push({ raw: { ...raw, bytes: Buffer.from(raw.bytes) }, text });
      const first = this.held.length > skip.last ? this.held.shift() : undefined;
      if (first) yield* this.takeText(first);
    }
  }

  private *takeText({ raw, text }: Text): Generator<UncutRow> {
    if (text === undefined) {
      yield { line: raw.line, fault: damagedText(this.template.encoding) };
    } else if (this.open) {
      yield* this.goOn(this.open, text, raw);
    } else if (this.template.skip.beginning.some((beginning) => text.startsWith(beginning))) {
      this.totals.takeText(text, raw.line);
    } else if (text.trim() !== '') {
      yield* this.takeRow(cutCells(text, raw, this.template), { line: raw.line, lines: 1, text });
    }
  }

  private *goOn({ line, lines, text, error }: OpenRow, more: string, raw: RawLine): Generator<UncutRow> {
    if (lines === rowLinesMax) throw error;
    const whole = `${text}\n${more}`;
    yield* this.takeRow(cutCells(whole, { ...raw, line }, this.template), { line, lines: lines + 1, text: whole });
  }

  private *takeRow(cut: CutRow, row: Omit<OpenRow, 'error'>): Generator<UncutRow> {
    const { line } = row;
    this.open = cut.open && { ...row, error: cut.open };
    if (cut.fault !== undefined) yield { line, fault: cut.fault };
    else if (cut.cells && !this.totals.takeRow(cut.cells, line)) yield { line, cells: cut.cells };
  }
}
