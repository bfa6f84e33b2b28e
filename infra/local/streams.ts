import { setTimeout as pause } from 'node:timers/promises';
import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import { describeError, writeLog } from '../../shared/http/log.ts';
import type { StreamDescription } from '../../shared/service/description.ts';
import type { Functions } from './functions.ts';
import type { HostState } from './host-state.ts';
import { cutBatches, sequenceNumberOf } from './stream-batches.ts';
import type { StreamReader } from './stream-reader.ts';
import { isWanted, toLambdaRecord } from './stream-record.ts';
import { Waker } from './waker.ts';

/** Calls with one and the same record at the head before it is parked. */
export const STREAM_ATTEMPTS_MAX = 5;
const RETRY_BASE_MS = 50;
const RETRY_CEILING_MS = 2_000;
/** How long an idle consumer waits before it looks again; a call that ended wakes it sooner. */
const POLL_MS = 250;
/** From one look to the next, at least: under load, looking after every call would cost more than the calls. */
const GAP_MS = 25;
/** After the engine did not answer. */
const FAULT_PAUSE_MS = 1_000;

export interface StreamTarget {
  readonly service: string;
  readonly stream: StreamDescription;
  readonly streamArn: string;
}

/**
 * One consumer of one table stream, with Lambda's rules: batches of at most `batchSize` within `windowSeconds`, filtered;
 * partial failures begin again at the lowest failed record; a batch that throws is cut in half until the bad record is
 * alone, which after some attempts is parked, so that the stream goes on. At least once, ordered per item.
 */
export class StreamConsumer {
  private readonly target: StreamTarget;
  private readonly reader: StreamReader;
  private readonly functions: Functions;
  private readonly state: HostState;
  private readonly now: () => Date;
  private readonly waker = new Waker();
  private readonly settling: { from: number; tell: () => void }[] = [];
  private passes = 0;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(target: StreamTarget, reader: StreamReader, functions: Functions, state: HostState, now: () => Date) {
    this.target = target;
    this.reader = reader;
    this.functions = functions;
    this.state = state;
    this.now = now;
  }

  start(): void {
    this.loop = this.work();
  }

  wake(): void {
    this.waker.wake();
  }

  /** Ends after the batch that is being handled. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waker.wake();
    await this.loop;
  }

  /** Settles when everything in the stream at this moment is handled or parked; windows are not waited for. */
  settle(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((tell) => {
      this.settling.push({ from: this.passes + 1, tell });
      this.waker.wake();
    });
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      const found = await this.pass();
      if (found === 'nothing') await this.rest();
      if (found === 'fault') await pause(FAULT_PAUSE_MS);
    }
    for (const { tell } of this.settling.splice(0)) tell();
  }

  private async rest(): Promise<void> {
    await this.waker.sleep(POLL_MS);
    if (this.settling.length === 0 && !this.stopped) await pause(GAP_MS);
  }

  private async pass(): Promise<'something' | 'nothing' | 'fault'> {
    this.passes++;
    const number = this.passes;
    try {
      let count = 0;
      for (const shard of await this.reader.openShards()) count += await this.readOrRewind(shard);
      if (count > 0) return 'something';
      this.tellSettled(number);
      return 'nothing';
    } catch (error) {
      if (!this.stopped) {
        writeLog({ level: 'ERROR', message: 'stream not read', consumer: this.name, error: describeError(error) });
      }
      return 'fault';
    }
  }

  private get name(): string {
    return `${this.target.service}/${this.target.stream.entry}`;
  }

  private async readOrRewind(shard: string): Promise<number> {
    try {
      return await this.readShard(shard);
    } catch (error) {
      this.reader.rewind(shard);
      throw error;
    }
  }

  /** Reads a shard up to a full batch, the end of the window or its end, and hands over what is wanted. */
  private async readShard(shard: string): Promise<number> {
    const { stream } = this.target;
    const wanted: EngineRecord[] = [];
    let last: string | undefined;
    let seen = 0;
    let windowEndsAt: number | undefined;
    for (;;) {
      const { records, full, closed } = await this.reader.read(shard);
      seen += records.length;
      last = sequenceNumberOf(records.at(-1)) ?? last;
      wanted.push(...records.filter((record) => isWanted(record, stream)));
      if (wanted.length > 0) windowEndsAt ??= performance.now() + (stream.windowSeconds ?? 0) * 1000;
      const left = (windowEndsAt ?? 0) - performance.now();
      const complete = closed || wanted.length >= stream.batchSize || left <= 0 || this.settling.length > 0;
      if (complete || this.stopped) {
        await this.deliver(shard, wanted);
        if (this.stopped) return seen;
        if (last) this.reader.commit(shard, last);
        if (closed) this.reader.finish(shard);
        return seen;
      }
      if (!full) await this.waker.sleep(Math.min(left, POLL_MS));
    }
  }

  private async deliver(shard: string, records: readonly EngineRecord[]): Promise<void> {
    for (const batch of cutBatches(records, this.target.stream.batchSize)) {
      if (this.stopped) return;
      await this.handle(shard, batch);
    }
  }

  private async handle(shard: string, batch: readonly EngineRecord[]): Promise<void> {
    let rest = batch;
    for (let attempt = 1; rest.length > 0 && !this.stopped; attempt++) {
      const { done, reason } = await this.invoke(rest);
      if (done > 0) {
        this.commit(shard, rest[done - 1]);
        rest = rest.slice(done);
        attempt = 0;
      } else if (rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        await this.handle(shard, rest.slice(0, half));
        rest = rest.slice(half);
        attempt = 0;
      } else if (attempt >= STREAM_ATTEMPTS_MAX) {
        this.parkHead(shard, rest, reason);
        return;
      } else {
        await pause(Math.min(RETRY_CEILING_MS, RETRY_BASE_MS * 2 ** (attempt - 1)));
      }
    }
  }

  /** How many records from the head are done: all, up to the lowest that is reported, or none when the handler throws. */
  private async invoke(records: readonly EngineRecord[]): Promise<{ done: number; reason: string }> {
    const { service, stream, streamArn } = this.target;
    const event = { Records: records.map((record) => toLambdaRecord(record, streamArn)) };
    try {
      const response = (await this.functions.invoke(service, stream.entry, event, stream)) as
        | DynamoDBBatchResponse
        | undefined;
      const failed = new Set((response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
      const lowest = records.findIndex((record) => failed.has(sequenceNumberOf(record) ?? ''));
      const done = failed.size === 0 ? records.length : Math.max(0, lowest);
      return { done, reason: 'reported as failed by the handler' };
    } catch (error) {
      return { done: 0, reason: String(error) };
    }
  }

  private commit(shard: string, record: EngineRecord | undefined): void {
    const sequenceNumber = sequenceNumberOf(record);
    if (sequenceNumber) this.reader.commit(shard, sequenceNumber);
  }

  private parkHead(shard: string, [record]: readonly EngineRecord[], reason: string): void {
    if (!record) return;
    const body = JSON.stringify(toLambdaRecord(record, this.target.streamArn));
    this.state.transaction(() => {
      this.state.park({ source: this.name, reason, body }, this.now());
      this.commit(shard, record);
    });
  }

  private tellSettled(pass: number): void {
    for (const waiting of this.settling.splice(0)) {
      if (waiting.from <= pass) waiting.tell();
      else this.settling.push(waiting);
    }
  }
}
