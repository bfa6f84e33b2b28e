import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { MINUTE_MS } from '../../shared/time/durations.ts';
import { Bus } from './bus.ts';
import { LocalClock } from './clock.ts';
import type { Functions } from './functions.ts';
import type { HostState } from './host-state.ts';
import { ObjectFiles } from './object-files.ts';
import { ObjectStore } from './object-store.ts';
import { Queue } from './queues.ts';
import { Schedules } from './schedules.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamConsumer } from './streams.ts';
import { type LocalTable, localAccess } from './tables.ts';

const DEAD_LETTERS_LISTED_MAX = 1_000;
/** How long a leap of the clock waits, before each day's runs, for what is under way. */
const DRAIN_MS_MAX = MINUTE_MS;

export interface HostParts {
  readonly services: readonly ServiceDescription[];
  readonly state: HostState;
  readonly functions: Functions;
  readonly endpoint: string;
  readonly tables: readonly LocalTable[];
  readonly objectsFolder: string;
}

/** What runs behind the gateway: streams, bus, queues, object store and schedules, over one state and one clock. */
export class Host {
  readonly clock: LocalClock;
  readonly bus: Bus;
  readonly objects: ObjectStore;
  readonly schedules: Schedules;
  private readonly parts: HostParts;
  private readonly streamsClient: DynamoDBStreamsClient;
  private readonly streams: readonly StreamConsumer[];
  private readonly queues: readonly Queue[];

  constructor(parts: HostParts) {
    const { services, state, functions } = parts;
    this.parts = parts;
    this.clock = new LocalClock(state);
    const now = () => this.clock.now();
    const wakeQueues = () => this.wakeQueues();
    this.streamsClient = new DynamoDBStreamsClient({ endpoint: parts.endpoint, ...localAccess });
    this.streams = services.flatMap((service) => this.consumersOf(service, now));
    this.queues = services.flatMap((service) => this.queuesOf(service, now));
    this.bus = new Bus(state, services, now, wakeQueues);
    const files = new ObjectFiles(state, parts.objectsFolder);
    this.objects = new ObjectStore({ state, files, services, now, delivered: wakeQueues });
    this.schedules = new Schedules(services, this.clock, state, functions, () =>
      within(DRAIN_MS_MAX, (isLate) => this.drain(isLate)),
    );
    functions.onInvoked(() => this.wakeAll());
  }

  start(): void {
    for (const part of [...this.streams, ...this.queues, this.schedules]) part.start();
  }

  /** Ends after what is being handled. What waits is kept for the next start. */
  async stop(): Promise<void> {
    await Promise.all([...this.streams, ...this.queues, this.schedules].map((part) => part.stop()));
    await this.parts.functions.untilIdle();
    this.streamsClient.destroy();
  }

  /**
   * Waits until nothing is under way any more; false when that takes longer than the limit, or a stream is held up by what
   * cannot be handled: that is tried on, and not waited for.
   */
  async quiesce(millisecondsMax: number): Promise<boolean> {
    const isInTime = await within(millisecondsMax, async (isLate) => {
      await this.schedules.settle();
      await this.drain(isLate);
    });
    return isInTime && this.heldUpStreams().length === 0;
  }

  /** Consumers of streams that a record holds up, and why. */
  heldUpStreams(): { readonly consumer: string; readonly reason: string }[] {
    return this.streams.flatMap((stream) => stream.heldUp() ?? []);
  }

  counts(): Record<string, number> {
    const { state } = this.parts;
    return {
      messages: state.count('SELECT count(*) FROM messages'),
      deadLetters: state.count('SELECT count(*) FROM dead_letters'),
      invocations: this.parts.functions.invocations,
    };
  }

  listDeadLetters(): unknown[] {
    const sql = 'SELECT source, reason, at, body FROM dead_letters ORDER BY id DESC LIMIT ?';
    return this.parts.state.all(sql, DEAD_LETTERS_LISTED_MAX);
  }

  /** Lets streams, queues and running handlers come to their end. Done when a whole round saw no handler run. */
  private async drain(isLate: () => boolean): Promise<void> {
    const { functions } = this.parts;
    for (let before = -1; before !== functions.invocations && !isLate(); ) {
      before = functions.invocations;
      await functions.untilIdle();
      await Promise.all(this.streams.map((stream) => stream.settle()));
      await Promise.all(this.queues.map((queue) => queue.settle()));
    }
  }

  private wakeQueues(): void {
    for (const queue of this.queues) queue.wake();
  }

  private wakeAll(): void {
    for (const stream of this.streams) stream.wake();
    this.wakeQueues();
  }

  private consumersOf({ name, streams = [] }: ServiceDescription, now: () => Date): StreamConsumer[] {
    const { state, functions, tables } = this.parts;
    const streamArn = tables.find(({ service }) => service === name)?.streamArn;
    if (streams.length > 0 && !streamArn) throw new Error(`The table of ${name} has no stream.`);
    return streams.map((stream) => {
      const target = { service: name, stream, streamArn: streamArn ?? '' };
      const reader = new StreamReader(this.streamsClient, target.streamArn, `${name}/${stream.entry}`, state);
      return new StreamConsumer(target, reader, functions, state, now);
    });
  }

  private queuesOf({ name, subscriptions = [], bucket }: ServiceDescription, now: () => Date): Queue[] {
    const { state, functions } = this.parts;
    const consumers = [...subscriptions, ...(bucket ? [{ ...bucket, batchSize: 1 }] : [])];
    return consumers.map((consumer) => new Queue(state, functions, { ...consumer, service: name }, now));
  }
}

/** Whether the work ended within the limit. It is told when it is late, and must end soon then. */
async function within(millisecondsMax: number, work: (isLate: () => boolean) => Promise<void>): Promise<boolean> {
  let late = false;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      late = true;
      resolve();
    }, millisecondsMax);
  });
  try {
    await Promise.race([work(() => late), limit]);
    return !late;
  } finally {
    clearTimeout(timer);
  }
}
