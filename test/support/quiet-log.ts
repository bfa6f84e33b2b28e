import { afterAll, beforeAll } from 'vitest';
import { setLogSink } from '../../shared/http/log.ts';

/** Tests that make things fail on purpose keep the log to themselves. */
export function quietLog(): void {
  beforeAll(() => setLogSink(() => {}));
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));
}
