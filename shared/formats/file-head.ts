import { FormatError } from './format-error.ts';

/** Bytes of a file's head that its format shows in. */
export const headBytes = 32 * 1024;

/** What the head of a stream tells, and the stream with its head put back. */
export interface Peeked<Found> {
  readonly found: Found;
  readonly all: AsyncGenerator<Uint8Array>;
}

/**
 * Shows the head of a stream (`headBytes` of it, or the whole of a shorter one) to `detect`. It does not depend on how
 * the stream was cut into chunks. Where `detect` throws, the stream is closed.
 */
export async function peek<Found>(
  source: AsyncIterable<Uint8Array>,
  detect: (head: Uint8Array) => Found,
): Promise<Peeked<Found>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]();
  while (size < headBytes) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(chunks.map((chunk) => chunk.subarray(0, headBytes))).subarray(0, headBytes);
  try {
    return { found: detect(head), all: rejoin(chunks, iterator) };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function* rejoin(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head.splice(0);
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

const declaredEncoding = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

const signatures = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], reason: 'zip-archive', what: 'The file is a ZIP archive' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], reason: 'zip-archive', what: 'The file is an empty ZIP archive' },
  { bytes: [0x1f, 0x8b], reason: 'gzip-archive', what: 'The file is compressed by gzip' },
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: 'pdf-document', what: 'The file is a PDF' },
] as const;

export interface HeadText {
  /** From its first character that is no white space. Letters beyond ASCII may be wrong. */
  readonly text: string;
  /** The encoding, where the bytes themselves show it. */
  readonly wide: 'utf-16le' | 'utf-16be' | undefined;
}

/** @throws FormatError empty-file, zip-archive, gzip-archive, pdf-document */
export function headText(head: Uint8Array): HeadText {
  refuseKnownOthers(head);
  const wide = wideEncoding(head);
  const decoded = new TextDecoder(wide ?? 'latin1').decode(head);
  const text = decoded.replace(/^(?:\uFEFF|ï»¿)/, '').trimStart();
  if (text === '') throw new FormatError('empty-file', 'The file is empty', { byte: 0 });
  return { text, wide };
}

function refuseKnownOthers(head: Uint8Array): void {
  if (head.length === 0) throw new FormatError('empty-file', 'The file is empty', { byte: 0 });
  for (const { bytes, reason, what } of signatures) {
    if (bytes.every((byte, place) => head[place] === byte)) throw new FormatError(reason, what, { byte: 0 });
  }
}

/** UTF-16, by its byte order mark or by an XML file's first character. */
function wideEncoding([first, second]: Uint8Array): HeadText['wide'] {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

/**
 * The encoding an XML text declares. Writers that keep text as UTF-16 in memory declare so and then save UTF-8; what the
 * bytes are has been seen by now.
 */
export function xmlEncoding(text: string): string {
  const declared = declaredEncoding.exec(text)?.[1]?.toLowerCase() ?? 'utf-8';
  return declared.startsWith('utf-16') || declared === 'utf8' || declared === 'us-ascii' ? 'utf-8' : declared;
}
