import type { DynamoDBStreamEvent } from 'aws-lambda';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { now } from '../../shared/time/clock.ts';
import { batchFromPlain } from './batches/block-items.ts';
import { carryOnBatch } from './batches/carry-on-batch.ts';
import { collectionTools } from './tools.ts';

/** Begins batches that were accepted. Handed over again, it goes on where it stopped. */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  for (const { dynamodb } of event.Records) {
    if (!dynamodb?.NewImage) continue;
    await carryOnBatch(collectionTools(), batchFromPlain(fromStreamImage(dynamodb.NewImage)), now());
  }
}
