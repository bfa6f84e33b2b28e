import { isAscii, isUtf8 } from 'node:buffer';
import { FormatError } from './format-error.ts';

/** A stretch of decoded text. `repaired`: its bytes were no UTF-8 and were read as windows-1252. */
export interface TextBlock {
  readonly text: string;
  readonly repaired: boolean;
}

export interface TextBlockOptions {
  /** As `TextDecoder` knows it. */
  readonly encoding: string;
  /** An ASCII character that parts the text often: `>` or a line end. Repairs reach from one to the next. */
  readonly boundary: string;
}

/** Larger chunks are cut, so that a file in one chunk costs no more memory than a streamed one. */
const sliceBytesMax = 128 * 1024;

/** Bytes without a boundary; nothing in a statement comes near. */
export const stretchBytesMax = 4 * 1024 * 1024;

const fallback = new TextDecoder('windows-1252');

/**
 * Decodes a stream of bytes into blocks of text. UTF-8 is checked; a stretch between two boundaries that is none is
 * read as windows-1252 and marked, so no byte is lost. Other encodings are decoded as declared.
 * @throws FormatError unsupported-encoding, element-too-large, truncated
 */
export async function* textBlocks(
  source: AsyncIterable<Uint8Array>,
  { encoding, boundary }: TextBlockOptions,
): AsyncGenerator<TextBlock> {
  const decode = encoding === 'utf-8' ? decodeUtf8(boundary.charCodeAt(0)) : decodeDeclared(encoding);
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += sliceBytesMax) {
      yield* decode(chunk.subarray(start, start + sliceBytesMax), false);
    }
  }
  yield* decode(new Uint8Array(0), true);
}

type Decode = (bytes: Uint8Array, last: boolean) => Iterable<TextBlock>;

function decodeUtf8(boundary: number): Decode {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let isFirst = true;
  return function* decode(bytes, last) {
    const end = last ? bytes.length : bytes.lastIndexOf(boundary) + 1;
    if (last || end > 0) {
      const joined = Buffer.concat([...pending, bytes.subarray(0, end)]);
      const block = isFirst ? withoutByteOrderMark(joined) : joined;
      isFirst = false;
      pending = [];
      pendingBytes = 0;
      yield* decodeBlock(block, boundary);
    }
    if (end < bytes.length) pending.push(bytes.slice(end));
    pendingBytes += bytes.length - end;
    if (pendingBytes > stretchBytesMax) {
      throw new FormatError('element-too-large', `More than ${stretchBytesMax} bytes without a break`);
    }
  };
}

const byteOrderMark = Buffer.from('\ufeff');

function withoutByteOrderMark(block: Buffer): Buffer {
  const { length } = byteOrderMark;
  return block.subarray(0, length).equals(byteOrderMark) ? block.subarray(length) : block;
}

function* decodeBlock(block: Buffer, boundary: number): Iterable<TextBlock> {
  if (block.length === 0) return;
  if (isAscii(block)) yield { text: block.toString('latin1'), repaired: false };
  else if (isUtf8(block)) yield { text: block.toString('utf8'), repaired: false };
  else yield* decodePieces(block, boundary);
}

function* decodePieces(block: Buffer, boundary: number): Iterable<TextBlock> {
  for (let start = 0; start < block.length; ) {
    const next = block.indexOf(boundary, start);
    const end = next < 0 ? block.length : next + 1;
    const piece = block.subarray(start, end);
    const valid = isUtf8(piece);
    yield { text: valid ? piece.toString('utf8') : fallback.decode(piece), repaired: !valid };
    start = end;
  }
}

function decodeDeclared(encoding: string): Decode {
  const decoder = openDecoder(encoding);
  return function* decode(bytes, last) {
    try {
      const text = decoder.decode(bytes, { stream: !last });
      if (text !== '') yield { text, repaired: false };
    } catch (error) {
      if (last) throw new FormatError('truncated', 'The file ends within a character', {}, { cause: error });
      const what = `The file says it is ${encoding} and is not`;
      throw new FormatError('unsupported-encoding', what, {}, { cause: error });
    }
  };
}

function openDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    const what = `The encoding '${encoding.slice(0, 40)}' is not known`;
    throw new FormatError('unsupported-encoding', what, {}, { cause: error });
  }
}
