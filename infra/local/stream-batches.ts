import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';

/** Bytes of one event, at most: what Lambda takes. Counted as the stream counts its records. */
const BATCH_BYTES_MAX = 6 * 1024 * 1024;

/** The record's place in its shard. */
export function sequenceNumberOf(record: EngineRecord | undefined): string | undefined {
  return record?.dynamodb?.SequenceNumber;
}

/** Cuts records, in order, into batches within the limits of count and size. */
export function cutBatches(records: readonly EngineRecord[], batchSize: number): EngineRecord[][] {
  const batches: EngineRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.dynamodb?.SizeBytes ?? 0;
    const last = batches.at(-1);
    if (last && last.length < batchSize && bytes + size <= BATCH_BYTES_MAX) {
      last.push(record);
      bytes += size;
    } else {
      batches.push([record]);
      bytes = size;
    }
  }
  return batches;
}
