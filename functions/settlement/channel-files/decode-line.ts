import { isAscii, isUtf8 } from 'node:buffer';
import type { ChannelTemplate } from './channel-template.ts';

type Encoding = ChannelTemplate['encoding'];

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** The text of a line, or nothing where its bytes are none of the encoding. */
export function decodeLine(bytes: Buffer, encoding: Encoding): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  try {
    return gb18030.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What to say of a line that cannot be decoded. */
export function damagedText(encoding: Encoding): string {
  const other = encoding === 'utf-8' ? 'GB18030' : 'UTF-8';
  return `The line is not ${encoding.toUpperCase()}, as the template says: take a template for ${other}, or fetch the file again.`;
}
