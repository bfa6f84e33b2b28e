import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { FunctionSettings, ServiceDescription } from '../../shared/service/description.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;
export type LoadHandler = (service: string, entry: string) => Promise<Handler>;

const MEMORY_MB = 512;
const TIMEOUT_SECONDS = 60;
const functionsFolder = join(import.meta.dirname, '../../functions');

/** The handler of `functions/<service>/<entry>.ts`, the file that the cloud bundles. */
export const loadFromFolder: LoadHandler = async (service, entry) => {
  const file = pathToFileURL(join(functionsFolder, service, `${entry}.ts`)).href;
  const { handler } = (await import(file)) as { handler?: Handler };
  if (typeof handler !== 'function') throw new Error(`functions/${service}/${entry}.ts exports no handler.`);
  return handler;
};

/** A function took longer than its description allows. It may go on in the background; its answer is not awaited. */
export class FunctionTimeout extends Error {}

/**
 * Runs handlers as Lambda does: with a context, a time limit and a count of what runs. `invocations` grows with every
 * call, so that a look before and a look after tell whether anything happened between.
 */
export class Functions {
  invocations = 0;
  private running = 0;
  private readonly load: LoadHandler;
  private readonly loaded = new Map<string, Promise<Handler>>();
  private readonly idle: (() => void)[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(load: LoadHandler = loadFromFolder) {
    this.load = load;
  }

  /** Calls `listener` after every invocation: what it changed may be waiting in a stream. */
  onInvoked(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Imports a handler now, so that a fault in it shows at start and the first call is as fast as the others. */
  prepare(service: string, entry: string): Promise<Handler> {
    const name = `${service}/${entry}`;
    const known = this.loaded.get(name);
    if (known) return known;
    const loading = this.load(service, entry);
    this.loaded.set(name, loading);
    return loading;
  }

  /** @throws FunctionTimeout, or what the handler throws. */
  async invoke(service: string, entry: string, event: unknown, settings: FunctionSettings = {}): Promise<unknown> {
    this.invocations++;
    this.running++;
    try {
      const handler = await this.prepare(service, entry);
      return await runLimited(handler, event, service, entry, settings);
    } finally {
      this.running--;
      if (this.running === 0) for (const tell of this.idle.splice(0)) tell();
      for (const listener of this.listeners) listener();
    }
  }

  /** Settles when no handler runs. */
  async untilIdle(): Promise<void> {
    while (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }
}

/** Imports every function that the services describe. */
export async function prepareFunctions(functions: Functions, services: readonly ServiceDescription[]): Promise<void> {
  const entries = services.flatMap(
    ({ name, routes = [], streams = [], subscriptions = [], schedules = [], bucket }) => [
      ...(routes.length > 0 ? [{ name, entry: 'api' }] : []),
      ...(routes.some(({ access }) => access !== 'PUBLIC') ? [{ name: 'access', entry: 'authorizer' }] : []),
      ...[...streams, ...subscriptions, ...schedules, ...(bucket ? [bucket] : [])].map(({ entry }) => ({
        name,
        entry,
      })),
    ],
  );
  await Promise.all(entries.map(({ name, entry }) => functions.prepare(name, entry)));
}

async function runLimited(
  handler: Handler,
  event: unknown,
  service: string,
  entry: string,
  { timeoutSeconds = TIMEOUT_SECONDS, memoryMb = MEMORY_MB }: FunctionSettings,
): Promise<unknown> {
  const endsAt = performance.now() + timeoutSeconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const message = `functions/${service}/${entry}.ts took longer than ${timeoutSeconds} s`;
    timer = setTimeout(() => reject(new FunctionTimeout(message)), timeoutSeconds * 1000);
  });
  try {
    return await Promise.race([handler(event, contextOf(`${service}-${entry}`, memoryMb, endsAt)), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function contextOf(functionName: string, memoryMb: number, endsAt: number): Context {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
