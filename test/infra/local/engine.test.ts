import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Engine, startEngine } from '../../../infra/local/engine.ts';
import { localAccess } from '../../../infra/local/tables.ts';
import { engines } from '../../support/engines.ts';

const opened: Engine[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe.each(engines())('the engine $kind', ({ kind }) => {
  test('keeps its tables over a restart on the same directory', async () => {
    const directory = makeFolder();
    const first = await open({ kind, directory });
    await makeTable(first.endpoint, 'books');
    await first.stop();
    const second = await open({ kind, directory });
    expect(await tableNames(second.endpoint)).toEqual(['books']);
  });

  test('ends when the process that started it is killed', async () => {
    const directory = makeFolder();
    const { endpoint, parent } = await startInChild(kind, directory);
    expect(await answers(endpoint)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(async () => expect(await answers(endpoint)).toBe(false), { timeout: 15_000, interval: 20 });
    // The directory is free again at once for the next system.
    expect(await tableNames((await open({ kind, directory })).endpoint)).toEqual([]);
  });
});

test('an engine that keeps nothing leaves no folder behind', async () => {
  const engine = await open({ kind: 'dynoxide' });
  const folder = engine.directory ?? '';
  expect(existsSync(folder)).toBe(true);
  await engine.stop();
  expect(existsSync(folder)).toBe(false);
});

test('dynoxide looks for the number of its next stream record in an index', async () => {
  const directory = makeFolder();
  await open({ kind: 'dynoxide', directory });
  const database = new DatabaseSync(join(directory, 'dynoxide.sqlite'), { readOnly: true });
  const asked =
    'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1';
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${asked}`).all('books');
  database.close();
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('INDEX yudao_stream_order')]);
});

test('an engine that cannot start says why', async () => {
  const notADirectory = join(makeFolder(), 'dynoxide.sqlite');
  mkdirSync(notADirectory);
  await expect(startEngine({ kind: 'dynoxide', directory: dirname(notADirectory) })).rejects.toThrow(
    /The dynoxide engine did not start: .*open/s,
  );
});

async function open(options: Parameters<typeof startEngine>[0]): Promise<Engine> {
  const engine = await startEngine(options);
  opened.push(engine);
  return engine;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yudao-engine-'));
  folders.push(folder);
  return folder;
}

function startInChild(kind: string, directory: string): Promise<{ endpoint: string; parent: ChildProcess }> {
  const engineFile = join(import.meta.dirname, '../../../infra/local/engine.ts');
  const code = `import { startEngine } from ${JSON.stringify(engineFile)};
    const engine = await startEngine({ kind: ${JSON.stringify(kind)}, directory: ${JSON.stringify(directory)} });
    console.log(engine.endpoint);`;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    parent.stdout.once('data', (line: Buffer) => resolve({ endpoint: line.toString().trim(), parent }));
    parent.once('exit', () => reject(new Error('the child ended early')));
  });
}

async function makeTable(endpoint: string, name: string): Promise<void> {
  await withClient(endpoint, (client) =>
    client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    ),
  );
}

async function tableNames(endpoint: string): Promise<string[] | undefined> {
  return withClient(endpoint, async (client) => (await client.send(new ListTablesCommand({}))).TableNames);
}

async function answers(endpoint: string): Promise<boolean> {
  return withClient(endpoint, (client) => client.send(new ListTablesCommand({}))).then(
    () => true,
    () => false,
  );
}

async function withClient<T>(endpoint: string, use: (client: DynamoDBClient) => Promise<T>): Promise<T> {
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
