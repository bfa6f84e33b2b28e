import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { randomFrom } from './random.ts';

/** How unkindly records are delivered, rates between 0 and 1. All of it is within what Lambda and streams promise. */
export interface DeliveryFaults {
  /** Records a batch, at most. */
  readonly batchSize: number;
  /** A batch is cut in two and delivered as two. */
  readonly cut: number;
  /** A batch that was taken is delivered once more, whole or from somewhere in it on. */
  readonly duplicate: number;
  /** Items' histories are interleaved at random; each keeps its own order. */
  readonly reorder: boolean;
}

export interface Delivery {
  readonly seed: number;
  readonly invocations: number;
  readonly duplicates: number;
  /** Batches that the handler failed, wholly or from a record on. */
  readonly failures: number;
}

/** Answers a DynamoDBBatchResponse, or nothing where it takes a batch whole or not at all. */
export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<unknown>;

const kindDelivery: DeliveryFaults = { batchSize: 100, cut: 0, duplicate: 0, reorder: false };
const unkindDelivery: DeliveryFaults = { batchSize: 10, cut: 0.3, duplicate: 0.3, reorder: true };
/** Deliveries of a batch that keeps failing; Lambda would park it. */
const attemptsMax = 50;

/**
 * Delivers stream records to a handler as Lambda may: more than once, cut, and items in any order, by a seed. A batch that
 * fails comes again from its first failed record on; a handler that throws gets it whole.
 *
 * @throws Error with the seed when a batch keeps failing.
 */
export async function deliverUnkindly(
  records: readonly DynamoDBRecord[],
  handler: StreamHandler,
  seed: number,
  faults: Partial<DeliveryFaults> = {},
): Promise<Delivery> {
  const { batchSize, cut, duplicate, reorder } = { ...unkindDelivery, ...faults };
  const random = randomFrom(seed);
  const queue = reorder ? interleave(records, random) : [...records];
  let duplicates = 0;
  let invocations = 0;
  let failures = 0;
  while (queue.length > 0) {
    const size = Math.min(batchSize, queue.length);
    const batch = queue.splice(0, random() < cut ? Math.max(1, Math.floor(random() * size)) : size);
    await deliver(batch);
    if (random() < duplicate) {
      duplicates += 1;
      await deliver(batch.slice(Math.floor(random() * batch.length)));
    }
  }
  return { seed, invocations, duplicates, failures };

  async function deliver(batch: readonly DynamoDBRecord[]): Promise<void> {
    let left = batch;
    let cause: unknown;
    for (let attempt = 1; left.length > 0; attempt++) {
      if (attempt > attemptsMax) throw new Error(`SEED=${seed}: a batch failed ${attemptsMax} times.`, { cause });
      invocations += 1;
      try {
        left = failedPart(left, await handler({ Records: [...left] }));
      } catch (error) {
        cause = error;
      }
      if (left.length > 0) failures += 1;
    }
  }
}

/** Delivers each record once, in order. */
export function deliver(records: readonly DynamoDBRecord[], handler: StreamHandler): Promise<Delivery> {
  return deliverUnkindly(records, handler, 0, kindDelivery);
}

/** What Lambda hands over again: from the lowest reported record on; all of it where an unknown one is reported. */
function failedPart(batch: readonly DynamoDBRecord[], answer: unknown): readonly DynamoDBRecord[] {
  const reported = (answer as DynamoDBBatchResponse | undefined)?.batchItemFailures ?? [];
  const failed = new Set(reported.map(({ itemIdentifier }) => itemIdentifier));
  if (failed.size === 0) return [];
  const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
  return batch.slice(Math.max(0, first));
}

function interleave(records: readonly DynamoDBRecord[], random: () => number): DynamoDBRecord[] {
  const histories = Map.groupBy(records, ({ dynamodb }) => JSON.stringify(dynamodb?.Keys));
  const waiting = [...histories.values()].map((history) => [...history]);
  const mixed: DynamoDBRecord[] = [];
  while (waiting.length > 0) {
    const which = Math.floor(random() * waiting.length);
    const record = waiting[which]?.shift();
    if (record) mixed.push(record);
    if (waiting[which]?.length === 0) waiting.splice(which, 1);
  }
  return mixed;
}
