/**
 * What a capability offers, as data. Both hosts read it: the cloud makes tables, functions, routes, rules and
 * schedules out of it, the local host serves the same. It holds no code and imports none.
 *
 * Conventions that need no words here:
 * - A function is the file `functions/<service>/<entry>.ts`; it exports `handler`.
 * - A table has the string keys `pk` and `sk` and a stream of new and old images. Its name reaches the functions in the
 *   environment variable `TABLE_<SERVICE>` (upper snake case), a bucket's in `BUCKET_<SERVICE>`, the bus's in `EVENT_BUS`.
 * - Every function of a capability may read and write the capability's own table and bucket, and those of `uses`.
 */
export interface ServiceDescription {
  /** The folder under `functions/`, and the `<capability>` in event sources and problem codes. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly table?: TableDescription;
  readonly bucket?: BucketDescription;
  /** Capabilities whose published functions this one calls; it gets their tables and environment. */
  readonly uses?: readonly string[];
  readonly routes?: readonly RouteDescription[];
  /** Settings of the function behind the routes (entry `api`). */
  readonly api?: FunctionSettings;
  readonly streams?: readonly StreamDescription[];
  readonly subscriptions?: readonly SubscriptionDescription[];
  readonly schedules?: readonly ScheduleDescription[];
  /** Events this capability publishes, as `<service>.<past-tense>.v<N>`. */
  readonly publishes?: readonly EventDescription[];
}

/** What a function behind routes has to know of the description. */
export type ServedRoutes = Pick<ServiceDescription, 'name' | 'routes'>;

export const roles = ['treasurer', 'approver', 'operator', 'merchant', 'auditor'] as const;
export type Role = (typeof roles)[number];

export interface FunctionSettings {
  /** Memory in MB; 512 unless told. */
  readonly memoryMb?: number;
  /** Seconds; 29 for routes (the gateway's limit), 60 elsewhere, unless told. */
  readonly timeoutSeconds?: number;
}

export interface TableDescription {
  /** Attribute holding the epoch second after which an item may vanish. Never for ledger data. */
  readonly timeToLiveAttribute?: string;
  readonly indexes?: readonly IndexDescription[];
}

/** A global secondary index over string attributes. Never authorise from one. */
export interface IndexDescription {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** ALL unless told. KEYS: of the index and of the table; then a write costs nothing here while these stay as they are. */
  readonly projection?: 'ALL' | 'KEYS';
}

/**
 * Files put under `prefix` (through a presigned upload, by a file connector) start the function `entry` with an S3 event by
 * way of a queue.
 */
export interface BucketDescription extends FunctionSettings {
  readonly entry: string;
  readonly prefix: string;
  /** Other prefixes that the functions may read and write files under; a file there starts nothing. */
  readonly outgoing?: readonly string[];
}

export interface RouteDescription {
  /** Name of the operation in `contract.ts` and in the handler map of `api.ts`; also OpenAPI's operationId. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/accounts/{id}` */
  readonly path: string;
  /** Who may call it; `PUBLIC` needs no token. */
  readonly access: readonly Role[] | 'PUBLIC';
  readonly summary: string;
  /** The status of a success. */
  readonly success: 200 | 201 | 202;
  /** REQUIRED: the header Idempotency-Key must be there (calls that create or move). NONE unless told. */
  readonly idempotencyKey?: 'REQUIRED' | 'NONE';
  /** JSON (unless told), or FILE: the raw bytes of a file. */
  readonly body?: 'JSON' | 'FILE';
  /** For a FILE route: the operation that opens an upload; the local host sends larger files that way by itself. */
  readonly largeFilesThrough?: string;
}

/** A consumer of the capability's own table stream. At least once, ordered per item only. */
export interface StreamDescription extends FunctionSettings {
  readonly entry: string;
  /** Records per invocation, at most. */
  readonly batchSize: number;
  /** Seconds to wait for a fuller batch. */
  readonly windowSeconds?: number;
  /**
   * For a consumer that proves how far it got in each shard: the event names the shard and carries a state from call to call
   * within windows of so many seconds, 900 at most (`StreamWindowEvent`). Such a consumer is handed each record until it takes
   * it: what cannot be handled holds its shard up for the 24 hours that the stream keeps it, and is never passed over.
   */
  readonly tumblingWindowSeconds?: number;
  /** Only records whose item has this value in the string attribute `kind`; one of these. */
  readonly kinds?: readonly string[];
  /** Only these changes. */
  readonly changes?: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
}

/** A consumer of bus events, behind a queue with a dead-letter queue, idempotent by event id. */
export interface SubscriptionDescription extends FunctionSettings {
  readonly entry: string;
  readonly events: readonly string[];
  readonly batchSize: number;
}

export interface ScheduleDescription extends FunctionSettings {
  readonly entry: string;
  readonly description: string;
  /** Every so many minutes, or once a day at a local time of `zone` (Asia/Shanghai unless told). */
  readonly every: { readonly minutes: number } | { readonly dailyAt: string; readonly zone?: string };
}

export interface EventDescription {
  readonly type: string;
  readonly description: string;
}
