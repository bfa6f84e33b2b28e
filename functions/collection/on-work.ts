import type { DynamoDBStreamEvent } from 'aws-lambda';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { now } from '../../shared/time/clock.ts';
import { batchFromPlain } from './batches/block-items.ts';
import { carryOnBatch } from './batches/carry-on.ts';
import { takeIntoBlocks } from './reports/take-into-block.ts';
import { reportFromPlain } from './store-reports.ts';
import { collectionTools } from './tools.ts';

/**
 * Carries on what came in: takes what banks reported to the collections that it is about, and begins batches that were
 * accepted. Handed over again, it goes on where it stopped.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const tools = collectionTools();
  const items = event.Records.flatMap(({ dynamodb }) =>
    dynamodb?.NewImage ? [fromStreamImage(dynamodb.NewImage)] : [],
  );
  const reports = items.filter(({ kind }) => kind === 'REPORT').map(reportFromPlain);
  await takeIntoBlocks(tools, reports, now());
  for (const item of items) if (item.kind === 'BATCH') await carryOnBatch(tools, batchFromPlain(item), now());
}
