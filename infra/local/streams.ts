import { setTimeout as pause } from 'node:timers/promises';
import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import { describeError, writeLog } from '../../shared/http/log.ts';
import type { Functions } from './functions.ts';
import { HalvingDelivery } from './halving-delivery.ts';
import type { HostState } from './host-state.ts';
import { cutBatches, sequenceNumberOf } from './stream-batches.ts';
import type { DeliveryTools, StreamDelivery, StreamTarget } from './stream-delivery.ts';
import type { StreamReader } from './stream-reader.ts';
import { isWanted } from './stream-record.ts';
import { Waker } from './waker.ts';
import { WindowedDelivery } from './windowed-delivery.ts';

/** How long an idle consumer waits before it looks again; a call that ended wakes it sooner. */
const POLL_MS = 250;
/** From one look to the next, at least: under load, looking after every call would cost more than the calls. */
const GAP_MS = 25;
/** After the engine did not answer. */
const FAULT_PAUSE_MS = 1_000;

/**
 * One consumer of one table stream, with Lambda's rules: batches of at most `batchSize` within `windowSeconds`, filtered; at
 * least once, ordered per item. What becomes of a batch that fails is the delivery's: it is halved until the bad record is
 * alone and parked or, where the description has a tumbling window, handed over until it is taken.
 */
export class StreamConsumer {
  private readonly target: StreamTarget;
  private readonly reader: StreamReader;
  private readonly delivery: StreamDelivery;
  private readonly waker = new Waker();
  private readonly settling: { from: number; tell: () => void }[] = [];
  private passes = 0;
  private stopped = false;
  private heldUpBy: string | undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(target: StreamTarget, reader: StreamReader, functions: Functions, state: HostState, now: () => Date) {
    this.target = target;
    this.reader = reader;
    const isStopped = () => this.stopped;
    const onHeldUp = (reason: string | undefined) => this.noteHeldUp(reason);
    this.delivery = deliveryOf({ target, reader, functions, state, now, isStopped, onHeldUp });
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

  /** What holds the stream up: a record, or the end of a window, that was tried often and is tried on. */
  heldUp(): { readonly consumer: string; readonly reason: string } | undefined {
    return this.heldUpBy === undefined ? undefined : { consumer: this.name, reason: this.heldUpBy };
  }

  /**
   * Settles when everything in the stream at this moment is handled or parked; windows are not waited for, and neither is
   * what holds the stream up.
   */
  settle(): Promise<void> {
    if (this.stopped || this.heldUpBy !== undefined) return Promise.resolve();
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
        const isAtRest = closed || seen === 0;
        const calls = isAtRest ? await this.delivery.rest(shard, { closed, settling: this.settling.length > 0 }) : 0;
        if (closed && !this.stopped) this.reader.finish(shard);
        return seen + calls;
      }
      if (!full) await this.waker.sleep(Math.min(left, POLL_MS));
    }
  }

  private async deliver(shard: string, records: readonly EngineRecord[]): Promise<void> {
    for (const batch of cutBatches(records, this.target.stream.batchSize)) {
      if (this.stopped) return;
      await this.delivery.deliver(shard, batch);
    }
  }

  /** Nobody waits for a stream that is held up. */
  private noteHeldUp(reason: string | undefined): void {
    if (reason !== undefined && this.heldUpBy === undefined) {
      writeLog({ level: 'ERROR', message: 'stream held up', consumer: this.name, error: reason });
      for (const { tell } of this.settling.splice(0)) tell();
    }
    this.heldUpBy = reason;
  }

  private tellSettled(pass: number): void {
    for (const waiting of this.settling.splice(0)) {
      if (waiting.from <= pass) waiting.tell();
      else this.settling.push(waiting);
    }
  }
}

function deliveryOf(tools: DeliveryTools): StreamDelivery {
  const { tumblingWindowSeconds } = tools.target.stream;
  return tumblingWindowSeconds === undefined
    ? new HalvingDelivery(tools)
    : new WindowedDelivery(tools, tumblingWindowSeconds);
}
