import { DatabaseSync } from 'node:sqlite';

const WAIT_MS = 10_000;

/**
 * Gives dynoxide's file an index of its stream records. For each record that it writes it looks for the highest number of the
 * table, and without an index that reads every record there ever was: a transaction of 12 items takes ten times as long after
 * some 16,000 records. A release that keeps its records otherwise is left as it is.
 */
export function indexStreamRecords(file: string): void {
  const database = new DatabaseSync(file, { timeout: WAIT_MS });
  try {
    const columns = database
      .prepare('PRAGMA table_info(_stream_records)')
      .all()
      .map(({ name }) => String(name));
    if (!columns.includes('table_name') || !columns.includes('sequence_number')) return;
    database.exec(
      'CREATE INDEX IF NOT EXISTS yudao_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    database.close();
  }
}
