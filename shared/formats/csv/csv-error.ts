/** Why a CSV file is refused as a whole. Part of the interface: messages to users are chosen by it. */
export type CsvFault =
  | 'empty-file'
  | 'not-text'
  | 'unknown-encoding'
  | 'damaged-text'
  | 'mixed-encodings'
  | 'file-too-large'
  | 'quote-not-closed'
  | 'malformed-header'
  | 'missing-column'
  | 'unknown-column'
  | 'column-twice'
  | 'no-records'
  | 'line-too-long'
  | 'totals-missing'
  | 'totals-differ'
  | 'too-many-records';

/** Lines as an editor counts them and columns, from 1; bytes from 0. */
export interface CsvPlace {
  readonly line?: number;
  readonly column?: number;
  readonly byte?: number;
}

/**
 * A CSV file that is refused. Says what is wrong, where, and how to mend it, in words fit for a caller to read. Faults of
 * one row are no such error: they come with the row.
 */
export class CsvError extends Error {
  readonly reason: CsvFault;
  readonly what: string;
  readonly mend: string;
  readonly place: CsvPlace;

  constructor(reason: CsvFault, what: string, mend: string, place: CsvPlace = {}) {
    super(`${what}${describe(place)}`);
    this.name = 'CsvError';
    this.reason = reason;
    this.what = what;
    this.mend = mend;
    this.place = place;
  }
}

function describe(place: CsvPlace): string {
  const parts = (['line', 'column', 'byte'] as const).filter((name) => place[name] !== undefined);
  return parts.length > 0 ? ` (at ${parts.map((name) => `${name} ${place[name]}`).join(', ')})` : '';
}
