import { isAscii, isUtf8 } from 'node:buffer';
import type { ChannelTemplate } from './channel-template.ts';

type Encoding = ChannelTemplate['encoding'];

/** Characters of Chinese by which a line is known for UTF-8. */
const chineseMin = 4;
const chineseText = /^[\p{ASCII}\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*$/u;
const chinese = /\P{ASCII}/gu;

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** The text of a line, or nothing where its bytes are none of the encoding. */
export function decodeLine(bytes: Buffer, encoding: Encoding): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  if (readsAsUtf8(bytes)) return undefined;
  try {
    return gb18030.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Nearly all bytes are some text in GB18030, so a line in UTF-8 may read as other characters than it has. What is Chinese in UTF-8
 * of so many characters is not also text in GB18030, but for once in billions.
 */
function readsAsUtf8(bytes: Buffer): boolean {
  if (!isUtf8(bytes)) return false;
  const text = bytes.toString('utf8');
  return chineseText.test(text) && (text.match(chinese)?.length ?? 0) >= chineseMin;
}

/** What to say of a line that cannot be decoded. */
export function damagedText(encoding: Encoding): string {
  const other = encoding === 'utf-8' ? 'GB18030' : 'UTF-8';
  return `The line is not ${encoding.toUpperCase()}, as the template says: take a template for ${other}, or fetch the file again.`;
}
