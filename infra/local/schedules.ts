import type { ScheduleDescription, ServiceDescription } from '../../shared/service/description.ts';
import type { LocalClock } from './clock.ts';
import { listDueTimes } from './due-times.ts';
import type { Functions } from './functions.ts';
import type { HostState } from './host-state.ts';

/** Calls of one due time: the first and two more, as the cloud has it. */
const ATTEMPTS_MAX = 3;
const TICK_MS = 500;

interface Schedule {
  readonly name: string;
  readonly service: string;
  readonly description: ScheduleDescription;
}

interface Run {
  readonly schedule: Schedule;
  readonly time: number;
}

/**
 * Runs what is due by the system's clock. One run at a time, in the order of their due times; each is noted when it
 * succeeded or was parked, so that a crash repeats it rather than loses it.
 */
export class Schedules {
  private readonly schedules: readonly Schedule[];
  private readonly clock: LocalClock;
  private readonly state: HostState;
  private readonly functions: Functions;
  private readonly drain: () => Promise<unknown>;
  private ownCalls = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private ticking = false;
  private stopped = false;

  constructor(
    services: readonly ServiceDescription[],
    clock: LocalClock,
    state: HostState,
    functions: Functions,
    /** Lets everything under way come to its end. */
    drain: () => Promise<unknown>,
  ) {
    this.schedules = services.flatMap(({ name, schedules = [] }) =>
      schedules.map((description) => ({ name: `${name}/${description.entry}`, service: name, description })),
    );
    this.clock = clock;
    this.state = state;
    this.functions = functions;
    this.drain = drain;
  }

  /** Begins to look at the clock. What was due while the system was off runs first: daily ones for each day, others once. */
  start(): void {
    const now = this.clock.milliseconds();
    for (const { name } of this.schedules) {
      this.state.run('INSERT OR IGNORE INTO schedule_runs VALUES (?, ?)', name, now);
    }
    this.timer = setInterval(() => void this.tick(), TICK_MS);
    void this.tick();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.queue;
  }

  /** Settles when no run is under way or waiting. */
  async settle(): Promise<void> {
    await this.queue;
  }

  /**
   * Moves the clock forward, and runs what is due in between, each with the clock at its due time. How many ran. The clock
   * stands still for work that a run set off, as soon as that is seen: a second of it would take hours by it. Between two days nothing
   * is left.
   */
  moveClock(target: Date): Promise<number> {
    return this.exclusively(async () => {
      const until = target.getTime();
      const runs = this.listDue(until);
      let seen = this.callsOfOthers();
      for (const run of runs) {
        if (isDaily(run) || this.callsOfOthers() !== seen) await this.drain();
        seen = this.callsOfOthers();
        // The leap ends where the system is stopped: what is due behind that is still due then.
        if (this.stopped) break;
        this.clock.moveTo(run.time);
        await this.run(run);
      }
      await this.drain();
      if (!this.stopped) this.clock.moveTo(until);
      return runs.length;
    });
  }

  private async tick(): Promise<void> {
    if (this.ticking || this.stopped) return;
    this.ticking = true;
    try {
      await this.exclusively(async () => {
        for (const run of onceEach(this.listDue(this.clock.milliseconds()))) await this.run(run);
      });
    } finally {
      this.ticking = false;
    }
  }

  private listDue(until: number): Run[] {
    const runs = this.schedules.flatMap((schedule) =>
      listDueTimes(schedule.description.every, this.lastRun(schedule), until).map((time) => ({ schedule, time })),
    );
    return runs.sort((a, b) => a.time - b.time);
  }

  private async run({ schedule, time }: Run): Promise<void> {
    if (this.stopped) return;
    const { service, description, name } = schedule;
    const event = { time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') };
    let reason = '';
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      try {
        this.ownCalls++;
        await this.functions.invoke(service, description.entry, event, description);
        this.note(name, time);
        return;
      } catch (error) {
        reason = String(error);
      }
    }
    this.state.transaction(() => {
      this.state.park({ source: name, reason, body: JSON.stringify(event) }, this.clock.now());
      this.note(name, time);
    });
  }

  private callsOfOthers(): number {
    return this.functions.invocations - this.ownCalls;
  }

  private note(name: string, time: number): void {
    this.state.run('UPDATE schedule_runs SET last_ms = ? WHERE schedule = ?', time, name);
  }

  private lastRun({ name }: Schedule): number {
    return this.state.count('SELECT last_ms FROM schedule_runs WHERE schedule = ?', name);
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}

function isDaily({ schedule }: Run): boolean {
  return 'dailyAt' in schedule.description.every;
}

/** Of the runs of an interval schedule only the last; each of a daily one. */
function onceEach(runs: readonly Run[]): Run[] {
  const last = new Map(runs.map((run) => [run.schedule.name, run]));
  return runs.filter((run) => isDaily(run) || last.get(run.schedule.name) === run);
}
