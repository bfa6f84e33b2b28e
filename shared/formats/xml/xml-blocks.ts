import { headText, peek, xmlEncoding } from '../file-head.ts';
import { FormatError } from '../format-error.ts';
import { type TextBlock, textBlocks } from '../text-blocks.ts';

/**
 * The text of an XML file as its bytes come, in the encoding they show or declare.
 * @throws FormatError empty-file, zip-archive, gzip-archive, pdf-document, malformed-xml and those of `textBlocks`
 */
export async function* xmlBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<TextBlock> {
  const { found: encoding, all } = await peek(source, detectEncoding);
  yield* textBlocks(all, { encoding, boundary: '>' });
}

function detectEncoding(head: Uint8Array): string {
  const { text, wide } = headText(head);
  if (!text.startsWith('<')) throw new FormatError('malformed-xml', 'The file is no XML', { line: 1 });
  return wide ?? xmlEncoding(text);
}
