import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { describeError, writeLog } from '../http/log.ts';
import { now } from '../time/clock.ts';
import type { DomainEvent } from './event.ts';

const domainEvent = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  tenant: z.string().min(1),
  occurredAt: z.iso.datetime(),
  subject: z.string().min(1),
  actor: z.object({ client: z.string(), role: z.string(), requestId: z.string() }),
  data: z.unknown(),
});

/** What EventBridge puts into a queue. Other fields of the envelope (account, region, time …) are of no use here. */
const envelope = z.object({ source: z.string().startsWith('yudao.'), 'detail-type': z.string(), detail: domainEvent });

export type ConsumerHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * Handles events of the bus that come through a queue, one after the other. A message that fails, or is no event, is
 * reported alone and comes again, at last into the dead-letter queue; the others of its batch stand.
 *
 * `handle` must be idempotent by the event's id and assume no order: queues deliver twice and out of turn.
 */
export function consumerHandler(handle: (event: DomainEvent, now: Date) => Promise<void>): ConsumerHandler {
  return async ({ Records }) => {
    const instant = now();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      let event: DomainEvent | undefined;
      try {
        event = readEvent(record);
        await handle(event, instant);
      } catch (error) {
        logFailure(record, event, error);
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
}

/**
 * Handles the events of a batch together. `handle` answers those that it could not handle, each with why: these come again, and the
 * others are done; where it throws, all come again. It must be idempotent by the events' ids and assume no order.
 */
export function batchConsumerHandler(
  handle: (events: readonly DomainEvent[], now: Date) => Promise<ReadonlyMap<DomainEvent, unknown>>,
): ConsumerHandler {
  return async ({ Records }) => {
    const failed = new Map<SQSRecord, unknown>();
    const events = new Map<SQSRecord, DomainEvent>();
    for (const record of Records) {
      try {
        events.set(record, readEvent(record));
      } catch (error) {
        failed.set(record, error);
      }
    }
    const unhandled = await handleAll(handle, [...events.values()]);
    for (const [record, event] of events) {
      if (unhandled.has(event)) failed.set(record, unhandled.get(event));
    }
    for (const [record, error] of failed) logFailure(record, events.get(record), error);
    return { batchItemFailures: [...failed.keys()].map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

async function handleAll(
  handle: Parameters<typeof batchConsumerHandler>[0],
  events: readonly DomainEvent[],
): Promise<ReadonlyMap<DomainEvent, unknown>> {
  if (events.length === 0) return new Map();
  try {
    return await handle(events, now());
  } catch (error) {
    return new Map(events.map((event) => [event, error]));
  }
}

function readEvent({ body }: SQSRecord): DomainEvent {
  const { detail, 'detail-type': detailType } = envelope.parse(parseJson(body));
  if (detail.type !== detailType) throw new Error('The envelope and the event in it name different types.');
  return detail;
}

/** The parser's own error would quote the message. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('The message is not JSON.');
  }
}

function logFailure({ messageId, attributes }: SQSRecord, event: DomainEvent | undefined, error: unknown): void {
  writeLog({
    level: 'ERROR',
    message: 'event not handled',
    messageId,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    ...(event && { eventId: event.id, eventType: event.type, tenant: event.tenant }),
    error: describeError(error),
  });
}
