import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { findLargeValues } from '../../../functions/collection/large-values/find-large-values.ts';
import { daysToLookAt, tellLargeValues } from '../../../functions/collection/large-values/tell-large-values.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import {
  accept,
  agreeAll,
  askBank,
  carryOn,
  collectionsOn,
  giveAnswers,
  hoursLater,
  type TestCollections,
  type TestLine,
} from './batches.ts';
import { dieAt } from './dying-clients.ts';

const tenant = 'demo';
const oneMillion = 100_000_000n;
const today = '2026-03-02';
/** Half past midnight in Shanghai, when the job runs. */
const tuesdayNight = hoursLater(14.5);
const wednesdayNight = hoursLater(38.5);

let collections: TestCollections;
beforeAll(() => {
  setLogSink(() => {});
});
afterEach(() => collections?.close());

/** A batch that goes to the bank on a day, and settles there. */
async function settle(number: string, lines: readonly TestLine[], now = hoursLater(0)): Promise<Batch> {
  await agreeAll(collections, lines);
  const batch = await accept(collections, lines, collections.tools, now, number);
  await carryOn(collections.tools, batch, now);
  await giveAnswers(collections.tools, new Date(now.getTime() + 36 * 60_000));
  return batch;
}

const onDay = (date: string, tools: CollectionTools = collections.tools) => findLargeValues(tools, tenant, date);

async function keys(part: string): Promise<string[]> {
  const all = [...(await snapshotOf(collections.client, collections.tables.collection)).keys()];
  return all.filter((key) => key.includes(part)).sort();
}

/** What the job does at night. */
async function lookAtNight(now: Date, tools = collections.tools) {
  const days = await daysToLookAt(tools, now);
  for (const day of days) await tellLargeValues(tools, day, now);
  return days;
}

describe.each(engines())('large values on $kind', (engine) => {
  it('are those of an account over batches and mandates, and of each day by itself', async () => {
    collections = await collectionsOn(engine);
    const line = (agreementNumber: string, suffix: string) => ({ agreementNumber, suffix, minor: oneMillion });
    const first = await settle('B1', [line('X1', '5101'), line('Y1', '5102')]);
    const second = await settle('B2', [line('X2', '5101')]);
    await settle('B3', [line('Y2', '5102')], hoursLater(24));
    const [value, ...others] = await onDay(today);
    expect(others).toEqual([]);
    expect(value).toMatchObject({ kind: 'COMPANY', total: 200_000_000n, count: 2, singleReached: false });
    expect(value?.payer.account.number).toBe('32001881236052505101');
    expect(value?.settlements).toMatchObject([
      { batchId: first.id, line: 1, amount: oneMillion },
      { batchId: second.id, line: 1, amount: oneMillion },
    ]);
    expect(await onDay('2026-03-03')).toEqual([]);
    expect(await findLargeValues(collections.tools, 'demo2', today)).toEqual([]);
  });

  it('are kept once, however often the night comes again', async () => {
    collections = await collectionsOn(engine);
    await settle('B1', [{ suffix: '5101', minor: 200_000_000n }]);
    expect(await lookAtNight(hoursLater(13))).toEqual([]);
    expect(await lookAtNight(tuesdayNight)).toEqual([{ tenant, date: today }]);
    const kept = await snapshotOf(collections.client, collections.tables.collection);
    expect(await keys('#LV#')).toHaveLength(1);
    expect(await lookAtNight(wednesdayNight)).toEqual([{ tenant, date: today }]);
    expect(await snapshotOf(collections.client, collections.tables.collection)).toEqual(kept);
    expect(await lookAtNight(hoursLater(14.5 + 4 * 24))).toEqual([]);
  });

  it('that a bank makes known only the next morning are found the night after', async () => {
    collections = await collectionsOn(engine);
    const { tools } = collections;
    const lines = ['X1', 'X2'].map((agreementNumber) => ({ agreementNumber, suffix: '5101', minor: oneMillion }));
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(tools, batch);
    const told = await askBank(tools, hoursLater(0.6));
    const [early, late] = lines.map((_, place) => {
      const orderIds = new Set(told.map(({ report }) => report.orderId));
      const orderId = [...orderIds].sort()[place];
      return told.filter(({ report }) => report.orderId === orderId);
    });
    await takeIntoBlocks(tools, early ?? [], hoursLater(0.6));
    await lookAtNight(tuesdayNight);
    expect(await keys('#LV#')).toEqual([]);
    // Four days later the mark of Monday is no longer looked at, but for the money that came late.
    const friday = hoursLater(4 * 24);
    await takeIntoBlocks(tools, late ?? [], friday);
    expect(await lookAtNight(hoursLater(14.5 + 4 * 24))).toEqual([{ tenant, date: today }]);
    expect(await keys('#LV#')).toHaveLength(1);
  });

  it('stay so when their money goes back', async () => {
    collections = await collectionsOn(engine);
    await settle('B1', [{ suffix: '0010', minor: 200_000_000n }]);
    await giveAnswers(collections.tools, hoursLater(50));
    expect(await onDay(today)).toMatchObject([{ total: 200_000_000n, singleReached: true }]);
    expect(await onDay('2026-03-04')).toEqual([]);
  });
});

describe('marks of days', () => {
  const lines: readonly TestLine[] = Array.from({ length: 45 }, (_, place) => ({
    suffix: place % 9 === 0 ? '0002' : '5101',
    minor: 10_000n + BigInt(place),
  }));

  /** A process makes so many writes until it dies, at most. */
  const writesMax = 5;

  /** A block has its mark with its first money and not before, and nobody else has one. */
  async function expectMarked(batch: Batch, when: string): Promise<void> {
    const blocks = await collections.tools.store.readBlocks(batch);
    const expected = blocks.flatMap(({ block, items }) => {
      const ended = items.flatMap(({ tries }) => tries.flatMap(({ settled, endedAt }) => (settled ? [endedAt] : [])));
      const days = new Set(ended.map((at = '') => businessDateOf(new Date(at))));
      return [...days].map((day) => `${tenant}#SD#${day} ${batch.id}#${String(block).padStart(6, '0')}`);
    });
    expect(await keys('#SD#'), when).toEqual(expected.sort());
  }

  it('are written with the money or not at all, whatever write a process dies at', async () => {
    collections = await collectionsOn(anEngine());
    const { tools, toolsOver, newClient } = collections;
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(tools, batch);
    const told = await askBank(tools, hoursLater(0.6));
    // Some at a time, so that a block gets its money in several writes.
    const reports = Array.from({ length: Math.ceil(told.length / 12) }, (_, n) => told.slice(n * 12, n * 12 + 12));
    let deaths = 0;
    for (let left = true; left; ) {
      const client = newClient();
      const dying = dieAt(client, deaths % writesMax, deaths % 2 === 0 ? 'BEFORE' : 'AFTER');
      try {
        for (const some of reports) await takeIntoBlocks(toolsOver(client), some, hoursLater(0.6));
        left = false;
      } catch (error) {
        if (!dying.isDead()) throw error;
        deaths++;
      }
      client.destroy();
      await expectMarked(batch, `after ${deaths} deaths`);
    }
    expect(deaths).toBeGreaterThan(10);
    expect(await keys('#SD#')).toHaveLength(2);
  }, 60_000);

  it('are one for each block and day, however many reports bring its money', async () => {
    collections = await collectionsOn(anEngine());
    const batch = await settle('B1', lines);
    await expectMarked(batch, 'at the end');
    expect(await keys('#SD#')).toHaveLength(2);
  });
});
