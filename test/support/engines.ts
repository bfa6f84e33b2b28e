import { inject } from 'vitest';
import type { EngineKind } from '../../infra/local/engine.ts';

export interface TestEngine {
  readonly kind: EngineKind;
  readonly endpoint: string;
}

/** The embedded engines that run for this test run, both where both can. `describe.each(engines())('on $kind', …)` */
export function engines(): readonly TestEngine[] {
  return inject('engines');
}

/**
 * The first of them, for tests that need one only: those of our code rather than of what a store asks of an engine, such as
 * a kill at every write or a random model. Each store has its plain tests on both.
 */
export function anEngine(): TestEngine {
  const [engine] = engines();
  if (!engine) throw new Error('No DynamoDB engine can run here.');
  return engine;
}
