import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  type _Record as EngineRecord,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { HostState } from './host-state.ts';

/** Records of one read. The cloud also stops at 1 MB, the engines do not: large items must not fill the memory. */
const READ_RECORDS_MAX = 100;
const SHARD_PAGES_MAX = 100;

/** What one read of a shard gave. */
export interface ShardRead {
  readonly shard: string;
  /** As many as a read can give: there are more, most likely. */
  readonly full: boolean;
  /** The shard has no more and never will. */
  readonly closed: boolean;
  readonly records: readonly EngineRecord[];
}

/**
 * Reads the shards of one stream for one consumer, parents before children, each from where the consumer got to. The
 * position is durable; it moves only by `commit`.
 */
export class StreamReader {
  private readonly client: DynamoDBStreamsClient;
  private readonly streamArn: string;
  private readonly consumer: string;
  private readonly state: HostState;
  private readonly iterators = new Map<string, string>();
  private shards: Shard[] | undefined;

  constructor(client: DynamoDBStreamsClient, streamArn: string, consumer: string, state: HostState) {
    this.client = client;
    this.streamArn = streamArn;
    this.consumer = `${consumer} ${streamArn}`;
    this.state = state;
  }

  /** The shards that may be read now: not read to their end, and their parents are. */
  async openShards(): Promise<string[]> {
    this.shards ??= await this.listShards();
    const known = new Set(this.shards.map(({ ShardId }) => ShardId));
    return this.shards.flatMap(({ ShardId, ParentShardId }) => {
      const waits = ParentShardId && known.has(ParentShardId) && !this.isFinished(ParentShardId);
      return ShardId && !waits && !this.isFinished(ShardId) ? [ShardId] : [];
    });
  }

  /** The next records behind those read last. */
  async read(shard: string): Promise<ShardRead> {
    const iterator = this.iterators.get(shard) ?? (await this.openIterator(shard));
    try {
      const command = new GetRecordsCommand({ ShardIterator: iterator, Limit: READ_RECORDS_MAX });
      const { Records = [], NextShardIterator } = await this.client.send(command);
      if (NextShardIterator) this.iterators.set(shard, NextShardIterator);
      else this.iterators.delete(shard);
      const full = Records.length >= READ_RECORDS_MAX;
      return { shard, records: Records, full, closed: !NextShardIterator };
    } catch (error) {
      this.rewind(shard);
      if (error instanceof ExpiredIteratorException) return { shard, records: [], full: false, closed: false };
      throw error;
    }
  }

  /** Notes that everything up to this record is done, for good. */
  commit(shard: string, sequenceNumber: string): void {
    this.save(shard, sequenceNumber, false);
  }

  /** Notes that a closed shard is read to its end, and looks for the shards that follow it. */
  finish(shard: string): void {
    this.save(shard, this.position(shard) ?? '', true);
    this.shards = undefined;
  }

  /** Forgets what was read beyond the position. */
  rewind(shard: string): void {
    this.iterators.delete(shard);
  }

  private save(shard: string, sequenceNumber: string, finished: boolean): void {
    const sql = `INSERT INTO stream_positions VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
      SET sequence_number = excluded.sequence_number, finished = excluded.finished`;
    this.state.run(sql, this.consumer, shard, sequenceNumber, finished ? 1 : 0);
  }

  private position(shard: string): string | undefined {
    const sql = 'SELECT sequence_number FROM stream_positions WHERE consumer = ? AND shard = ?';
    return this.state.first(sql, this.consumer, shard)?.sequence_number?.toString();
  }

  private isFinished(shard: string): boolean {
    const sql = 'SELECT finished FROM stream_positions WHERE consumer = ? AND shard = ?';
    return this.state.first(sql, this.consumer, shard)?.finished === 1;
  }

  private async openIterator(shard: string): Promise<string> {
    const position = this.position(shard);
    const where = { StreamArn: this.streamArn, ShardId: shard };
    const fromStart = new GetShardIteratorCommand({ ...where, ShardIteratorType: 'TRIM_HORIZON' });
    if (!position) return this.askIterator(fromStart);
    try {
      const behind = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position } as const;
      return await this.askIterator(new GetShardIteratorCommand({ ...where, ...behind }));
    } catch (error) {
      // A stream keeps 24 hours: a system that was off for longer goes on with the oldest that is left.
      if (error instanceof TrimmedDataAccessException) return this.askIterator(fromStart);
      throw error;
    }
  }

  private async askIterator(command: GetShardIteratorCommand): Promise<string> {
    const { ShardIterator } = await this.client.send(command);
    if (!ShardIterator) throw new Error(`${this.streamArn} gives no iterator.`);
    return ShardIterator;
  }

  private async listShards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let after: string | undefined;
    for (let page = 0; page < SHARD_PAGES_MAX; page++) {
      const command = new DescribeStreamCommand({
        StreamArn: this.streamArn,
        ...(after && { ExclusiveStartShardId: after }),
      });
      const { StreamDescription } = await this.client.send(command);
      shards.push(...(StreamDescription?.Shards ?? []));
      after = StreamDescription?.LastEvaluatedShardId;
      if (!after) return shards;
    }
    throw new Error(`${this.streamArn} has more shards than ${SHARD_PAGES_MAX} pages tell.`);
  }
}
