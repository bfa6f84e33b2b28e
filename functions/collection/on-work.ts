import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Plain } from '../../shared/dynamo/items.ts';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { describeError, writeLog } from '../../shared/http/log.ts';
import { now } from '../../shared/time/clock.ts';
import { batchFromPlain } from './batches/block-items.ts';
import { carryOnBatch } from './batches/carry-on.ts';
import { tellPayments } from './payments/tell-payments.ts';
import { takeOrPutAside } from './reports/put-aside.ts';
import { reportFromPlain } from './store-reports.ts';
import { type CollectionTools, collectionTools } from './tools.ts';

/** An item that came in, and the record that brought it. */
interface Arrival {
  readonly item: Plain;
  readonly sequenceNumber: string;
}

/**
 * Carries on what came in: takes what banks reported to the collections that it is about, tells of what they reported on payments, and
 * begins batches that were accepted. Each batch goes by itself; reported as failed is only what can neither be done nor put aside for the
 * job that takes up what is due. Handed over again, it goes on where it stopped.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return await carryOnArrivals(collectionTools(), Records, now());
}

export async function carryOnArrivals(
  tools: CollectionTools,
  records: readonly DynamoDBRecord[],
  at: Date,
): Promise<DynamoDBBatchResponse> {
  const arrivals = records.flatMap(arrivalOf);
  const reports = arrivals.filter(({ item }) => item.kind === 'REPORT');
  const stored = new Map(reports.map(({ item, sequenceNumber }) => [reportFromPlain(item), sequenceNumber]));
  const left = [
    ...(await takeOrPutAside(tools, [...stored.keys()], at)),
    ...(await tellPayments(tools.store, [...stored.keys()])),
  ];
  for (const { item } of arrivals) if (item.kind === 'BATCH') await begin(tools, item, at);
  return { batchItemFailures: left.map((report) => ({ itemIdentifier: stored.get(report) ?? '' })) };
}

/** The blocks of a batch are due from its acceptance on: what does not begin now, the job begins. */
async function begin(tools: CollectionTools, item: Plain, at: Date): Promise<void> {
  const batch = batchFromPlain(item);
  try {
    await carryOnBatch(tools, batch, at);
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'batch not begun', batchId: batch.id, error: describeError(error) });
  }
}

function arrivalOf({ dynamodb }: DynamoDBRecord): Arrival[] {
  if (!dynamodb?.NewImage) return [];
  return [{ item: fromStreamImage(dynamodb.NewImage), sequenceNumber: dynamodb.SequenceNumber ?? '' }];
}
