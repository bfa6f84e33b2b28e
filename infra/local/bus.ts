import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ServiceDescription } from '../../shared/service/description.ts';
import type { HostState } from './host-state.ts';
import { queueOf, sendMessage } from './queues.ts';
import { localAccess } from './tables.ts';

export const BUS_NAME = 'yudao';
/** Events that are kept for looking at. */
const EVENTS_KEPT_MAX = 10_000;
export const EVENTS_PAGE_MAX = 1_000;
/** What EventBridge takes in one call. */
const ENTRIES_MAX = 10;
const CALL_BYTES_MAX = 1024 * 1024;

const putEventsBody = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string().default(''),
        DetailType: z.string().default(''),
        Detail: z.string().default(''),
        Time: z.number().optional(),
        Resources: z.array(z.string()).default([]),
      }),
    )
    .min(1)
    .max(ENTRIES_MAX),
});
type Entry = z.output<typeof putEventsBody>['Entries'][number];
type EntryAnswer = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

export interface KeptEvent {
  /** Grows with every event; pass the last as `after` for the next page. */
  readonly position: number;
  readonly type: string;
  readonly source: string;
  readonly time: string;
  readonly event: unknown;
}

export interface BusAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The event bus that functions talk to: PutEvents of EventBridge's own protocol. What an entry's type is subscribed to
 * lies in the queues of the subscribers before the call is answered.
 */
export class Bus {
  private readonly state: HostState;
  private readonly queuesByType = new Map<string, string[]>();
  private readonly now: () => Date;
  private readonly delivered: () => void;

  constructor(state: HostState, services: readonly ServiceDescription[], now: () => Date, delivered: () => void) {
    this.state = state;
    this.now = now;
    this.delivered = delivered;
    for (const { name, subscriptions = [] } of services) {
      for (const { entry, events } of subscriptions) {
        for (const type of events) this.subscribe(type, queueOf({ service: name, entry }));
      }
    }
  }

  /** Answers a call in AWS JSON 1.1; `target` is the header X-Amz-Target. */
  handle(target: string | undefined, text: string): BusAnswer {
    if (target !== 'AWSEvents.PutEvents') return refuse('UnknownOperationException', `${target} is not served here.`);
    if (Buffer.byteLength(text) > CALL_BYTES_MAX) return refuse('ValidationException', 'The call is larger than 1 MB.');
    const parsed = putEventsBody.safeParse(parseJson(text));
    if (!parsed.success) return refuse('ValidationException', z.prettifyError(parsed.error));
    const answers = this.state.transaction(() => parsed.data.Entries.map((entry) => this.accept(entry)));
    this.delivered();
    const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
    return { status: 200, body: { FailedEntryCount, Entries: answers } };
  }

  /** The kept events behind a position, oldest first, of one type or of all. */
  list(after: number, type: string | undefined): KeptEvent[] {
    const sql = `SELECT * FROM events WHERE position > ? AND (? IS NULL OR type = ?) ORDER BY position LIMIT ?`;
    return this.state.all(sql, after, type ?? null, type ?? null, EVENTS_PAGE_MAX).map((row) => {
      const { source, time, detail } = JSON.parse(String(row.envelope));
      return { position: Number(row.position), type: String(row.type), source, time, event: detail };
    });
  }

  private accept({ Source, DetailType, Detail, Time, Resources }: Entry): EntryAnswer {
    if (!Source || !DetailType) return fault('InvalidArgument', 'Source and DetailType are needed.');
    const detail = parseJson(Detail);
    if (typeof detail !== 'object' || detail === null) return fault('MalformedDetail', 'Detail is no JSON object.');
    const id = randomUUID();
    const envelope = JSON.stringify({
      version: '0',
      id,
      'detail-type': DetailType,
      source: Source,
      account: '000000000000',
      time: (Time === undefined ? this.now() : new Date(Time * 1000)).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: localAccess.region,
      resources: Resources,
      detail,
    });
    this.keep(DetailType, envelope);
    for (const queue of this.queuesByType.get(DetailType) ?? []) sendMessage(this.state, queue, envelope);
    return { EventId: id };
  }

  private keep(type: string, envelope: string): void {
    this.state.run('INSERT INTO events (type, envelope) VALUES (?, ?)', type, envelope);
    this.state.run('DELETE FROM events WHERE position <= (SELECT max(position) FROM events) - ?', EVENTS_KEPT_MAX);
  }

  private subscribe(type: string, queue: string): void {
    this.queuesByType.set(type, [...(this.queuesByType.get(type) ?? []), queue]);
  }
}

function refuse(type: string, message: string): BusAnswer {
  return { status: 400, body: { __type: type, message } };
}

function fault(ErrorCode: string, ErrorMessage: string): EntryAnswer {
  return { ErrorCode, ErrorMessage };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
