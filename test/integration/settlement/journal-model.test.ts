import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { type Owner, ownerKey } from '../../../functions/settlement/journal/entry.ts';
import { addFigures, type Figures, figuresOf, noFigures } from '../../../functions/settlement/journal/figures.ts';
import { legsOfLine } from '../../../functions/settlement/journal/legs-of-line.ts';
import { linesOf } from '../../../functions/settlement/journal/lines-between.ts';
import { addsUp } from '../../../functions/settlement/journal/order-sums.ts';
import { gainsOf } from '../../../functions/settlement/journal/role-legs.ts';
import {
  type JournalTools,
  type StreamChange,
  takeChanges,
} from '../../../functions/settlement/journal/take-changes.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { merchants, randomHistory } from '../../functions/settlement/journal/random-history.ts';
import { dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { changesOf, dayOf, journalOnEngine, now, prove, type TestJournal, tenant } from './journal-support.ts';

const seed = testSeed();
const orders = 60;
let journal: TestJournal;

beforeAll(async () => {
  journal = await journalOnEngine(anEngine());
});
afterAll(() => journal.close());

describe(`a stream that delivers twice, cut in half, and stops anywhere (SEED=${seed})`, () => {
  it('leaves the journal and the ledger as the orders are', async () => {
    const random = randomFrom(seed);
    const marketId = 'mkt_model';
    const market = await journal.openMarket(marketId, merchants);
    const histories = Array.from({ length: orders }, (_, n) => randomHistory(random, `A-${n}`, 12, marketId));
    const shards = [...shardsOf(histories, random)];
    await Promise.all(shards.map(([shard, records], n) => deliver(shard, records, randomFrom(seed + n + 1), marketId)));
    await deliver('shard-postings', await postings(), random, marketId);

    const last = histories.map((history) => history.at(-1) as Order);
    for (const [key, { owner, date, figures }] of reference(last)) {
      const { total, lines } = await dayOf(journal.store, marketId, owner, date);
      expect({ key, total, lines }).toEqual({ key, total: figures, lines: figures });
    }
    const gains = gainsOf(last.flatMap(linesOf).flatMap(legsOfLine));
    for (const [role, gain] of gains) {
      expect([role, await journal.balance(market, role.replace(':', ' ') as 'supervised')]).toEqual([role, gain]);
    }
    expect(gains.size).toBeGreaterThan(5);
    for (const order of last) await journal.put(order);
    const proof = await prove(journal, market);
    const paid = last.filter(({ payments }) => payments.length > 0).length;
    expect(proof).toMatchObject({ orders: paid, lost: { count: 0 }, differences: { count: 0 } });
    expect(addsUp(proof.sums)).toBe(true);
  });
});

/** Hands records of one shard over, unkindly; days are closed meanwhile. */
async function deliver(shard: string, records: readonly StreamChange[], random: () => number, marketId: string) {
  let start = 0;
  while (start < records.length) {
    const batch = records.slice(start, start + 1 + Math.floor(random() * 40));
    if (random() < 0.3) await attempt(dyingTools(random), shard, batch);
    if (random() < 0.3) await attempt(faultyTools(random), shard, batch);
    if (random() < 0.3) await closeADay(random, marketId);
    if (random() < 0.3) await take(journal.tools, shard, batch.slice(0, Math.ceil(batch.length / 2)));
    const twice = random() < 0.3;
    await Promise.all([take(journal.tools, shard, batch), ...(twice ? [take(journal.tools, shard, batch)] : [])]);
    if (random() < 0.3) await take(journal.tools, shard, records.slice(Math.max(0, start - 20), start + 5));
    start += batch.length;
  }
}

function take(tools: JournalTools, shard: string, batch: readonly StreamChange[]) {
  return takeChanges(tools, new RoleAccounts(), shard, batch, now);
}

/** It may fail as a whole; then the batch comes again. */
async function attempt(tools: JournalTools, shard: string, batch: readonly StreamChange[]): Promise<void> {
  await take(tools, shard, batch).catch(() => undefined);
}

function dyingTools(random: () => number): JournalTools {
  const client = journal.newClient();
  dieAt(client, Math.floor(random() * 10), random() < 0.5 ? 'BEFORE' : 'AFTER');
  return journal.toolsOver(client);
}

function faultyTools(random: () => number): JournalTools {
  const client = journal.newClient();
  const rates = { conflict: 0.2, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1, unprocessed: 0.2 };
  injectFaults(client, Math.floor(random() * 1e9), rates);
  return journal.toolsOver(client);
}

async function closeADay(random: () => number, marketId: string): Promise<void> {
  const date = `2025-10-0${1 + Math.floor(random() * 9)}`;
  const days = [{ tenant, marketId, date, group: 0 }];
  const [sequence = 0] = [...(await journal.store.readSequences(days)).values()];
  // Another may close it at the same moment.
  await journal.store.closeDay(tenant, marketId, date, sequence).catch(() => undefined);
}

/** Two shards; in each, the changes of an order stand in their order, and those of several are mixed. */
function shardsOf(histories: readonly Order[][], random: () => number): Map<string, StreamChange[]> {
  const shards = new Map<string, StreamChange[]>([
    ['shardId-00000001', []],
    ['shardId-00000002', []],
  ]);
  const waiting = histories.map((history, n) => ({ left: changesOf(history), shard: `shardId-0000000${1 + (n % 2)}` }));
  // Sequence numbers are longer than a number holds, and of different lengths.
  let number = 99_999_999_999_999_999_950n;
  while (waiting.length > 0) {
    const which = Math.floor(random() * waiting.length);
    const { left, shard } = waiting[which] ?? { left: [], shard: '' };
    const change = left.shift();
    if (change) shards.get(shard)?.push({ ...change, at: String(number++) });
    if (left.length === 0) waiting.splice(which, 1);
  }
  return shards;
}

async function postings(): Promise<StreamChange[]> {
  return (await journal.itemsOf('POSTING')).map((after, place) => ({ at: String(1_000 + place), isNew: true, after }));
}

/** What each day of each owner comes to by the orders as they stand. */
function reference(last: readonly Order[]) {
  const days = new Map<string, { owner: Owner; date: string; figures: Figures }>();
  for (const { owner, date, line } of last.flatMap(linesOf)) {
    const key = `${ownerKey(owner)} ${date}`;
    const day = days.get(key) ?? { owner, date, figures: noFigures };
    days.set(key, { ...day, figures: addFigures(day.figures, figuresOf(line)) });
  }
  return days;
}
