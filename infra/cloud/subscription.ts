import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { SubscriptionDescription } from '../../shared/service/description.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { WorkQueue } from './work-queue.ts';

/** Messages that SQS hands over at once without waiting. */
const UNHURRIED_BATCH_MAX = 10;
/** Seconds that a larger batch waits to fill. */
const BATCH_WINDOW_SECONDS = 1;

export interface Subscription {
  readonly subscription: SubscriptionDescription;
  readonly bus: IEventBus;
  readonly key: IKey;
  readonly timeoutSeconds: number;
}

/**
 * Hands events of the bus to a function, through a queue: what the function cannot handle comes again, alone, and lies
 * in the end in the queue of dead letters, where also goes what the bus could not deliver.
 */
export function subscribe(
  consumer: CapabilityFunction,
  { subscription, bus, key, timeoutSeconds }: Subscription,
): WorkQueue {
  const { events, batchSize } = subscription;
  const inbox = new WorkQueue(consumer, 'Inbox', { key, timeoutSeconds });
  new Rule(consumer, 'Rule', {
    description: `Yudao: ${consumer.source.service}/${consumer.source.entry}`,
    eventBus: bus,
    eventPattern: { source: sourcesOf(events), detailType: [...events] },
    targets: [new SqsQueue(inbox.queue, { deadLetterQueue: inbox.deadLetters })],
  });
  takeFrom(consumer, inbox, batchSize);
  return inbox;
}

/** Hands the messages of a queue to a function; those that it names as failed come again, the others are done. */
export function takeFrom(consumer: CapabilityFunction, { queue }: WorkQueue, batchSize: number): void {
  consumer.fn.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      reportBatchItemFailures: true,
      ...(batchSize > UNHURRIED_BATCH_MAX && { maxBatchingWindow: Duration.seconds(BATCH_WINDOW_SECONDS) }),
    }),
  );
}

/** `ledger.transfer-posted.v1` comes from `yudao.ledger`. */
function sourcesOf(events: readonly string[]): string[] {
  return [...new Set(events.map((type) => `yudao.${type.slice(0, type.indexOf('.'))}`))];
}
