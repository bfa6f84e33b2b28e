import type { HostState } from './host-state.ts';

const SETTING = 'clock_offset_ms';

/** The system's clock: the machine's, moved forward by as much as it was set. It survives a restart. */
export class LocalClock {
  private offsetMs: number;
  private readonly state: HostState;

  constructor(state: HostState) {
    this.state = state;
    this.offsetMs = Number(state.setting(SETTING) ?? 0);
  }

  milliseconds(): number {
    return Date.now() + this.offsetMs;
  }

  now(): Date {
    return new Date(this.milliseconds());
  }

  /** Moves the clock forward to `target`; one that it has passed already changes nothing. */
  moveTo(target: number): void {
    const ahead = target - this.milliseconds();
    if (ahead <= 0) return;
    this.offsetMs += ahead;
    this.state.setSetting(SETTING, String(this.offsetMs));
  }
}
