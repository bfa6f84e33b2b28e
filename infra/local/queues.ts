import { createHash, randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FunctionSettings } from '../../shared/service/description.ts';
import { MINUTE_MS } from '../../shared/time/durations.ts';
import type { Functions } from './functions.ts';
import type { HostState, Row } from './host-state.ts';
import { localAccess } from './tables.ts';
import { Waker } from './waker.ts';

/** Receives of a message before it goes to the dead letters, as the cloud's queues have it. */
export const RECEIVES_MAX = 5;
/** A message that failed is seen again after this, doubled with every receive. The cloud waits longer. */
const RETRY_BASE_MS = 100;
/** Batches of one queue that are handled at the same time. */
const CONCURRENCY_MAX = 4;
const IDLE_MS = MINUTE_MS;

export interface QueueConsumer extends FunctionSettings {
  readonly service: string;
  readonly entry: string;
  readonly batchSize: number;
}

/** Puts a message into the queue of a consumer; durable when it returns. */
export function sendMessage(state: HostState, queue: string, body: string): void {
  const sql = 'INSERT INTO messages (queue, message_id, body, sent_ms) VALUES (?, ?, ?, ?)';
  state.run(sql, queue, randomUUID(), body, Date.now());
}

export function queueOf({ service, entry }: { readonly service: string; readonly entry: string }): string {
  return `${service}/${entry}`;
}

/**
 * A queue with its consumer: hands messages over in batches as Lambda's SQS event source does, takes back those that the
 * handler reports failed, and parks a message that failed too often. At least once; no order.
 */
export class Queue {
  readonly name: string;
  private readonly state: HostState;
  private readonly functions: Functions;
  private readonly consumer: QueueConsumer;
  private readonly now: () => Date;
  private readonly waker = new Waker();
  private readonly taken = new Set<number>();
  private readonly batches = new Set<Promise<void>>();
  private readonly settling: (() => void)[] = [];
  private stopped = false;
  /** When `take` last looked; what became visible since then is still to be seen. */
  private lookedMs = 0;
  private loop: Promise<void> = Promise.resolve();

  constructor(state: HostState, functions: Functions, consumer: QueueConsumer, now: () => Date) {
    this.state = state;
    this.functions = functions;
    this.consumer = consumer;
    this.now = now;
    this.name = queueOf(consumer);
  }

  start(): void {
    this.loop = this.work();
  }

  wake(): void {
    this.waker.wake();
  }

  /** Ends after what is being handled; the rest stays for the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waker.wake();
    await this.loop;
    await Promise.all(this.batches);
  }

  size(): number {
    return this.state.count('SELECT count(*) FROM messages WHERE queue = ?', this.name);
  }

  /** Settles when the queue is empty: every message handled or parked. */
  async settle(): Promise<void> {
    while (this.size() > 0 && !this.stopped) await new Promise<void>((resolve) => this.settling.push(resolve));
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      const rows = this.batches.size < CONCURRENCY_MAX ? this.take() : [];
      if (rows.length > 0) this.begin(rows);
      else await this.waker.sleep(this.millisecondsToNext());
    }
    this.tellSettled();
  }

  private take(): Row[] {
    const sql = `UPDATE messages SET receive_count = receive_count + 1, visible_ms = 0,
      first_received_ms = coalesce(first_received_ms, ?) WHERE id = ? RETURNING *`;
    this.lookedMs = Date.now();
    const ready = this.state.all(
      'SELECT id FROM messages WHERE queue = ? AND visible_ms <= ? ORDER BY visible_ms, id LIMIT ?',
      this.name,
      this.lookedMs,
      this.consumer.batchSize + this.taken.size,
    );
    const free = ready.map(({ id }) => Number(id)).filter((id) => !this.taken.has(id));
    const ids = free.slice(0, this.consumer.batchSize);
    return this.state.transaction(() => ids.flatMap((id) => this.state.all(sql, this.lookedMs, id)));
  }

  private begin(rows: readonly Row[]): void {
    for (const { id } of rows) this.taken.add(Number(id));
    const batch = this.handle(rows).finally(() => {
      for (const { id } of rows) this.taken.delete(Number(id));
      this.batches.delete(batch);
      this.tellSettled();
      this.waker.wake();
    });
    this.batches.add(batch);
  }

  private async handle(rows: readonly Row[]): Promise<void> {
    const { service, entry } = this.consumer;
    const event: SQSEvent = { Records: rows.map((row) => toRecord(row, this.name)) };
    let failed: (row: Row) => boolean;
    let reason = 'reported as failed by the handler';
    try {
      failed = readFailures(await this.functions.invoke(service, entry, event, this.consumer), rows);
    } catch (error) {
      failed = () => true;
      reason = String(error);
    }
    this.state.transaction(() => {
      for (const row of rows) {
        if (failed(row)) this.retryOrPark(row, reason);
        else this.remove(row);
      }
    });
  }

  private retryOrPark(row: Row, reason: string): void {
    const receives = Number(row.receive_count);
    if (receives >= RECEIVES_MAX) {
      this.remove(row);
      this.state.park({ source: this.name, reason, body: String(row.body) }, this.now());
      return;
    }
    const visibleAt = Date.now() + RETRY_BASE_MS * 2 ** (receives - 1);
    this.state.run('UPDATE messages SET visible_ms = ? WHERE id = ?', visibleAt, Number(row.id));
  }

  private remove(row: Row): void {
    this.state.run('DELETE FROM messages WHERE id = ?', Number(row.id));
  }

  private millisecondsToNext(): number {
    if (this.batches.size >= CONCURRENCY_MAX) return IDLE_MS;
    const sql = 'SELECT min(visible_ms) AS next FROM messages WHERE queue = ? AND visible_ms > ?';
    const next = this.state.first(sql, this.name, this.lookedMs)?.next;
    return next === null || next === undefined ? IDLE_MS : Math.max(1, Number(next) - Date.now());
  }

  private tellSettled(): void {
    for (const tell of this.settling.splice(0)) tell();
  }
}

/** Which messages the handler reports failed: those it names; all when it names one that is not there, as Lambda does. */
function readFailures(response: unknown, rows: readonly Row[]): (row: Row) => boolean {
  const failures = (response as SQSBatchResponse | undefined)?.batchItemFailures ?? [];
  const named = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const sent = new Set(rows.map(({ message_id }) => String(message_id)));
  if ([...named].some((id) => !sent.has(id))) return () => true;
  return ({ message_id }) => named.has(String(message_id));
}

function toRecord(row: Row, queue: string): SQSRecord {
  const body = String(row.body);
  return {
    messageId: String(row.message_id),
    receiptHandle: `${row.message_id}#${row.receive_count}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(row.receive_count),
      SentTimestamp: String(row.sent_ms),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(row.first_received_ms),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${localAccess.region}:000000000000:${queue.replace('/', '-')}`,
    awsRegion: localAccess.region,
  };
}
