import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { APIGatewayProxyEvent, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSystem } from '../../../infra/local/system.ts';
import { localAccess, planTables } from '../../../infra/local/tables.ts';
import type { StreamWindowEvent } from '../../../shared/events/stream-window.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';
import { engines } from '../../support/engines.ts';
import { startTiny } from '../../support/tiny-system.ts';

const tiny: Partial<ServiceDescription> = {
  table: {},
  routes: [{ operation: 'put', method: 'POST', path: '/v1/things', access: 'PUBLIC', summary: 'Put', success: 201 }],
  streams: [{ entry: 'on-change', batchSize: 10, windowSeconds: 20 }],
  subscriptions: [{ entry: 'on-thing', events: ['tiny.thing-put.v1'], batchSize: 10 }],
};

describe('tables', () => {
  test('are read from the template that the cloud’s stack synthesises', async () => {
    const indexes = [{ name: 'byColour', partitionKey: 'colour', sortKey: 'sk' }];
    const table = { timeToLiveAttribute: 'goneAt', indexes };
    const services = [{ name: 'tiny', title: 'Tiny', description: 'For tests.', table }];
    expect(await planTables(services)).toEqual([
      {
        service: 'tiny',
        attributes: expect.arrayContaining(
          ['pk', 'sk', 'colour'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        ),
        key: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        indexes: [
          {
            IndexName: 'byColour',
            KeySchema: [
              { AttributeName: 'colour', KeyType: 'HASH' },
              { AttributeName: 'sk', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        stream: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        timeToLiveAttribute: 'goneAt',
      },
    ]);
  });
});

describe.each(engines())('the system on $kind', ({ kind }) => {
  test('carries a write through stream and bus to its consumer, and quiesce waits for all of it', async () => {
    const { system, told } = await startThings({ engine: kind });
    await putThing(system.url, 'a');
    expect(await system.quiesce()).toBe(true);
    expect(told).toEqual(['a']);
  });
});

test('keeps data, undelivered messages and keys over a restart, until it is reset', async () => {
  const directory = makeFolder();
  const first = await startThings({ directory, deaf: true });
  await putThing(first.system.url, 'a');
  const numberKey = process.env.NUMBER_HASH_KEY;
  await first.heard;
  await first.system.stop();
  const second = await startThings({ directory });
  await second.system.quiesce();
  expect(second.told).toEqual(['a']);
  expect(process.env.NUMBER_HASH_KEY).toBe(numberKey);
  expect(await hasThing(second.system.endpoint, 'a')).toBe(true);
  await second.system.stop();
  writeFileSync(join(directory, 'mine.txt'), 'not of the host');
  const third = await startThings({ directory, reset: true });
  expect(await hasThing(third.system.endpoint, 'a')).toBe(false);
  expect(process.env.NUMBER_HASH_KEY).not.toBe(numberKey);
  expect(existsSync(join(directory, 'mine.txt'))).toBe(true);
});

test('quiesce names a stream that a record holds up, does not wait for it, and is well again when the record is taken', async () => {
  let isWell = false;
  const system = await startTiny({
    service: { table: {}, streams: [{ entry: 'on-change', batchSize: 10, tumblingWindowSeconds: 900 }] },
    handlers: {
      'on-change': async ({ state }: StreamWindowEvent) => {
        if (!isWell) throw new Error('indigestible');
        return { state, batchItemFailures: [] };
      },
    },
  });
  const Item = { pk: { S: 'thing' }, sk: { S: 'a' } };
  await clientOf(system.endpoint).send(new PutItemCommand({ TableName: process.env.TABLE_TINY, Item }));
  const answer = await fetch(`${system.url}/local/quiesce`, { method: 'POST' });
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { drained: false, heldUp: [{ consumer: 'tiny/on-change', reason: 'Error: indigestible' }], deadLetters: 0 },
  ]);
  isWell = true;
  await expect.poll(() => system.quiesce(), { timeout: 10_000 }).toBe(true);
});

test('quiesce says so when something is still under way at the end of its time', async () => {
  const release = Promise.withResolvers<void>();
  const system = await startTiny({
    service: { routes: tiny.routes ?? [] },
    handlers: { api: () => release.promise.then(() => ({ statusCode: 200, body: '' })) },
  });
  const call = putThing(system.url, 'slow');
  await expect.poll(() => system.quiesce(20)).toBe(false);
  const answer = await fetch(`${system.url}/local/quiesce?timeoutSeconds=0.02`, { method: 'POST' });
  expect([answer.status, await answer.json()]).toMatchObject([503, { drained: false }]);
  release.resolve();
  await call;
  expect(await system.quiesce()).toBe(true);
});

test('a directory in use is not taken by a second system', async () => {
  const directory = makeFolder();
  await startThings({ directory });
  await expect(startSystem({ directory, services: [], quiet: true })).rejects.toThrow(/held by another system/);
});

test('a system killed with SIGKILL gives its directory and port to the next at once', async () => {
  const directory = makeFolder();
  const first = await startProcess(directory, '0');
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  first.child.kill('SIGKILL');
  const second = await startProcess(directory, new URL(first.url).port);
  expect((await fetch(`${second.url}/health`)).status).toBe(200);
  const ended = new Promise((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

async function startThings(options: {
  engine?: 'dynoxide' | 'dynamodb-local';
  directory?: string;
  reset?: boolean;
  deaf?: boolean;
}) {
  const { deaf, ...others } = options;
  const told: string[] = [];
  const heard = Promise.withResolvers<void>();
  const system = await startTiny({
    service: tiny,
    ...others,
    handlers: {
      api: async ({ body }: APIGatewayProxyEvent) => {
        const Item = { pk: { S: 'thing' }, sk: { S: body ?? '' }, colour: { S: 'red' } };
        await clientOf(process.env.AWS_ENDPOINT_URL_DYNAMODB).send(
          new PutItemCommand({ TableName: process.env.TABLE_TINY, Item }),
        );
        return { statusCode: 201, body: '{}' };
      },
      'on-change': async ({ Records }: DynamoDBStreamEvent) => {
        const Entries = Records.map(({ dynamodb }) => ({
          Source: 'yudao.tiny',
          DetailType: 'tiny.thing-put.v1',
          Detail: JSON.stringify({ name: dynamodb?.NewImage?.sk?.S }),
        }));
        await new EventBridgeClient({}).send(new PutEventsCommand({ Entries }));
      },
      'on-thing': async ({ Records }: SQSEvent) => {
        heard.resolve();
        if (deaf) throw new Error('not now');
        told.push(...Records.map(({ body }) => JSON.parse(body).detail.name));
      },
    },
  });
  return { system, told, heard: deaf ? wake(system.quiesce(1), heard.promise) : heard.promise };
}

/** A first quiesce ends the window of the stream, so that nothing waits for it. */
async function wake(quiesce: Promise<unknown>, heard: Promise<void>): Promise<void> {
  await quiesce;
  await heard;
}

async function putThing(url: string, name: string): Promise<void> {
  await fetch(`${url}/v1/things`, { method: 'POST', body: name });
}

async function hasThing(endpoint: string, name: string): Promise<boolean> {
  const Key = { pk: { S: 'thing' }, sk: { S: name } };
  const { Item } = await clientOf(endpoint).send(new GetItemCommand({ TableName: process.env.TABLE_TINY, Key }));
  return Item !== undefined;
}

function clientOf(endpoint: string | undefined): DynamoDBClient {
  return new DynamoDBClient({ ...(endpoint && { endpoint }), ...localAccess });
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yudao-system-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `npm start` in a process of its own; its address is what it prints. */
async function startProcess(directory: string, port: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../infra/local/start.ts')], {
    env: { ...process.env, PORT: port, YUDAO_DIR: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const url = /API +(http:\S+)/.exec(printed)?.[1];
    if (url && printed.includes('Stop')) return { child, url };
  }
  throw new Error(`The system did not start: ${printed}`);
}
