import { isAscii, isUtf8 } from 'node:buffer';
import { CsvError } from './csv-error.ts';
import { firstFault } from './first-fault.ts';
import { csvBytesMax } from './limits.ts';

export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string;
  /** As `TextDecoder` names it: `utf-8`, `gb18030`, `utf-16le`. Worth showing: see below. */
  readonly encoding: string;
}

/** What stands for a broken byte. */
const replacement = 0xfffd;

/** The first character that takes three bytes in UTF-8. */
const firstOfThreeBytes = 0x800;

const asText = 'Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”.';

const signatures = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'The file is an Excel workbook or another ZIP archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'The file is an Excel workbook of before 2007' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'The file is a PDF' },
  { bytes: [0x1f, 0x8b], what: 'The file is compressed by gzip' },
];

/**
 * The text of a file whose encoding nobody names. In this order:
 * 1. a byte order mark tells (UTF-8, UTF-16 of either order);
 * 2. then `declared`, any label of the Encoding Standard, where the caller has one (`text/csv; charset=gbk`);
 * 3. valid UTF-8 is UTF-8;
 * 4. what is UTF-8 for its most part, with some bytes broken, is refused and not read as something else;
 * 5. what is valid GB18030 is that. GBK and GB2312 are parts of it.
 * Before 4 and 5, where some lines are Chinese in UTF-8 and others in GB18030 the file is refused: the bytes of the former
 * are often Chinese in GB18030 as well, though other and of no sense.
 *
 * Bytes alone cannot always tell: the single word 一 in GBK is also a Cyrillic letter in UTF-8, and is read as that; and
 * ü in windows-1252 begins a Chinese character. Chinese headers settle it, and so does `declared`.
 * @throws CsvError file-too-large, empty-file, not-text, unknown-encoding, damaged-text, mixed-encodings; with the byte.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  refuseBySize(bytes);
  refuseOtherKinds(bytes);
  const encoding = markedEncoding(bytes) ?? (declared === undefined ? foundEncoding(bytes) : knownEncoding(declared));
  const text = decodeAs(bytes, encoding);
  const zero = text.indexOf('\0');
  if (zero >= 0) throw zeroByte(encoding.startsWith('utf-16') ? 2 + 2 * zero : bytes.indexOf(0));
  return { text, encoding };
}

function refuseBySize({ length }: Uint8Array): void {
  if (length === 0) throw new CsvError('empty-file', 'The file is empty', 'Send a header and at least one row.');
  if (length > csvBytesMax) {
    const what = `The file has ${length} bytes, ${csvBytesMax} are the most`;
    throw new CsvError('file-too-large', what, 'Send it in parts, each with the header.');
  }
}

/** @throws CsvError not-text: the file begins as an archive, a workbook or a PDF does. */
export function refuseOtherKinds(bytes: Uint8Array): void {
  const other = signatures.find((signature) => signature.bytes.every((byte, place) => bytes[place] === byte));
  if (other) throw new CsvError('not-text', other.what, asText, { byte: 0 });
}

function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function knownEncoding(label: string): string {
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    const what = `The encoding ${JSON.stringify(label.slice(0, 40))} is not known`;
    throw new CsvError('unknown-encoding', what, 'Name utf-8 or gb18030, or none.');
  }
}

function foundEncoding(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return 'utf-8';
  refuseMixed(bytes);
  const broken = firstFault(bytes, 'utf-8') ?? 0;
  if (isMostlyUtf8(bytes)) throw damaged(`The file is UTF-8, but for byte ${broken}`, broken);
  const fault = firstFault(bytes, 'gb18030');
  if (fault === undefined) return 'gb18030';
  throw damaged(`The file is neither UTF-8 (see byte ${broken}) nor GB18030 (see byte ${fault})`, fault);
}

/**
 * Chinese in UTF-8 has three bytes a character. In GBK such three begin in the middle of a character, whose first byte is
 * then broken, so those whole are never more than those broken; but among characters out of use.
 */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let lead = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === replacement) lead -= 1;
    else if (code >= firstOfThreeBytes) lead += 1;
  }
  return lead > 0;
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const fault = firstFault(bytes, encoding) ?? 0;
    throw damaged(`The file is said to be ${encoding} and is not at byte ${fault}`, fault);
  }
}

function damaged(what: string, byte: number): CsvError {
  return new CsvError('damaged-text', what, `The file was cut or changed on its way, or is no text. ${asText}`, {
    byte,
  });
}

const lineFeed = 0x0a;

/** Characters of three bytes that make a line UTF-8 and not GBK: a single one may be part of a rare word. */
const telling = 2;

/** Files put together: at the first line in another encoding than a line before it. */
function refuseMixed(bytes: Uint8Array): void {
  let first: string | undefined;
  for (let start = 0, line = 1; start < bytes.length; line += 1) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found < 0 ? bytes.length : found;
    const encoding = encodingOfLine(bytes.subarray(start, end));
    first ??= encoding;
    if (encoding !== first && encoding !== undefined) throw mixed(first ?? '', encoding, { line, byte: start });
    start = end + 1;
  }
}

/** Nothing where it cannot be told. */
function encodingOfLine(line: Uint8Array): string | undefined {
  if (isAscii(line)) return undefined;
  if (isUtf8(line)) return chineseIn(line) >= telling ? 'UTF-8' : undefined;
  return isMostlyUtf8(line) || firstFault(line, 'gb18030') !== undefined ? undefined : 'GB18030';
}

function chineseIn(utf8: Uint8Array): number {
  const characters = new TextDecoder().decode(utf8);
  return Array.from(characters).filter((character) => character.charCodeAt(0) >= firstOfThreeBytes).length;
}

function mixed(first: string, encoding: string, place: { line: number; byte: number }): CsvError {
  const what = `The file begins in ${first}, and this line is in ${encoding}`;
  const mend = `Parts in two encodings were put together: save them in one. ${asText}`;
  return new CsvError('mixed-encodings', what, mend, place);
}

function zeroByte(byte: number): CsvError {
  return new CsvError('not-text', 'There is a zero byte, as in UTF-16 without its mark', asText, { byte });
}
