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
import { toLambdaRecord } from './stream-record.ts';

/**
 * A batch that throws is cut in half until the bad record is alone, which after some attempts is parked, so that the stream
 * goes on. Partial failures begin again at the lowest failed record.
 */
export class HalvingDelivery implements StreamDelivery {
  private readonly tools: DeliveryTools;

  constructor(tools: DeliveryTools) {
    this.tools = tools;
  }

  async deliver(shard: string, batch: readonly EngineRecord[]): Promise<void> {
    let rest = batch;
    for (let attempt = 1; rest.length > 0 && !this.tools.isStopped(); attempt++) {
      const { done, reason } = await this.invoke(rest);
      if (done > 0) {
        this.commit(shard, rest[done - 1]);
        rest = rest.slice(done);
        attempt = 0;
      } else if (rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        await this.deliver(shard, rest.slice(0, half));
        rest = rest.slice(half);
        attempt = 0;
      } else if (attempt >= STREAM_ATTEMPTS_MAX) {
        this.parkHead(shard, rest, reason);
        return;
      } else {
        await pause(retryPauseMs(attempt));
      }
    }
  }

  async rest(): Promise<number> {
    return 0;
  }

  private async invoke(records: readonly EngineRecord[]): Promise<{ done: number; reason: string }> {
    const { functions, target } = this.tools;
    const event = { Records: records.map((record) => toLambdaRecord(record, target.streamArn)) };
    try {
      const answer = await functions.invoke(target.service, target.stream.entry, event, target.stream);
      return { done: doneBy(answer, records) ?? 0, reason: 'reported as failed by the handler' };
    } catch (error) {
      return { done: 0, reason: String(error) };
    }
  }

  private commit(shard: string, record: EngineRecord | undefined): void {
    const sequenceNumber = sequenceNumberOf(record);
    if (sequenceNumber) this.tools.reader.commit(shard, sequenceNumber);
  }

  private parkHead(shard: string, [record]: readonly EngineRecord[], reason: string): void {
    if (!record) return;
    const { state, target, now } = this.tools;
    const body = JSON.stringify(toLambdaRecord(record, target.streamArn));
    state.transaction(() => {
      state.park({ source: `${target.service}/${target.stream.entry}`, reason, body }, now());
      this.commit(shard, record);
    });
  }
}
