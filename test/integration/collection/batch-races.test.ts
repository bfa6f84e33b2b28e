import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { cancelWaiting } from '../../../functions/collection/batches/cancel-waiting.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import type { StoredReport } from '../../../functions/collection/store-reports.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { afterEachWrite } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { expectBalanced, expectWhole, itemsOf, ledgerOf, told } from './batch-books.ts';
import {
  accept,
  agreeAll,
  askBank,
  carryOn,
  collectionsOn,
  giveAnswers,
  hoursLater,
  letDaysPass,
  type TestCollections,
  type TestLine,
  takeUp,
} from './batches.ts';

const suffixes = ['5101', '0001', '0002', '0004', '0005', '0008', '0009', '0010', '0011', '0013', '0003', '5112'];
const lines: readonly TestLine[] = [...suffixes, ...suffixes, '0012', '5122'].map((suffix, place) => ({
  suffix,
  minor: 10_001n + BigInt(place) * 101n,
}));
const total = lines.reduce((sum, { minor }) => sum + minor, 0n);
/** Hours at which the job and the bank are looked after: other rails after a refusal, a try the next day, a return. */
const hours = [0.6, 1, 2, 3, 25, 26, 27, 28, 50, 75];
const seed = testSeed();

async function withBatch<Result>(work: (collections: TestCollections, batch: Batch) => Promise<Result>) {
  const collections = await collectionsOn(anEngine());
  await agreeAll(collections, lines);
  const batch = await accept(collections, lines);
  try {
    return await work(collections, batch);
  } finally {
    collections.close();
  }
}

function shuffled<One>(some: readonly One[], random: () => number): One[] {
  return some
    .map((one) => ({ one, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

/** In as many parts as there are workers, told in any order. */
function parts<One>(some: readonly One[], count: number): One[][] {
  return Array.from({ length: count }, (_, part) => some.filter((__, place) => place % count === part));
}

describe('a batch', () => {
  beforeAll(() => {
    setLogSink(() => {});
  });

  it(`carried on by several at once, told everything twice, late and in any order, ends as alone, seed ${seed}`, async () => {
    const alone = await withBatch(async (collections, batch) => {
      await carryOn(collections.tools, batch);
      await letDaysPass(collections.tools, hours);
      await expectBalanced(collections, batch);
      return { items: told(await itemsOf(collections, batch)), books: await ledgerOf(collections, batch) };
    });
    const random = randomFrom(seed);
    const workers = 2 + Math.floor(random() * 3);
    await withBatch(async (collections, batch) => {
      const { tools } = collections;
      await Promise.all(Array.from({ length: workers }, () => carryOn(tools, batch).catch(unlessBusy)));
      await takeUp(tools, hoursLater(0.5));
      let late: StoredReport[] = [];
      for (const hour of hours) {
        const now = hoursLater(hour + 0.6);
        const said = shuffled([...late, ...(await askBank(tools, now))], random);
        late = said.filter(() => random() < 0.3);
        const twice = shuffled([...said, ...said], random);
        const taken = parts(twice, workers).map((part) => takeIntoBlocks(tools, part, now).catch(unlessBusy));
        await Promise.all([...taken, takeUp(tools, now).catch(unlessBusy)]);
        await takeIntoBlocks(tools, said, now);
        await takeUp(tools, hoursLater(hour + 0.7));
        await expectWhole(collections, batch, total, `seed ${seed}, hour ${hour}`);
      }
      await expectBalanced(collections, batch, `seed ${seed}, ${workers} workers`);
      expect(told(await itemsOf(collections, batch)), `seed ${seed}, ${workers} workers`).toEqual(alone.items);
      expect(await ledgerOf(collections, batch)).toEqual(alone.books);
    });
  }, 60_000);

  it('has every yuan of its accepted lines in one place after each write', async () => {
    await withBatch(async (collections, batch) => {
      const client = collections.newClient();
      let looked = 0;
      afterEachWrite(client, async (write) => {
        await expectWhole(collections, batch, total, `after write ${write}`);
        looked++;
      });
      const tools = collections.toolsOver(client);
      await carryOn(tools, batch);
      await giveAnswers(tools, hoursLater(0.6));
      await cancelWaiting(tools, batch, hoursLater(0.7));
      await letDaysPass(tools);
      expect(looked).toBeGreaterThan(100);
      await expectBalanced(collections, batch);
      client.destroy();
    });
  });

  it('cancelled while it is carried on gives back what was held and not handed over', async () => {
    await withBatch(async (collections, batch) => {
      const { tools } = collections;
      await Promise.all(
        [carryOn(tools, batch), cancelWaiting(tools, batch, hoursLater(0))].map((one) => one.catch(unlessBusy)),
      );
      await letDaysPass(tools, hours);
      await expectWhole(collections, batch, total);
      await expectBalanced(collections, batch);
    });
  });
});

/** Who met others too often says so, and comes again. */
function unlessBusy(error: unknown): void {
  if ((error as { code?: string }).code !== 'request/conflict-retry') throw error;
}
