import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { StreamDescription } from '../../shared/service/description.ts';
import type { Functions } from './functions.ts';
import type { HostState } from './host-state.ts';
import { sequenceNumberOf } from './stream-batches.ts';
import type { StreamReader } from './stream-reader.ts';

/** Calls with one and the same record at the head before it is parked, or counts as holding its shard up. */
export const STREAM_ATTEMPTS_MAX = 5;
const RETRY_BASE_MS = 50;
const RETRY_CEILING_MS = 2_000;

export interface StreamTarget {
  readonly service: string;
  readonly stream: StreamDescription;
  readonly streamArn: string;
}

/** What hands records over. */
export interface DeliveryTools {
  readonly target: StreamTarget;
  readonly reader: StreamReader;
  readonly functions: Functions;
  readonly state: HostState;
  readonly now: () => Date;
  readonly isStopped: () => boolean;
  /** A record holds its shard up, for this reason; nothing where it does so no more. */
  readonly onHeldUp: (reason: string | undefined) => void;
}

/** How the wanted records of a shard, in order and in batches, reach the function. What is done is committed. */
export interface StreamDelivery {
  /** Returns when every record is done or put aside, or the consumer is stopped. */
  deliver(shard: string, batch: readonly EngineRecord[]): Promise<void>;
  /** What is to be done when a shard has no more records for now. Answers the calls that it made. */
  rest(shard: string, at: { readonly closed: boolean; readonly settling: boolean }): Promise<number>;
}

/**
 * How many records from the head are done by an answer: all, or those before the lowest that is reported as failed. Nothing
 * where the call as a whole failed, as it does when the first record is reported, or one that is none of them.
 */
export function doneBy(answer: unknown, records: readonly EngineRecord[]): number | undefined {
  const { batchItemFailures } = (answer as Partial<DynamoDBBatchResponse> | undefined) ?? {};
  const failed = new Set((batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if (failed.size === 0) return records.length;
  const lowest = records.findIndex((record) => failed.has(sequenceNumberOf(record) ?? ''));
  return lowest > 0 ? lowest : undefined;
}

export function retryPauseMs(attempt: number): number {
  return Math.min(RETRY_CEILING_MS, RETRY_BASE_MS * 2 ** (attempt - 1));
}
