import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setLogSink } from '../../shared/http/log.ts';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { setClockSource } from '../../shared/time/clock.ts';
import { MINUTE_MS } from '../../shared/time/durations.ts';
import { LocalClock } from './clock.ts';
import { type Engine, type EngineKind, engineKinds, startEngine } from './engine.ts';
import { Functions, type LoadHandler, prepareFunctions } from './functions.ts';
import { Gateway } from './gateway.ts';
import { Host } from './host.ts';
import { HostState } from './host-state.ts';
import { Issuer } from './issuer.ts';
import { listen, type Served } from './server.ts';
import { functionEnvironment } from './settings.ts';
import { createTables, planTables, type TablePlan, tableName } from './tables.ts';

export interface SystemOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  /** Where data is kept; in memory when `memory` is set or no directory is told. */
  readonly directory?: string;
  readonly memory?: boolean;
  /** What its clock says when it is begun, where that is ahead of the machine's: no schedule has anything to make up for. */
  readonly now?: Date;
  /** Removes what the directory holds first. */
  readonly reset?: boolean;
  /** Shows neither log lines nor errors of functions. */
  readonly quiet?: boolean;
  /** Shows every log line of the functions, one per request. */
  readonly verbose?: boolean;
  /** The first engine that can run here, or the one that the directory was made with, unless told. */
  readonly engine?: EngineKind;
  /** A DynamoDB that runs already, in place of an embedded one. */
  readonly endpoint?: string;
  /** Those of the catalogue unless told. */
  readonly services?: readonly ServiceDescription[];
  readonly loadHandler?: LoadHandler;
  /** The tables, where they have been read from the template already. */
  readonly plans?: readonly TablePlan[];
}

export interface System {
  readonly url: string;
  readonly endpoint: string;
  readonly engine: EngineKind | 'external';
  readonly directory?: string;
  /** Settles with a message when the system cannot go on: its database ended. */
  readonly failed: Promise<string>;
  /** Waits until every stream, queue and running handler is done. */
  quiesce(millisecondsMax?: number): Promise<boolean>;
  stop(): Promise<void>;
}

const QUIESCE_MS = MINUTE_MS;
const hostFile = 'host.sqlite';
const engineFolder = 'dynamodb';
const objectsFolder = 'objects';

/**
 * Starts the whole system on this machine. Functions find their settings in this process's environment and keep their
 * clients for the life of the process, so one process runs one system.
 *
 * @throws PortInUse; Error when the directory is in use or no engine can run.
 */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const directory = options.memory ? undefined : options.directory;
  refuseForeignReset(options);
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await assemble(options, directory, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: SystemOptions,
  directory: string | undefined,
  undo: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<System> {
  let served: Served | undefined;
  const server = await listen(options.port ?? 0, () => served);
  undo.push(() => closeServer(server));
  // Nothing is removed before it is sure that the system can be served.
  if (directory) prepareDirectory(directory, options.reset ?? false);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = new HostState(directory ? join(directory, hostFile) : ':memory:');
  undo.push(() => state.close());
  if (options.now) new LocalClock(state).moveTo(options.now.getTime());
  const services = options.services ?? (await readCatalogue());
  const planning = options.plans ? Promise.resolve(options.plans) : planTables(services);
  planning.catch(() => undefined);
  const engine = await openEngine(options, directory, state);
  undo.push(() => engine.stop());

  // Handlers may read their settings when they are imported.
  Object.assign(process.env, functionEnvironment(url, engine.endpoint, services, state));
  showLogs(options);
  const functions = new Functions(options.loadHandler);
  const [plans] = await Promise.all([planning, prepareFunctions(functions, services)]);
  const { endpoint } = engine;
  const tables = await createTables(endpoint, plans, tableName);

  const objects = directory ? join(directory, objectsFolder) : makeTemporaryFolder(undo);
  const host = new Host({ services, state, functions, endpoint, tables, objectsFolder: objects });
  setClockSource(() => host.clock.milliseconds());
  undo.push(() => setClockSource(Date.now));
  const now = () => host.clock.now();
  const gateway = new Gateway(services, functions, now);
  const issuer = await Issuer.open(url, state, now);
  host.start();
  undo.push(() => host.stop());
  undo.push(() => gateway.close());
  served = { host, gateway, issuer };
  return {
    url,
    endpoint,
    engine: engine.kind,
    ...(directory && { directory }),
    failed: engine.failed,
    quiesce: (millisecondsMax = QUIESCE_MS) => host.quiesce(millisecondsMax),
    stop,
  };
}

/**
 * What stands beside tables of one's own (the key of account numbers, stream positions) must live as long as they do.
 *
 * @throws Error
 */
function refuseForeignReset({ endpoint, memory, reset }: SystemOptions): void {
  if (!endpoint || !(memory || reset)) return;
  throw new Error('DYNAMODB_ENDPOINT keeps its tables; --memory and --reset would forget what belongs to them.');
}

/** Removes only what this host makes: the directory may be anybody's. */
function prepareDirectory(directory: string, reset: boolean): void {
  mkdirSync(directory, { recursive: true });
  if (!reset) return;
  // A system that runs on the directory would lose its files under its feet: opening its state fails then.
  new HostState(join(directory, hostFile)).close();
  const own = readdirSync(directory).filter(
    (name) => name.startsWith(hostFile) || name === engineFolder || name === objectsFolder,
  );
  for (const name of own) rmSync(join(directory, name), { recursive: true, force: true });
}

async function readCatalogue(): Promise<ServiceDescription[]> {
  const { catalogue } = await import('../../functions/catalogue.ts');
  return catalogue.map(({ service }) => service);
}

type AnyEngine = Omit<Engine, 'kind'> & { readonly kind: System['engine'] };

/** A directory stays with the engine that it was made with: the other one cannot read its tables. */
async function openEngine(options: SystemOptions, directory: string | undefined, state: HostState): Promise<AnyEngine> {
  if (options.endpoint) {
    return {
      kind: 'external',
      endpoint: options.endpoint,
      failed: new Promise(() => undefined),
      stop: async () => undefined,
    };
  }
  const kept = engineKinds.find((kind) => kind === state.setting('engine'));
  const kind = options.engine ?? kept;
  if (kept && kind !== kept)
    throw new Error(`${directory} was made with the engine ${kept}; use that one, or --reset.`);
  const engine = await startEngine({
    ...(kind && { kind }),
    ...(directory && { directory: join(directory, engineFolder) }),
  });
  state.setSetting('engine', engine.kind);
  return engine;
}

function showLogs({ quiet, verbose }: SystemOptions): void {
  setLogSink((line) => {
    if (verbose) process.stdout.write(`${line}\n`);
    else if (!quiet && line.includes('"level":"ERROR"')) process.stderr.write(`${line}\n`);
  });
}

function makeTemporaryFolder(undo: (() => unknown)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'yudao-objects-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
