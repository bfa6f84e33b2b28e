import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { carryOnArrivals } from '../../../functions/collection/on-work.ts';
import { takeWhatWasPutAside } from '../../../functions/collection/reports/put-aside.ts';
import type { StoredReport } from '../../../functions/collection/store-reports.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { itemsOf, ledgerOf, statesOf } from './batch-books.ts';
import { accept, agreeAll, askBank, carryOn, collectionsOn, hoursLater, type TestCollections } from './batches.ts';

describe('reports of several batches that come in together', () => {
  let collections: TestCollections;
  let batches: readonly [Batch, Batch];
  let records: DynamoDBRecord[];
  const soon = hoursLater(1);
  beforeAll(() => {
    setLogSink(() => {});
  });
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
    const { tools } = collections;
    const lines = ['0010', '5102'].map((suffix) => ({ suffix, minor: 10_000n }));
    await agreeAll(collections, lines);
    const [one, other] = [await accept(collections, lines), await accept(collections, lines, tools, undefined, 'B2')];
    batches = [one, other];
    for (const batch of batches) await carryOn(tools, batch);
    records = (await askBank(tools, soon)).map(recordOf);
  });
  afterEach(() => collections.close());

  const recordOf = (stored: StoredReport, place: number): DynamoDBRecord => ({
    dynamodb: { NewImage: toItem({ kind: 'REPORT', ...stored }) as never, SequenceNumber: String(100 + place) },
  });

  /** Tools to which a batch cannot be read, and that may not be able to note so. */
  function withoutBatch({ id }: Batch, more: Partial<CollectionTools['store']> = {}): CollectionTools {
    const { tools } = collections;
    const readBatch: CollectionTools['store']['readBatch'] = async (tenant, batchId) => {
      if (batchId === id) throw new Error('The table is out of reach.');
      return await tools.store.readBatch(tenant, batchId);
    };
    return { ...tools, store: { ...tools.store, readBatch, ...more } };
  }

  it('are taken by batch: one that cannot be carried on is put aside, and taken from the inbox later', async () => {
    const { tools } = collections;
    const [one, other] = batches;
    expect(await carryOnArrivals(withoutBatch(one), records, soon)).toEqual({ batchItemFailures: [] });
    expect([await statesOf(collections, one), await statesOf(collections, other)]).toEqual([
      ['SUBMITTED', 'SUBMITTED'],
      ['SETTLED', 'SETTLED'],
    ]);
    expect(await takeWhatWasPutAside(withoutBatch(one), soon)).toHaveLength(1);
    expect(await takeWhatWasPutAside(tools, soon)).toEqual([]);
    expect(await statesOf(collections, one), 'not before it is time again').toEqual(['SUBMITTED', 'SUBMITTED']);
    const later = hoursLater(1.1);
    expect(await takeWhatWasPutAside(tools, later)).toEqual([]);
    expect(await statesOf(collections, one)).toEqual(['SETTLED', 'SETTLED']);
    expect(await tools.store.readBlocksAside(hoursLater(1_000).toISOString(), 10)).toEqual([]);
    // Four of 100.00 came, each for a fee of 5.00.
    expect(await ledgerOf(collections, one)).toEqual({
      credit: 38_000n,
      clearing: -40_000n,
      fees: 2_000n,
      pending: 0n,
    });
  });

  it('are put aside of a batch that has come to its end, too: money that goes back is not lost', async () => {
    const { tools } = collections;
    const [one] = batches;
    await carryOnArrivals(tools, records, soon);
    const afterTwoDays = hoursLater(50);
    const back = (await askBank(tools, afterTwoDays)).map(recordOf);
    await carryOnArrivals(withoutBatch(one), back, afterTwoDays);
    expect(await statesOf(collections, one)).toEqual(['SETTLED', 'SETTLED']);
    await takeWhatWasPutAside(tools, afterTwoDays);
    expect(await statesOf(collections, one)).toEqual(['RETURNED', 'SETTLED']);
    // One of each batch went back.
    expect(await ledgerOf(collections, one)).toEqual({
      credit: 18_000n,
      clearing: -20_000n,
      fees: 2_000n,
      pending: 0n,
    });
  });

  it('are reported as failed where not even that can be noted, and no others', async () => {
    const [one, other] = batches;
    const putBlockAside = async () => {
      throw new Error('The table is out of reach.');
    };
    const { batchItemFailures } = await carryOnArrivals(withoutBatch(one, { putBlockAside }), records, soon);
    const orders = (await itemsOf(collections, one)).flatMap(({ tries }) => tries.map(({ orderId }) => orderId));
    const ofOne = records.filter(({ dynamodb }) => orders.includes(dynamodb?.NewImage?.report?.M?.orderId?.S ?? ''));
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(
      ofOne.map(({ dynamodb }) => dynamodb?.SequenceNumber).sort(),
    );
    expect(await statesOf(collections, other)).toEqual(['SETTLED', 'SETTLED']);
  });
});
