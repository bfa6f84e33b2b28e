/** Why a file is refused as a whole. Part of the interface: problems and messages to users are chosen by it. */
export type FormatFault =
  | 'empty-file'
  | 'not-a-statement'
  | 'not-a-payment-message'
  | 'not-a-status-report'
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
  | 'unknown-currency'
  | 'totals-do-not-fit';

/** Lines count from 1, bytes from 0. `element` names what was being read: `Stmt/Ntry/Amt`, `:61:`. */
export interface FilePosition {
  readonly line?: number;
  readonly byte?: number;
  readonly element?: string;
}

const mends: Record<FormatFault, string> = {
  'empty-file': 'The file holds nothing. Fetch it from its sender again.',
  'not-a-statement':
    'Send a camt.052, camt.053 or camt.054 XML file, or an MT940 or MT942 file, as the bank issued it.',
  'not-a-payment-message': 'Send a pain.001 or pain.008 XML file with one message.',
  'not-a-status-report': 'Send a pain.002 XML file with one report, as the bank issued it.',
  'zip-archive': 'Unpack the archive and send each file in it by itself.',
  'gzip-archive': 'Unpack the file (gunzip) and send what is in it.',
  'pdf-document': 'Ask for the file as XML, or for a statement as MT940; a PDF is for people.',
  'unsupported-encoding': 'Send the file in UTF-8, or with the encoding it really has in its XML declaration.',
  truncated: 'Fetch the file from its sender again and send the whole of it.',
  'malformed-xml': 'Send the file as its sender issued it; it was changed or broken on the way.',
  'doctype-not-allowed':
    'Send the file without a document type. Bank files need none, and it can hide harmful entities.',
  'xml-too-deep': 'Send a bank file; none nests its elements that deep.',
  'element-too-large': 'Send a bank file; none has an element that large.',
  'line-too-long': 'Send a statement file; no MT940 or MT942 has a line that long.',
  'too-many-details': 'Ask the bank to split the batch, or to list its transactions in a camt.054 of several entries.',
  'missing-field': 'Ask the sender for a complete file; the format demands the named field.',
  'bad-field': 'Ask the sender for a correct file; the named field breaks the format.',
  'bad-amount': 'Ask the sender for a correct file; the named amount is none.',
  'too-many-decimals': 'Ask the sender for a correct file; the amount has more decimals than its currency.',
  'unknown-currency': 'Ask the sender for a correct file; the code is no currency of ISO 4217.',
  'totals-do-not-fit': 'Ask the sender for a correct file; what it counts or adds up is not what it holds.',
};

/**
 * A bank file that cannot be read. Says what is wrong, where, and what to do (`mend`). The message quotes
 * codes and amounts at the most, never an account number.
 */
export class FormatError extends Error {
  readonly reason: FormatFault;
  readonly what: string;
  readonly position: FilePosition;
  readonly mend: string;

  constructor(reason: FormatFault, what: string, position: FilePosition = {}, options?: ErrorOptions) {
    super(`${what}${describe(position)}`, options);
    this.name = 'FormatError';
    this.reason = reason;
    this.what = what;
    this.position = position;
    this.mend = mends[reason];
  }

  /** The same fault, with what is known of its place added; what it knew itself stays. */
  at(position: FilePosition): FormatError {
    return new FormatError(this.reason, this.what, { ...position, ...this.position }, { cause: this.cause });
  }
}

function describe({ line, byte, element }: FilePosition): string {
  const places = [
    element === undefined ? '' : `in ${element}`,
    line === undefined ? '' : `at line ${line}`,
    byte === undefined ? '' : `at byte ${byte}`,
  ].filter(Boolean);
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}
