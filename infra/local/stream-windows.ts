import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { StreamWindowEvent } from '../../shared/events/stream-window.ts';
import type { HostState } from './host-state.ts';
import { toLambdaRecord } from './stream-record.ts';

/** Bytes of the state of a window, as JSON: what Lambda keeps. */
const STATE_BYTES_MAX = 1024 * 1024;

/** A window that has begun in a shard. */
export interface OpenWindow {
  /** Epoch milliseconds, a multiple of the window's length. */
  readonly startMs: number;
  /** JSON of what the call before answered. */
  readonly state: string;
}

/**
 * How a window ends: its time is over, or it does not hold any longer what it carries and goes on with an empty state.
 * NOT_YET: it goes on with the state that the call answers.
 */
export type WindowEnd = 'NOT_YET' | 'OVER' | 'EARLY';

/** The tumbling windows of one consumer, one at most in each shard. Durable, as the position in the shard is. */
export class StreamWindows {
  private readonly state: HostState;
  private readonly consumer: string;

  constructor(state: HostState, consumer: string) {
    this.state = state;
    this.consumer = consumer;
  }

  read(shard: string): OpenWindow | undefined {
    const sql = 'SELECT start_ms, state FROM stream_windows WHERE consumer = ? AND shard = ?';
    const row = this.state.first(sql, this.consumer, shard);
    return row && { startMs: Number(row.start_ms), state: String(row.state) };
  }

  keep(shard: string, { startMs, state }: OpenWindow): void {
    const sql = `INSERT INTO stream_windows VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
      SET start_ms = excluded.start_ms, state = excluded.state`;
    this.state.run(sql, this.consumer, shard, startMs, state);
  }

  forget(shard: string): void {
    this.state.run('DELETE FROM stream_windows WHERE consumer = ? AND shard = ?', this.consumer, shard);
  }
}

/** The start of the window in which a record was written. */
export function windowStartOf(record: EngineRecord | undefined, seconds: number): number {
  const writtenMs = record?.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0;
  const length = seconds * 1000;
  return Math.floor(writtenMs / length) * length;
}

/** The event of one call, as Lambda hands it over. */
export function toWindowEvent(
  records: readonly EngineRecord[],
  where: { readonly shard: string; readonly streamArn: string; readonly seconds: number },
  { startMs, state }: OpenWindow,
  end: WindowEnd,
): StreamWindowEvent {
  const { shard, streamArn, seconds } = where;
  return {
    Records: records.map((record) => toLambdaRecord(record, streamArn)),
    window: { start: instantOf(startMs), end: instantOf(startMs + seconds * 1000) },
    state: JSON.parse(state) as StreamWindowEvent['state'],
    shardId: shard,
    eventSourceARN: streamArn,
    isFinalInvokeForWindow: end === 'OVER',
    isWindowTerminatedEarly: end === 'EARLY',
  };
}

/** The state that a handler answered, as JSON; Lambda fails a call that answers none. */
export function stateIn(answer: unknown): string {
  const state = (answer as { readonly state?: unknown } | undefined)?.state;
  if (typeof state !== 'object' || state === null) throw new Error('The handler answered no state.');
  return JSON.stringify(state);
}

export function isTooLarge(state: string): boolean {
  return Buffer.byteLength(state) > STATE_BYTES_MAX;
}

/** Windows begin at whole seconds, and are told so. */
function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
