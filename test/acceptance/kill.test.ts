import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../infra/local/demo/api-client.ts';
import { signIn } from '../support/system.ts';

/** The whole system is killed (SIGKILL) under load and started again on the same folder, several times over. */
const kills = 3;
const writers = 8;
const acknowledgedPerRound = 60;
const healthAttemptsMax = 600;

describe('a system that is killed under load', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yudao-kill-'));
  let child: ChildProcess | undefined;
  afterAll(async () => {
    if (child) await kill(child);
    rmSync(directory, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged and books nothing twice', { timeout: 180_000 }, async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    child = await start(directory, port, url);
    let api = await signIn(url, 'treasurer');
    const open = async (name: string, more: object) =>
      (
        await api.post(
          '/v1/accounts',
          { currency: 'CNY', holder: name, constraint: { type: 'NONE' }, ...more },
          `open-${name}`,
        )
      ).body.id as string;
    const ids = {
      capital: await open('capital', {}),
      shop: await open('shop', {}),
      hot: await open('hot', { hot: true }),
    };

    const acknowledged = new Map<string, string>();
    const sent = new Set<string>();
    for (let round = 0; round < kills; round++) {
      await loadUntil(api, ids, `r${round}`, sent, acknowledged, (round + 1) * acknowledgedPerRound, () => kill(child));
      child = await start(directory, port, url);
      api = await signIn(url, 'treasurer');
    }

    // Whoever was not told asks again under the same key; whoever was told hears the same.
    for (const key of sent) {
      const { status, body } = await api.post('/v1/transfers', transferBody(key, ids), key);
      expect({ key, status }).toEqual({ key, status: 201 });
      if (acknowledged.has(key)) expect(body.id).toBe(acknowledged.get(key));
    }
    await api.post('/local/quiesce', {});
    const posted = async (id: string) => (await api.get(`/v1/accounts/${id}/balance`)).body.posted.amount as string;
    const toHot = [...sent].filter((key) => key.endsWith('h')).length;
    expect(await posted(ids.shop)).toBe(`${sent.size - toHot}.00`);
    expect(await posted(ids.hot)).toBe(`${toHot}.00`);
    expect(await posted(ids.capital)).toBe(`-${sent.size}.00`);
    expect((await api.get('/v1/ledger/proof?accounts=ALL')).body).toMatchObject({ sound: true, broken: [] });

    const told = await toldTransfers(url);
    for (const key of sent) expect(told.has(key), `the event of ${key}`).toBe(true);
  });
});

interface Ids {
  readonly capital: string;
  readonly shop: string;
  readonly hot: string;
}

/** Writers send until so many are acknowledged; then the system dies in the middle of what is under way. */
async function loadUntil(
  api: ApiClient,
  ids: Ids,
  round: string,
  sent: Set<string>,
  acknowledged: Map<string, string>,
  wanted: number,
  strike: () => Promise<void>,
): Promise<void> {
  let next = 0;
  let struck = false;
  async function writer(): Promise<void> {
    while (!struck) {
      const key = `${round}-${next++}${next % 3 === 0 ? 'h' : 's'}`;
      sent.add(key);
      try {
        const { status, body } = await api.post('/v1/transfers', transferBody(key, ids), key);
        if (status === 201) acknowledged.set(key, body.id);
      } catch {
        return;
      }
      if (acknowledged.size >= wanted && !struck) {
        struck = true;
        await strike();
      }
    }
  }
  await Promise.all(Array.from({ length: writers }, writer));
}

function transferBody(key: string, ids: Ids) {
  const creditAccountId = key.endsWith('h') ? ids.hot : ids.shop;
  const amount = { amount: '1.00', currency: 'CNY' };
  return { legs: [{ debitAccountId: ids.capital, creditAccountId, amount }], references: { key } };
}

async function toldTransfers(url: string): Promise<Set<string>> {
  const told = new Set<string>();
  for (let after = ''; ; ) {
    const response = await fetch(`${url}/local/events?type=ledger.transfer-posted.v1${after && `&after=${after}`}`);
    const page = (await response.json()) as {
      events: { position: string | number; event: { data: { references: { key: string } } } }[];
    };
    if (page.events.length === 0) return told;
    for (const { event } of page.events) told.add(event.data.references.key);
    after = String(page.events.at(-1)?.position);
  }
}

async function start(directory: string, port: number, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['infra/local/start.ts'], {
    env: { ...process.env, PORT: String(port), YUDAO_DIR: directory },
    stdio: 'ignore',
  });
  for (let attempt = 0; attempt < healthAttemptsMax; attempt++) {
    const healthy = await fetch(`${url}/health`)
      .then((response) => response.ok)
      .catch(() => false);
    if (healthy) return child;
    await pause(50);
  }
  throw new Error('the system did not start');
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
