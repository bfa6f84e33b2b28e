import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

/**
 * What a consumer of a table stream is handed when its description has `tumblingWindowSeconds`. Only then does Lambda name
 * the shard. Records stand in the order of the shard, and may be those of an earlier call again, fewer or more of them.
 */
export interface StreamWindowEvent {
  /** None where the call is only about the end of the window. */
  readonly Records: readonly DynamoDBRecord[];
  /** ISO instants; every record belongs to the window in which it was written. */
  readonly window: { readonly start: string; readonly end: string };
  /** What the call before answered; {} at the first call of a window. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly shardId: string;
  readonly eventSourceARN: string;
  /** The last call of the window. */
  readonly isFinalInvokeForWindow: boolean;
  /** The window goes on with the state {}: its state grew beyond 1 MB, say. */
  readonly isWindowTerminatedEarly: boolean;
}

/** What it must answer; an answer without a state is a failed call. */
export interface StreamWindowAnswer extends DynamoDBBatchResponse {
  /** At most 1 MB as JSON. */
  readonly state: Readonly<Record<string, unknown>>;
}
