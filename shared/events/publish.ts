import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import type { DomainEvent } from './event.ts';

/** What one PutEvents call may carry. (EventBridge quotas.) */
export const entriesPerCallMax = 10;
/** EventBridge takes 1 MB a call since 2026 and took 256 KB before; below both, a call is sure to be taken. */
export const bytesPerCallMax = 256 * 1024;
/** One event may be larger than that and then goes alone. 1 MB less room for the envelope that the bus puts around it. */
export const bytesPerEventMax = 1_000_000;

export const publishPolicy: BackoffPolicy = { attemptsMax: 5, baseMs: 50, ceilingMs: 2_000 };
const SDK_ATTEMPTS = 3;

export interface EventBus {
  readonly client: EventBridgeClient;
  /** Name or ARN. */
  readonly name: string;
  readonly wait?: typeof backOff;
}

/** How far publishing came: the first `published` entries are on the bus, and why the next one is not. */
export interface PublishResult {
  readonly published: number;
  readonly fault?: unknown;
}

/**
 * An event as an entry of the bus.
 *
 * @throws Error when the event is larger than the bus takes, or holds what JSON cannot (a bigint).
 */
export function toEntry(service: string, busName: string, event: DomainEvent): PutEventsRequestEntry {
  const entry = {
    EventBusName: busName,
    Source: `yudao.${service}`,
    DetailType: event.type,
    Detail: JSON.stringify(event),
  };
  const bytes = entryBytes(entry);
  if (bytes > bytesPerEventMax) {
    throw new Error(`The event ${event.id} (${event.type}) has ${bytes} bytes; the bus takes ${bytesPerEventMax}.`);
  }
  return entry;
}

/**
 * Publishes entries in order, in as few calls as the limits allow. What the bus refuses is tried again a few times; then
 * publishing stops, so that nothing behind a lost event goes ahead of it. An entry may reach the bus twice: its event id
 * tells.
 */
export async function publishEntries(bus: EventBus, entries: readonly PutEventsRequestEntry[]): Promise<PublishResult> {
  let published = 0;
  for (const chunk of chunkEntries(entries)) {
    const result = await publishChunk(bus, chunk);
    published += result.published;
    if (result.published < chunk.length) return { published, fault: result.fault };
  }
  return { published };
}

/** Cuts entries, in order, into calls within the limits of count and size. */
export function chunkEntries(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const chunks: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entryBytes(entry);
    const last = chunks.at(-1);
    if (last && last.length < entriesPerCallMax && bytes + size <= bytesPerCallMax) {
      last.push(entry);
      bytes += size;
    } else {
      chunks.push([entry]);
      bytes = size;
    }
  }
  return chunks;
}

/** Size as EventBridge counts it: source, detail type and detail in UTF-8. (User guide, "PutEvents event entry size".) */
export function entryBytes({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

async function publishChunk(bus: EventBus, chunk: readonly PutEventsRequestEntry[]): Promise<PublishResult> {
  const wait = bus.wait ?? backOff;
  const refused = new Map(chunk.entries());
  let fault: unknown;
  for (let attempt = 1; attempt <= publishPolicy.attemptsMax; attempt++) {
    if (attempt > 1) await wait(attempt - 1, publishPolicy);
    const asked = [...refused];
    try {
      const answers = await putEvents(
        bus.client,
        asked.map(([, entry]) => entry),
      );
      for (const [place, [index]] of asked.entries()) {
        const answer = answers[place];
        if (answer?.EventId && !answer.ErrorCode) refused.delete(index);
        else
          fault = new Error(
            `The bus refused an event: ${answer?.ErrorCode ?? 'no answer'} ${answer?.ErrorMessage ?? ''}`.trim(),
          );
      }
    } catch (error) {
      fault = error;
    }
    if (refused.size === 0) return { published: chunk.length };
  }
  return { published: Math.min(...refused.keys()), fault };
}

async function putEvents(
  client: EventBridgeClient,
  entries: PutEventsRequestEntry[],
): Promise<readonly PutEventsResultEntry[]> {
  const { Entries } = await client.send(new PutEventsCommand({ Entries: entries }));
  return Entries ?? [];
}

let client: EventBridgeClient | undefined;

/** The process's client of the bus. Region, credentials and endpoint come from the environment. */
export function eventBridge(): EventBridgeClient {
  client ??= new EventBridgeClient({ maxAttempts: SDK_ATTEMPTS });
  return client;
}
