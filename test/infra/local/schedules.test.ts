import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LocalClock } from '../../../infra/local/clock.ts';
import { Functions } from '../../../infra/local/functions.ts';
import { HostState } from '../../../infra/local/host-state.ts';
import { Schedules } from '../../../infra/local/schedules.ts';
import type { ScheduleDescription } from '../../../shared/service/description.ts';
import { now } from '../../../shared/time/clock.ts';
import { callJson, startTiny } from '../../support/tiny-system.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const close: ScheduleDescription = { entry: 'close', description: 'Closes the day.', every: { dailyAt: '17:00' } };
const look: ScheduleDescription = { entry: 'look', description: 'Looks around.', every: { minutes: 360 } };

const tiny = { name: 'tiny', title: 'Tiny', description: 'For tests.' };

interface Ran {
  readonly entry: string;
  readonly due: string;
  readonly clock: Date;
}

test('a leap of the clock runs what is due in between, in order, each with the clock at its time', async () => {
  const { url, ran } = await startScheduled([close, look]);
  const begin = await readClock(url);
  const target = new Date(begin.getTime() + 2 * DAY_MS);
  const answer = await setClock(url, target.toISOString());
  const closes = ran.filter(({ entry }) => entry === 'close');
  const looks = ran.filter(({ entry }) => entry === 'look');
  expect([closes.length, looks.length]).toEqual([2, 8]);
  expect(closes.every(({ due }) => due.endsWith('T09:00:00Z'))).toBe(true);
  expect(ran.map(({ due }) => due)).toEqual(ran.map(({ due }) => due).toSorted());
  for (const { due, clock } of ran) {
    expect(clock.getTime() - Date.parse(due)).toBeGreaterThanOrEqual(0);
    expect(clock.getTime() - Date.parse(due)).toBeLessThan(DAY_MS / 24);
  }
  expect(answer).toMatchObject({ status: 200, body: { schedulesRun: 10 } });
  expect((await readClock(url)).getTime()).toBeGreaterThanOrEqual(target.getTime());
});

test('the clock stands still in a leap until the work that a run set off is done', async () => {
  const seen: string[] = [];
  const state = new HostState(':memory:');
  onTestFinished(() => state.close());
  const functions: Functions = new Functions(async (_service, entry) => async () => {
    seen.push(entry);
    // The second look finds something to be done by another function.
    if (entry === 'look' && seen.length === 2) await functions.invoke('tiny', 'work', {});
  });
  const clock = new LocalClock(state);
  const drain = async () => void seen.push('drained');
  const schedules = new Schedules([{ ...tiny, schedules: [look] }], clock, state, functions, drain);
  schedules.start();
  onTestFinished(() => schedules.stop());
  await schedules.moveClock(new Date(clock.milliseconds() + DAY_MS));
  expect(seen).toEqual(['look', 'look', 'work', 'drained', 'look', 'look', 'drained']);
});

test('the clock is never set back', async () => {
  const { url } = await startScheduled([]);
  const { status, body } = await setClock(url, '2001-01-01T00:00:00Z');
  expect([status, body]).toMatchObject([400, { code: 'request/malformed' }]);
  expect((await readClock(url)).getFullYear()).toBeGreaterThan(2001);
});

test('a time without a zone is refused', async () => {
  const { url } = await startScheduled([]);
  expect((await setClock(url, '2099-01-01T00:00:00')).status).toBe(400);
});

test('a schedule that fails three times is parked and does not stop the others', async () => {
  const { url, ran } = await startScheduled([close, look], (entry) => {
    if (entry === 'close') throw new Error('still open');
  });
  const begin = await readClock(url);
  await setClock(url, new Date(begin.getTime() + DAY_MS).toISOString());
  expect(ran.filter(({ entry }) => entry === 'close')).toHaveLength(3);
  expect(ran.filter(({ entry }) => entry === 'look')).toHaveLength(4);
  const { body } = await callJson(url, '/local/dead-letters');
  expect(body).toMatchObject({ deadLetters: [{ source: 'tiny/close', reason: 'Error: still open' }] });
});

test('the clock and what has run survive a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yudao-clock-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const first = await startScheduled([close], undefined, directory);
  const target = new Date(Date.now() + 10 * DAY_MS);
  await setClock(first.url, target.toISOString());
  expect(first.ran).toHaveLength(10);
  await first.system.stop();
  const second = await startScheduled([close], undefined, directory);
  expect((await readClock(second.url)).getTime()).toBeGreaterThanOrEqual(target.getTime());
  await second.system.quiesce();
  expect(second.ran).toEqual([]);
});

async function startScheduled(
  schedules: ScheduleDescription[],
  handle: (entry: string) => void = () => undefined,
  directory?: string,
) {
  const ran: Ran[] = [];
  const handlerOf = (entry: string) => (event: { time: string }) => {
    ran.push({ entry, due: event.time, clock: now() });
    handle(entry);
  };
  const system = await startTiny({
    service: { schedules },
    handlers: { close: handlerOf('close'), look: handlerOf('look') },
    ...(directory && { directory }),
  });
  return { system, url: system.url, ran };
}

function setClock(url: string, instant: string) {
  return callJson(url, '/local/clock', { now: instant });
}

async function readClock(url: string): Promise<Date> {
  const { body } = await callJson(url, '/local/clock');
  return new Date((body as { now: string }).now);
}
