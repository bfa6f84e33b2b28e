import pLimit from 'p-limit';
import { beforeAll, describe, expect, it } from 'vitest';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { expectBalanced, expectWhole, itemsOf, told } from './batch-books.ts';
import {
  accept,
  agreeAll,
  askBank,
  carryOn,
  collectionsOn,
  hoursLater,
  inbox,
  letDaysPass,
  type TestLine,
  takeUp,
} from './batches.ts';

/** So many writes a process makes until it dies, but for the first, which dies at each of them. */
const every = 6;
const deathsMin = 80;
const processesMax = 60;
const runsAtOnce = 4;
const first = ['5101', '0001', '0002', '0004', '0005', '0009', '0010', '0011', '5112', '5113'];
const second = ['0012', '5122', '0010'];
/** More than one block; what the second one holds goes over another rail, as the first is down for one of its orders. */
const lines: readonly TestLine[] = [...first, ...first, ...second].map((suffix, place) => ({
  suffix,
  minor: 10_000n + BigInt(place) * 101n,
}));
const total = lines.reduce((sum, { minor }) => sum + minor, 0n);

/**
 * A process accepts the batch, carries it on and hears the bank. It dies at a write of its own, and so does each one that
 * takes it up, every few writes; until one comes through.
 */
async function runWith(doom?: { readonly first: number; readonly every: number; readonly death: Death }) {
  const collections = await collectionsOn(anEngine());
  const { tools, toolsOver, newClient } = collections;
  await agreeAll(collections, lines);
  let deaths = 0;
  for (let processes = 0; processes <= deaths && processes < processesMax; processes++) {
    const client = newClient();
    const dying = doom && dieAt(client, deaths === 0 ? doom.first : doom.every, doom.death);
    const when = `process ${processes} of ${JSON.stringify(doom)}`;
    try {
      await work(toolsOver(client), hoursLater(processes * 0.02), when);
    } catch (error) {
      if (!dying?.isDead()) throw error;
    }
    if (dying?.isDead()) deaths++;
    client.destroy();
  }
  const when = `killed ${deaths} times: ${JSON.stringify(doom)}`;
  const batch = await accept(collections, lines);
  await letDaysPass(tools);
  await expectWhole(collections, batch, total, when);
  await expectBalanced(collections, batch, when);
  const end = told(await itemsOf(collections, batch));
  collections.close();
  return { end, deaths, when };

  async function work(process: CollectionTools, now: Date, when: string) {
    const batch = await accept(collections, lines, process);
    await expectWhole(collections, batch, total, when);
    await carryOn(process, batch, now);
    await takeUp(process, now);
    await askBank(tools, now);
    await takeIntoBlocks(process, await inbox(tools, batch), now);
  }
}

describe('a batch whose process dies', () => {
  beforeAll(() => {
    setLogSink(() => {});
  });

  it('at any write, before or after it, and again and again, ends as one that was carried on at once', async () => {
    const whole = await runWith();
    expect(whole.end.filter(({ state }) => state === 'SETTLED').length).toBeGreaterThan(10);
    const limit = pLimit(runsAtOnce);
    const dooms = Array.from({ length: every }, (_, first) =>
      (['BEFORE', 'AFTER'] as const).map((death) => ({ first, every, death })),
    ).flat();
    const runs = await Promise.all(dooms.map((doom) => limit(() => runWith(doom))));
    for (const { end, when } of runs) expect(end, when).toEqual(whole.end);
    expect(runs.reduce((sum, { deaths }) => sum + deaths, 0)).toBeGreaterThan(deathsMin);
  }, 120_000);
});
