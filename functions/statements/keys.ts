/** Where things lie in the table. */

/** Entries of one partition: a large statement spreads over many, so that no key range is written too fast. */
export const entriesPerPartition = 2_000;
const sequenceDigits = 9;
const partitionDigits = 6;

export const keys = {
  statement: (tenant: string, id: string) => ({ pk: `${tenant}#S#${id}`, sk: 'S' }),
  /** `entriesOf`: one attempt to import one statement; no two attempts write to the same place. */
  entryPartition: (tenant: string, entriesOf: string, partition: number) =>
    `${tenant}#E#${entriesOf}#${String(partition).padStart(partitionDigits, '0')}`,
  entrySort: (sequence: number) => String(sequence).padStart(sequenceDigits, '0'),
  /** Details of an entry beyond its own item. */
  details: (tenant: string, entriesOf: string, sequence: number) => `${tenant}#D#${entriesOf}#${sequence}`,
  detailsSort: (chunk: number) => String(chunk).padStart(partitionDigits, '0'),
  /** Orders to tell the receipts of a slice of entries. */
  receipts: (tenant: string, statementId: string) => `${tenant}#R#${statementId}`,
  receiptsSort: (from: number) => String(from).padStart(sequenceDigits, '0'),
  upload: (tenant: string, id: string) => ({ pk: `${tenant}#U#${id}`, sk: 'U' }),
} as const;

export function partitionOf(sequence: number): number {
  return Math.floor((sequence - 1) / entriesPerPartition);
}

export function timelineAt(day: string, id: string): string {
  return `${day}#${id}`;
}
