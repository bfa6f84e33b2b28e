/** Why a file is refused as a whole. Part of the interface: problems and messages to users are chosen by it. */
export type StatementFault =
  | 'empty-file'
  | 'not-a-statement'
  | 'zip-archive'
  | 'gzip-archive'
  | 'pdf-document'
  | 'unsupported-encoding'
  | 'truncated'
  | 'malformed-xml'
  | 'doctype-not-allowed'
  | 'xml-too-deep'
  | 'element-too-large'
  | 'line-too-long'
  | 'too-many-details'
  | 'missing-field'
  | 'bad-field'
  | 'bad-amount'
  | 'too-many-decimals'
  | 'unknown-currency';

/** Lines count from 1, bytes from 0. `element` names what was being read: `Stmt/Ntry/Amt`, `:61:`. */
export interface StatementPosition {
  readonly line?: number;
  readonly byte?: number;
  readonly element?: string;
}

const mends: Record<StatementFault, string> = {
  'empty-file': 'The file holds nothing. Fetch it from the bank again.',
  'not-a-statement':
    'Send a camt.052, camt.053 or camt.054 XML file, or an MT940 or MT942 file, as the bank issued it.',
  'zip-archive': 'Unpack the archive and send each file in it by itself.',
  'gzip-archive': 'Unpack the file (gunzip) and send what is in it.',
  'pdf-document': 'Ask the bank for the statement as camt.053 or MT940; a PDF is for people.',
  'unsupported-encoding': 'Send the file in UTF-8, or with the encoding it really has in its XML declaration.',
  truncated: 'Fetch the file from the bank again and send the whole of it.',
  'malformed-xml': 'Send the file as the bank issued it; it was changed or broken on the way.',
  'doctype-not-allowed':
    'Send the file without a document type. Statements need none, and it can hide harmful entities.',
  'xml-too-deep': 'Send a statement file; no statement nests its elements that deep.',
  'element-too-large': 'Send a statement file; no statement has an element that large.',
  'line-too-long': 'Send a statement file; no MT940 or MT942 has a line that long.',
  'too-many-details': 'Ask the bank to split the batch, or to list its transactions in a camt.054 of several entries.',
  'missing-field': 'Ask the bank for a complete file; the format demands the named field.',
  'bad-field': 'Ask the bank for a correct file; the named field breaks the format.',
  'bad-amount': 'Ask the bank for a correct file; the named amount is none.',
  'too-many-decimals': 'Ask the bank for a correct file; the amount has more decimals than its currency.',
  'unknown-currency': 'Ask the bank for a correct file; the code is no currency of ISO 4217.',
};

/**
 * A file that cannot be read as a statement. Says what is wrong, where, and what to do (`mend`). The message quotes
 * codes and amounts at the most, never an account number.
 */
export class StatementFormatError extends Error {
  readonly reason: StatementFault;
  readonly what: string;
  readonly position: StatementPosition;
  readonly mend: string;

  constructor(reason: StatementFault, what: string, position: StatementPosition = {}, options?: ErrorOptions) {
    super(`${what}${describe(position)}`, options);
    this.name = 'StatementFormatError';
    this.reason = reason;
    this.what = what;
    this.position = position;
    this.mend = mends[reason];
  }

  /** The same fault, with what is known of its place added; what it knew itself stays. */
  at(position: StatementPosition): StatementFormatError {
    return new StatementFormatError(this.reason, this.what, { ...position, ...this.position }, { cause: this.cause });
  }
}

function describe({ line, byte, element }: StatementPosition): string {
  const places = [
    element === undefined ? '' : `in ${element}`,
    line === undefined ? '' : `at line ${line}`,
    byte === undefined ? '' : `at byte ${byte}`,
  ].filter(Boolean);
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}
