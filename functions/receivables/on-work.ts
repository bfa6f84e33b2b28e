import type { DynamoDBStreamEvent } from 'aws-lambda';
import { fromStreamImage } from '../../shared/events/stream-image.ts';
import { now } from '../../shared/time/clock.ts';
import { receivablesTools } from './tools.ts';
import { type Change, workOff } from './work-off.ts';

/**
 * Books what happened in the ledger, and matches what came. Handed over again, whole or in part and in whatever order, it books
 * and matches nothing twice.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const changes = event.Records.flatMap(({ eventName, dynamodb }): Change[] =>
    eventName
      ? [
          {
            kind: eventName,
            ...(dynamodb?.NewImage && { item: fromStreamImage(dynamodb.NewImage) }),
            ...(dynamodb?.OldImage && { previous: fromStreamImage(dynamodb.OldImage) }),
          },
        ]
      : [],
  );
  await workOff(receivablesTools(), changes, now());
}
