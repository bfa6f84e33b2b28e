import type { DynamoDBStreamEvent } from 'aws-lambda';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { now } from '../../shared/time/clock.ts';
import { takeIntoBlocks } from './reports/take-into-block.ts';
import { reportFromPlain } from './store-reports.ts';
import { collectionTools } from './tools.ts';

/** Takes what banks reported to the collections that it is about. Handed over again, it changes nothing. */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const reports = event.Records.flatMap(({ dynamodb }) =>
    dynamodb?.NewImage ? [reportFromPlain(fromStreamImage(dynamodb.NewImage))] : [],
  );
  await takeIntoBlocks(collectionTools(), reports, now());
}
