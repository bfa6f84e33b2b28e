import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import { problems } from '../problems.ts';
import { type CsvGiven, readCsv } from './read-csv.ts';
import { type ReadLine, readCsvLines } from './read-line.ts';

/** The lines of a CSV file. Problem: `collection/file-refused`, with what is wrong, where, and how to mend it. */
export function readFileLines(bytes: Uint8Array, given: CsvGiven): readonly ReadLine[] {
  try {
    return readCsvLines(readCsv(bytes, given).lines);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { message, mend, reason, place } = error;
    throw problems['file-refused'].with({ detail: `${message}.`, mend, reason, ...place }, { cause: error });
  }
}
