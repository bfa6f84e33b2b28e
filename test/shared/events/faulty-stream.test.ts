import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toItem } from '../../../shared/dynamo/items.ts';
import { fromStreamImage } from '../../../shared/events/stream-image.ts';
import { engines } from '../../support/engines.ts';
import { deliver, deliverUnkindly } from '../../support/faulty-stream.ts';
import { type PlainTable, plainTable } from '../../support/plain-table.ts';
import { readStreamRecords } from '../../support/stream-records.ts';

/** `a1` is the first change of item a; sequence numbers grow along the list. */
const recordsOf = (names: readonly string[]): DynamoDBRecord[] =>
  names.map((name, place) => ({
    eventID: name,
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: String(place + 1), Keys: { pk: { S: name.slice(0, 1) } } },
  }));
const namesIn = ({ Records }: DynamoDBStreamEvent) => Records.map(({ eventID }) => eventID ?? '');
const history = ['a', 'b', 'c', 'd'].flatMap((item) => Array.from({ length: 10 }, (_, n) => `${item}${n}`));

/** The order in which things were seen first. */
const firsts = (names: readonly string[]) => [...new Set(names)];

describe('unkind delivery', () => {
  it('delivers everything at least once and each item’s changes in their order, whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const seen: string[] = [];
        await deliverUnkindly(recordsOf(history), async (event) => seen.push(...namesIn(event)) as unknown, seed);
        for (const item of ['a', 'b', 'c', 'd']) {
          const ofItem = (names: readonly string[]) => names.filter((name) => name.startsWith(item));
          expect(firsts(ofItem(seen))).toEqual(ofItem(history));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does deliver twice, cut and in another order', async () => {
    const seen: string[] = [];
    const sizes = new Set<number>();
    const faults = { batchSize: 10, cut: 0.5, duplicate: 0.5 };
    const { duplicates } = await deliverUnkindly(
      recordsOf(history),
      async (event) => {
        sizes.add(event.Records.length);
        seen.push(...namesIn(event));
      },
      11,
      faults,
    );
    expect(duplicates).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(history.length);
    expect(firsts(seen)).not.toEqual(history);
    expect(sizes.size).toBeGreaterThan(2);
  });

  it('is the same for the same seed', async () => {
    const run = async (seed: number) => {
      const seen: string[] = [];
      await deliverUnkindly(recordsOf(history), async (event) => seen.push(...namesIn(event)) as unknown, seed);
      return seen;
    };
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  it('goes on from the first record that the handler reports', async () => {
    const seen: string[][] = [];
    const { failures } = await deliver(recordsOf(['a1', 'b1', 'c1']), async (event) => {
      seen.push(namesIn(event));
      return { batchItemFailures: seen.length === 1 ? [{ itemIdentifier: '3' }, { itemIdentifier: '2' }] : [] };
    });
    expect(seen).toEqual([
      ['a1', 'b1', 'c1'],
      ['b1', 'c1'],
    ]);
    expect(failures).toBe(1);
  });

  it('gives the whole batch again to a handler that throws', async () => {
    let calls = 0;
    await deliver(recordsOf(['a1', 'b1']), async (event) => {
      calls += 1;
      expect(namesIn(event)).toEqual(['a1', 'b1']);
      if (calls < 3) throw new Error('not now');
    });
    expect(calls).toBe(3);
  });

  it('gives up on a batch that always fails, and says with which seed', async () => {
    const never = deliverUnkindly(recordsOf(['a1']), () => Promise.reject(new Error('never')), 42);
    await expect(never).rejects.toThrow('SEED=42');
  });
});

describe.each(engines())('records of the stream on $kind', (engine) => {
  let table: PlainTable;
  let client: DynamoDBClient;
  beforeAll(async () => {
    table = await plainTable(engine);
    client = table.newClient();
  });
  afterAll(() => table?.close());

  it('come in the form in which Lambda hands them over, binary values as base64', async () => {
    const key = { pk: 'a', sk: '0' };
    const put = (item: object) =>
      client.send(new PutItemCommand({ TableName: table.name, Item: toItem({ ...key, ...item }) }));
    await put({ minor: 12_345_678_901_234_567_890n, digest: Uint8Array.from([1, 2, 255]) });
    await put({ minor: 2n });
    await client.send(new DeleteItemCommand({ TableName: table.name, Key: toItem(key) }));

    const records = await readStreamRecords(engine.endpoint, client, table.name);

    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    const [inserted, , removed] = records.map(({ dynamodb }) => dynamodb);
    expect(inserted?.NewImage?.digest).toEqual({ B: 'AQL/' });
    expect(fromStreamImage(inserted?.NewImage ?? {})).toEqual({
      ...key,
      minor: 12_345_678_901_234_567_890n,
      digest: Uint8Array.from([1, 2, 255]),
    });
    expect(removed?.NewImage).toBeUndefined();
    expect(fromStreamImage(removed?.OldImage ?? {})).toEqual({ ...key, minor: 2n });
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
  });
});
