import { onTestFinished } from 'vitest';
import type { Handler } from '../../infra/local/functions.ts';
import { type System, type SystemOptions, startSystem } from '../../infra/local/system.ts';
import type { TablePlan } from '../../infra/local/tables.ts';
import type { ServiceDescription } from '../../shared/service/description.ts';

/** The table of the small service, as the cloud's template has tables. */
export const tinyPlan: TablePlan = {
  service: 'tiny',
  attributes: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  key: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  indexes: [],
  stream: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

export interface TinyParts extends Omit<SystemOptions, 'services' | 'loadHandler'> {
  readonly service: Partial<ServiceDescription>;
  /** By entry; `authorizer` stands for the one of the capability `access`. */
  readonly handlers: Readonly<Record<string, (event: never) => unknown>>;
}

/** The local system with one small service named `tiny` in place of the catalogue. It ends with the test. */
export async function startTiny({ service, handlers, ...options }: TinyParts): Promise<System> {
  const tiny: ServiceDescription = { name: 'tiny', title: 'Tiny', description: 'For tests.', ...service };
  const system = await startSystem({
    port: 0,
    quiet: true,
    ...options,
    services: [tiny],
    plans: service.table ? [tinyPlan] : [],
    loadHandler: async (_service, entry) => {
      const handler = handlers[entry];
      if (!handler) throw new Error(`The test has no handler for ${entry}.`);
      return (async (event) => handler(event as never)) as Handler;
    },
  });
  onTestFinished(() => system.stop());
  return system;
}

/** A system without functions, for what it serves itself. */
export function startBare(options: Partial<TinyParts> = {}): Promise<System> {
  return startTiny({ service: {}, handlers: {}, ...options });
}

export async function callJson(url: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url + path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}
