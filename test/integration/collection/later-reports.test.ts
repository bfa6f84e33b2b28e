import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { pageItems } from '../../../functions/collection/batches/page-items.ts';
import { presentBatch } from '../../../functions/collection/batches/present-batch.ts';
import type { BankReport, BankState } from '../../../functions/collection/gateway/bank-gateway.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { bankOf, figuresOf, itemsOf, ledgerOf } from './batch-books.ts';
import { accept, agree, carryOn, collectionsOn, hoursLater, type TestCollections, takeUp } from './batches.ts';

describe('money of one order that a bank tells of more than once', () => {
  let collections: TestCollections;
  let batch: Batch;
  let orderId: string;
  beforeAll(() => {
    setLogSink(() => {});
  });
  /** One collection of 1,234.56 that the bank has, and of which it says nothing by itself for a day. */
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
    await agree(collections, 'XY-0', '0007');
    batch = await accept(collections, [{ suffix: '0007', minor: 123_456n }]);
    await carryOn(collections.tools, batch);
    orderId = (await itemsOf(collections, batch))[0]?.tries[0]?.orderId ?? '';
  });
  afterEach(() => collections.close());

  /** A file of the bank says it, so many hours later. */
  async function tell(hour: number, state: BankState, amount?: bigint, code?: string) {
    const now = hoursLater(hour);
    const said: BankReport = { orderId, state, at: now.toISOString(), source: `file:${hour}` };
    const report = { ...said, ...(amount !== undefined && { amount }), ...(code !== undefined && { code }) };
    await takeIntoBlocks(collections.tools, [{ tenant: batch.tenant, report, receivedAt: said.at }], now);
  }
  const money = async () => (await figuresOf(collections, batch)).money;
  const books = async () => {
    const { credit = 0n, clearing, fees = 0n, pending } = await ledgerOf(collections, batch);
    return { collected: credit + fees, clearing, pending };
  };

  it('is never asked for again where less came than was asked for as a whole', async () => {
    await tell(1, 'SETTLED', 100_000n);
    await takeUp(collections.tools, hoursLater(25));
    await takeUp(collections.tools, hoursLater(72));
    expect((await bankOf(collections)).orders).toEqual([orderId]);
    expect((await itemsOf(collections, batch))[0]?.ended).toMatchObject({ state: 'FAILED', reason: 'SETTLED_SHORT' });
    expect(await money()).toMatchObject({ settled: 100_000n, failed: 23_456n });
    expect(await books()).toEqual({ collected: 100_000n, clearing: -100_000n, pending: 0n });
  });

  it('is booked as the difference once another file has a larger total, also after the rest has failed', async () => {
    await tell(1, 'SETTLED', 100_000n);
    await tell(2, 'SETTLED', 123_456n);
    await tell(3, 'SETTLED', 23_456n);
    expect(await money()).toMatchObject({ settled: 123_456n, failed: 0n, open: 0n });
    expect(await books()).toEqual({ collected: 123_456n, clearing: -123_456n, pending: 0n });
    const progress = (await collections.tools.store.readProgress(batch.tenant, [batch.id])).get(batch.id);
    expect(progress).toMatchObject({ closed: 1, money: { settled: 123_456n, failed: 0n } });
  });

  it('goes back in parts by a transfer each, until nothing is left of it', async () => {
    await tell(1, 'SETTLED', 123_456n);
    await tell(25, 'RETURNED', 40_000n, 'MS02');
    await tell(26, 'RETURNED', 40_000n, 'MS02');
    expect(await books()).toEqual({ collected: 83_456n, clearing: -83_456n, pending: 0n });
    await tell(49, 'RETURNED', 83_456n, 'MS02');
    expect(await money()).toMatchObject({ settled: 0n, returned: 123_456n });
    expect(await books()).toEqual({ collected: 0n, clearing: 0n, pending: 0n });
  });

  it('that is told to have gone back first is booked once it is told how much had come', async () => {
    await tell(1, 'RETURNED', 50_000n, 'MS02');
    expect(await books()).toEqual({ collected: 0n, clearing: 0n, pending: 123_456n * 2n });
    await tell(2, 'SETTLED', 50_000n);
    expect(await money()).toMatchObject({ settled: 0n, returned: 50_000n, failed: 73_456n });
    expect(await books()).toEqual({ collected: 0n, clearing: 0n, pending: 0n });
  });

  it('is noted, and nothing of it booked, where its order had failed and another has taken it', async () => {
    await tell(1, 'REJECTED', undefined, 'AB10');
    const [first, second] = (await itemsOf(collections, batch))[0]?.tries ?? [];
    expect([first?.state, second?.state]).toEqual(['REFUSED', 'SUBMITTED']);
    await tell(2, 'SETTLED', 123_456n);
    await tell(3, 'SETTLED', 123_456n);
    const [item] = await itemsOf(collections, batch);
    expect(item?.contradicted).toMatchObject([{ orderId, state: 'SETTLED', amount: 123_456n, source: 'file:2' }]);
    expect(await books()).toEqual({ collected: 0n, clearing: 0n, pending: 123_456n * 2n });
    const page = await pageItems(collections.tools.store, batch, 0, 10, { contradicted: true });
    expect(page.items).toEqual([item]);
    expect(presentBatch(batch, page.items)).toMatchObject({ contradicted: 1, items: { SUBMITTED: 1 } });
  });

  it('keeps it from being tried again where it is told to have come after all', async () => {
    await tell(1, 'REJECTED', undefined, 'AM04');
    await tell(2, 'SETTLED', 123_456n);
    await takeUp(collections.tools, hoursLater(48));
    expect((await bankOf(collections)).orders).toEqual([orderId]);
    expect((await itemsOf(collections, batch))[0]?.ended).toMatchObject({ state: 'FAILED', reason: 'CONTRADICTED' });
  });
});
