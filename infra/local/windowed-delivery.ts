import { setTimeout as pause } from 'node:timers/promises';
import type { _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import { sequenceNumberOf } from './stream-batches.ts';
import {
  type DeliveryTools,
  doneBy,
  retryPauseMs,
  STREAM_ATTEMPTS_MAX,
  type StreamDelivery,
} from './stream-delivery.ts';
import {
  isTooLarge,
  type OpenWindow,
  StreamWindows,
  stateIn,
  toWindowEvent,
  type WindowEnd,
  windowStartOf,
} from './stream-windows.ts';

const emptyState = '{}';

/**
 * Hands records over in tumbling windows, as Lambda does: each batch is of one window, the answer's state goes into the next
 * call, and when the window's time is over a last call without records ends it. What fails is handed over again, whole or
 * from the lowest record that is reported, without end: it holds its shard up, and nothing is passed over.
 *
 * Windows are counted in the time that the engine puts on records: the machine's, not that of the clock that can be set.
 */
export class WindowedDelivery implements StreamDelivery {
  private readonly tools: DeliveryTools;
  private readonly windows: StreamWindows;
  private readonly seconds: number;

  constructor(tools: DeliveryTools, tumblingWindowSeconds: number) {
    this.tools = tools;
    const { service, stream, streamArn } = tools.target;
    this.windows = new StreamWindows(tools.state, `${service}/${stream.entry} ${streamArn}`);
    this.seconds = tumblingWindowSeconds;
  }

  async deliver(shard: string, batch: readonly EngineRecord[]): Promise<void> {
    let rest = batch;
    while (rest.length > 0 && !this.tools.isStopped()) {
      const window = await this.enter(shard, windowStartOf(rest[0], this.seconds));
      const beyond = rest.findIndex((record) => windowStartOf(record, this.seconds) > window.startMs);
      const together = beyond < 0 ? rest : rest.slice(0, beyond);
      const done = await this.untilDone(shard, together, 'NOT_YET');
      rest = rest.slice(done);
    }
  }

  /**
   * Ends a window whose time is over, and that of a shard that has come to its end. A quiet point does not wait for the time:
   * it ends the window early, so that nothing is left in its state.
   */
  async rest(
    shard: string,
    { closed, settling }: { readonly closed: boolean; readonly settling: boolean },
  ): Promise<number> {
    const open = this.windows.read(shard);
    if (!open) return 0;
    const isOver = closed || open.startMs + this.seconds * 1000 <= Date.now();
    if (!isOver && !settling) return 0;
    await this.untilDone(shard, [], isOver ? 'OVER' : 'EARLY');
    return 1;
  }

  /** The window that a record belongs to. It is never earlier than the one that has begun: time does not go back in a shard. */
  private async enter(shard: string, startMs: number): Promise<OpenWindow> {
    const open = this.windows.read(shard);
    if (open && startMs > open.startMs) await this.untilDone(shard, [], 'OVER');
    const window = this.windows.read(shard) ?? { startMs, state: emptyState };
    this.windows.keep(shard, window);
    return window;
  }

  /** Calls until records from the head are done, or the window is ended; answers how many records are. */
  private async untilDone(shard: string, records: readonly EngineRecord[], end: WindowEnd): Promise<number> {
    for (let attempt = 1; !this.tools.isStopped(); attempt++) {
      const window = this.windows.read(shard);
      if (!window) return 0;
      const { done, reason } = await this.call(shard, records, window, end);
      if (done !== undefined) {
        this.tools.onHeldUp(undefined);
        return done;
      }
      if (attempt >= STREAM_ATTEMPTS_MAX) this.tools.onHeldUp(reason);
      await pause(retryPauseMs(attempt));
    }
    return 0;
  }

  /** One call, and what is kept of it: how many records are done, nothing where it failed as a whole. */
  private async call(
    shard: string,
    records: readonly EngineRecord[],
    window: OpenWindow,
    end: WindowEnd,
  ): Promise<{ readonly done?: number; readonly reason: string }> {
    const { functions, target, state: hostState } = this.tools;
    const { service, stream, streamArn } = target;
    const event = toWindowEvent(records, { shard, streamArn, seconds: this.seconds }, window, end);
    try {
      const answer = await functions.invoke(service, stream.entry, event, stream);
      const state = stateIn(answer);
      const done = doneBy(answer, records);
      const reason = 'reported as failed by the handler';
      if (done === undefined) return { reason };
      hostState.transaction(() => this.note(shard, records[done - 1], { ...window, state }, end));
      if (end === 'NOT_YET' && isTooLarge(state)) await this.untilDone(shard, [], 'EARLY');
      return { done, reason };
    } catch (error) {
      return { reason: String(error) };
    }
  }

  private note(shard: string, last: EngineRecord | undefined, window: OpenWindow, end: WindowEnd): void {
    const sequenceNumber = sequenceNumberOf(last);
    if (sequenceNumber) this.tools.reader.commit(shard, sequenceNumber);
    if (end === 'NOT_YET') this.windows.keep(shard, window);
    else this.windows.forget(shard);
  }
}
