import { headBytes, headText, xmlEncoding } from './file-head.ts';
import { FormatError } from './format-error.ts';
import type { StatementFormat } from './statement-events.ts';

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

/**
 * Tells what a file is from its first bytes (`headBytes` of them, or the whole of a shorter file).
 * @throws FormatError when it is no statement file: empty-file, zip-archive, gzip-archive, pdf-document,
 * doctype-not-allowed, truncated, not-a-statement.
 */
export function detectFormat(head: Uint8Array): DetectedFormat {
  const { text, wide } = headText(head);
  const lineEnd = text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
  if (text.startsWith('<')) {
    return { format: camtFormat(text, head.length < headBytes), encoding: wide ?? xmlEncoding(text), lineEnd };
  }
  return { format: mtFormat(text), encoding: wide ?? 'utf-8', lineEnd };
}

function camtFormat(text: string, isWhole: boolean): StatementFormat {
  const markup = text.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<\?[\s\S]*?(?:\?>|$)/g, '');
  if (/<!DOCTYPE/i.test(markup)) {
    throw new FormatError('doctype-not-allowed', 'The file declares a document type', {
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
    if (message === undefined) throw new FormatError('truncated', 'The file ends before its message begins', {});
  }
  const name = anyMessage.exec(markup)?.[1] ?? `<${root ?? '?'}>`;
  throw new FormatError('not-a-statement', `The file is XML of another kind: ${name.slice(0, 60)}`, {
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
    throw new FormatError('not-a-statement', `The file holds MT${kind} messages`, { element: '{2:' });
  }
  if (!messageStart.test(text)) {
    throw new FormatError('not-a-statement', 'The file is neither camt XML nor MT940 or MT942', { line: 1 });
  }
  return interimField.test(text) && !openingBalance.test(text) ? 'MT942' : 'MT940';
}
