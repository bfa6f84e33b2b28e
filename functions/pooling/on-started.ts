import type { DynamoDBStreamEvent } from 'aws-lambda';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { now } from '../../shared/time/clock.ts';
import { carryOn } from './carry-on.ts';
import { tenantOf } from './keys.ts';
import { poolingTools } from './tools.ts';

/** Carries out what was started. A batch handed over again finds what is done and goes on from there. */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  for (const { dynamodb } of event.Records) {
    if (!dynamodb?.NewImage) continue;
    const item = fromStreamImage(dynamodb.NewImage);
    await carryOn(poolingTools(), { tenant: tenantOf(String(item.pk)), kind: String(item.kind), item }, now());
  }
}
