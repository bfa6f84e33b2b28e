import type { StatementFormat } from './statement-events.ts';
import { StatementFormatError } from './statement-format-error.ts';

/** Bytes of a file's head that its format shows in. */
export const headBytes = 32 * 1024;

export interface DetectedFormat {
  /** Of the file; an MT file may hold messages of both kinds, each then says its own. */
  readonly format: StatementFormat;
  /** As `TextDecoder` knows it. */
  readonly encoding: string;
  readonly lineEnd: '\n' | '\r';
}

const camtByElement: Record<string, StatementFormat> = {
  BkToCstmrAcctRpt: 'camt.052',
  BkToCstmrStmt: 'camt.053',
  BkToCstmrDbtCdtNtfctn: 'camt.054',
};

const camtElement = /<(?:[\w.-]+:)?(BkToCstmrAcctRpt|BkToCstmrStmt|BkToCstmrDbtCdtNtfctn)[\s/>]/;
const camtNamespace = /['":](camt\.05[234])(?:\.\d{3}\.\d{2})?['"]/;
const anyMessage = /\b((?:pain|camt|pacs|acmt|admi)\.\d{3})(?:\.\d{3}\.\d{2})?['"]/;
const rootElement = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/;
const declaredEncoding = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Tells what a file is from its first bytes (`headBytes` of them, or the whole of a shorter file).
 * @throws StatementFormatError when it is no statement file: empty-file, zip-archive, gzip-archive, pdf-document,
 * doctype-not-allowed, truncated, not-a-statement.
 */
export function detectFormat(head: Uint8Array): DetectedFormat {
  refuseKnownOthers(head);
  const wide = wideEncoding(head);
  const text = new TextDecoder(wide ?? 'latin1')
    .decode(head)
    .replace(/^(?:\uFEFF|ï»¿)/, '')
    .trimStart();
  if (text === '') throw new StatementFormatError('empty-file', 'The file is empty', { byte: 0 });
  const lineEnd = text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
  if (text.startsWith('<')) {
    return { format: camtFormat(text, head.length < headBytes), encoding: wide ?? xmlEncoding(text), lineEnd };
  }
  return { format: mtFormat(text), encoding: wide ?? 'utf-8', lineEnd };
}

const signatures = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], reason: 'zip-archive', what: 'The file is a ZIP archive' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], reason: 'zip-archive', what: 'The file is an empty ZIP archive' },
  { bytes: [0x1f, 0x8b], reason: 'gzip-archive', what: 'The file is compressed by gzip' },
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: 'pdf-document', what: 'The file is a PDF' },
] as const;

function refuseKnownOthers(head: Uint8Array): void {
  if (head.length === 0) throw new StatementFormatError('empty-file', 'The file is empty', { byte: 0 });
  for (const { bytes, reason, what } of signatures) {
    if (bytes.every((byte, place) => head[place] === byte)) throw new StatementFormatError(reason, what, { byte: 0 });
  }
}

/** UTF-16, by its byte order mark or by an XML file's first character. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

/** Writers that keep text as UTF-16 in memory declare so and then save UTF-8; what the bytes are has been seen by now. */
function xmlEncoding(text: string): string {
  const declared = declaredEncoding.exec(text)?.[1]?.toLowerCase() ?? 'utf-8';
  return declared.startsWith('utf-16') || declared === 'utf8' || declared === 'us-ascii' ? 'utf-8' : declared;
}

function camtFormat(text: string, isWhole: boolean): StatementFormat {
  const markup = text.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<\?[\s\S]*?(?:\?>|$)/g, '');
  if (/<!DOCTYPE/i.test(markup)) {
    throw new StatementFormatError('doctype-not-allowed', 'The file declares a document type', {
      element: '<!DOCTYPE',
    });
  }
  const element = camtElement.exec(markup)?.[1];
  if (element !== undefined) return camtByElement[element] as StatementFormat;
  const namespace = camtNamespace.exec(markup)?.[1];
  if (namespace !== undefined) return namespace as StatementFormat;
  const root = rootElement.exec(markup)?.[1];
  if (isWhole && (root === undefined || root === 'Document')) {
    const message = anyMessage.exec(markup)?.[1];
    if (message === undefined)
      throw new StatementFormatError('truncated', 'The file ends before its message begins', {});
  }
  const name = anyMessage.exec(markup)?.[1] ?? `<${root ?? '?'}>`;
  throw new StatementFormatError('not-a-statement', `The file is XML of another kind: ${name.slice(0, 60)}`, {
    line: 1,
  });
}

const applicationHeader = /\{2:[IO](\d{3})/;
const kindLine = /^:?(94[02]):?[ \t]*$/m;
const messageStart = /^:(?:20|25P?):/m;
const openingBalance = /^:60[FM]:/m;
const interimField = /^:(?:34F|13D?|90[CD]):/m;

function mtFormat(text: string): StatementFormat {
  const application = applicationHeader.exec(text)?.[1];
  const kind = application ?? kindLine.exec(text)?.[1];
  if (kind === '940' || kind === '942') return `MT${kind}`;
  if (kind !== undefined) {
    throw new StatementFormatError('not-a-statement', `The file holds MT${kind} messages`, { element: '{2:' });
  }
  if (!messageStart.test(text)) {
    throw new StatementFormatError('not-a-statement', 'The file is neither camt XML nor MT940 or MT942', { line: 1 });
  }
  return interimField.test(text) && !openingBalance.test(text) ? 'MT942' : 'MT940';
}
