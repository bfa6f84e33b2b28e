import { CsvError } from '../../../shared/formats/csv/csv-error.ts';

/** Bytes of a line. A row of a bill has about 400. */
export const lineBytesMax = 64 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line as it stands in the file, without its end. */
export interface RawLine {
  /** From 1. */
  readonly line: number;
  readonly bytes: Buffer;
}

/**
 * Cuts a file that comes in pieces into lines (LF or CRLF). In UTF-8 and in GB18030 no character has the byte of a line feed in it,
 * so lines are cut before they are decoded, and a damaged one harms no other. Keeps no more than the line begun.
 */
export class LineCutter {
  private begun: Buffer[] = [];
  private begunBytes = 0;
  private line = 1;

  /** The lines that end in this piece. They share its memory. @throws CsvError line-too-long */
  *push(piece: Uint8Array): Generator<RawLine> {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      yield this.take(bytes.subarray(start, end));
      start = end + 1;
    }
    if (start === bytes.length) return;
    this.begunBytes += bytes.length - start;
    this.refuseTooLong(this.begunBytes);
    this.begun.push(Buffer.from(bytes.subarray(start)));
  }

  /** The last line, where no line feed follows it. */
  *end(): Generator<RawLine> {
    if (this.begunBytes > 0) yield this.take(Buffer.alloc(0));
  }

  private take(rest: Buffer): RawLine {
    const whole = this.begunBytes > 0 ? Buffer.concat([...this.begun, rest]) : rest;
    this.refuseTooLong(whole.length);
    const line = this.line;
    this.begun = [];
    this.begunBytes = 0;
    this.line += 1;
    return { line, bytes: whole.at(-1) === carriageReturn ? whole.subarray(0, -1) : whole };
  }

  private refuseTooLong(bytes: number): void {
    if (bytes <= lineBytesMax) return;
    const what = `A line has more than ${lineBytesMax} bytes`;
    throw new CsvError('line-too-long', what, 'Send the file as the channel issued it; no bill has a line that long.', {
      line: this.line,
    });
  }
}
