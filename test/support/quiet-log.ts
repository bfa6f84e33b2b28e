import { afterAll, beforeAll, beforeEach } from 'vitest';
import { setLogSink } from '../../shared/http/log.ts';

/** Tests that make things fail on purpose keep the log to themselves. */
export function quietLog(): void {
  beforeAll(() => setLogSink(() => {}));
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));
}

/** The same where a test looks at what was logged: answers the lines since it began. */
export function keptLog(): () => readonly string[] {
  let lines: string[] = [];
  quietLog();
  beforeAll(() => setLogSink((line) => lines.push(line)));
  beforeEach(() => {
    lines = [];
  });
  return () => lines;
}
