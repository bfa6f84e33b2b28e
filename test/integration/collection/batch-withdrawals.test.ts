import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import type { Outbox } from '../../../functions/collection/gateway/iso/file-adapter.ts';
import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { FileNotWritten } from '../../../shared/files/file-not-written.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { bucket } from './bank-files.ts';
import { actOnFirst, bankOf, expectBalanced, statesOf } from './batch-books.ts';
import {
  accept,
  agreeAll,
  carryOn,
  collectionsOn,
  hoursLater,
  letDaysPass,
  putChannel,
  type TestCollections,
  type TestLine,
  takeUp,
} from './batches.ts';
import { dyingBefore, signal } from './dying-tools.ts';

/** 2,000,000.00: only HVPS carries it, so that there is no rail to fail over to. */
const large = (count: number): TestLine[] =>
  Array.from({ length: count }, () => ({ suffix: '5101', minor: 200_000_000n }));
const soon = hoursLater(0.1);
const isUnnamed = ({ tries: [one] }: CollectionItem) => one?.booked?.held === true && one.messageId === undefined;

describe('a message that is withdrawn', () => {
  let collections: TestCollections;
  quietLog();
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
  });
  afterEach(() => collections?.close());

  /** Accepted, its messages named and none handed over. */
  async function named(lines: readonly TestLine[]): Promise<Batch> {
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    const closeDispatch = () => Promise.reject(new Error('killed'));
    const dying = { ...collections.tools, store: { ...collections.tools.store, closeDispatch } };
    await expect(carryOn(dying, batch)).rejects.toThrow('killed');
    return batch;
  }

  it('and whose withdrawal was not noted goes under another name when its mandate stands again', async () => {
    const batch = await named(large(3));
    await actOnFirst(collections, batch, 'SUSPEND');
    await expect(takeUp(dyingBefore(collections.tools, isUnnamed), soon)).rejects.toThrow('killed');
    await actOnFirst(collections, batch, 'RESUME');
    await letDaysPass(collections.tools, [1, 25]);
    expect(await statesOf(collections, batch)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });

  it('and whose withdrawal was noted in one block only loses no order of the others', async () => {
    const batch = await named(large(42));
    await actOnFirst(collections, batch, 'REVOKE');
    const { tools } = collections;
    const noted = signal();
    const replaceBlock: typeof tools.store.replaceBlock = async (next, ...more) => {
      const isSecond = next.block === 1 && next.items.some(isUnnamed);
      if (isSecond) await noted.given;
      if (isSecond) throw new Error('killed');
      await tools.store.replaceBlock(next, ...more);
      if (next.block === 0) noted.give();
    };
    await expect(takeUp({ ...tools, store: { ...tools.store, replaceBlock } }, soon)).rejects.toThrow('killed');
    await letDaysPass(tools, [1, 25]);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', ...Array.from({ length: 41 }, () => 'SETTLED')]);
    await expectBalanced(collections, batch);
  });

  it('from one who would hand it over, having read its mandates before, is no rail that is down', async () => {
    const batch = await named(large(3));
    const { tools } = collections;
    const [begins, withdrawn] = [signal(), signal()];
    const slow: CollectionTools = {
      ...tools,
      gatewayOf: (channel) => {
        const bank = tools.gatewayOf(channel);
        const hand: typeof bank.hand = async (message, now) => {
          begins.give();
          await withdrawn.given;
          return await bank.hand(message, now);
        };
        return { ...bank, hand };
      },
    };
    const slowly = carryOn(slow, batch);
    await begins.given;
    await actOnFirst(collections, batch, 'REVOKE');
    // Withdraws it and dies before that is noted, so that the slow one is the first to note what became of it.
    await expect(takeUp(dyingBefore(tools, isUnnamed), soon)).rejects.toThrow('killed');
    withdrawn.give();
    await slowly;
    await letDaysPass(tools, [1, 25]);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    await expectBalanced(collections, batch);
  });

  it('after the bank never got it is handed over no more under a mandate revoked since', async () => {
    const lines = ['0006', '5101', '5102'].map((suffix) => ({ suffix, minor: 10_000n }));
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    expect((await bankOf(collections)).orders).toEqual([]);
    await actOnFirst(collections, batch, 'REVOKE');
    await letDaysPass(collections.tools, [5, 30]);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    await expectBalanced(collections, batch);
  });

  it('after its file was refused by the store is written no more with an order under a mandate revoked since', async () => {
    const lines = ['5101', '5102', '5103'].map((suffix) => ({ suffix, minor: 10_000n }));
    await agreeAll(collections, lines);
    const creditor = { name: '华东集团', number: '32001881236052500001', bank: { cnaps: '105100000017' } };
    await putChannel(collections, { channel: 'FILES', creditor, characters: 'UNICODE' });
    const { store } = collections.tools;
    const { written, outbox } = bucket();
    const over = (box: Outbox): CollectionTools => ({
      ...collections.tools,
      gatewayOf: (channel) => gatewayOf(channel, { store, outbox: box }),
    });
    const batch = await accept(collections, lines);
    await carryOn(over({ write: () => Promise.reject(new FileNotWritten(503)) }), batch);
    expect(await statesOf(collections, batch)).toEqual(['SUBMITTED', 'SUBMITTED', 'SUBMITTED']);
    await actOnFirst(collections, batch, 'REVOKE');
    await takeUp(over(outbox), hoursLater(5));
    expect(written.map(({ text }) => /<NbOfTxs>(\d+)</.exec(text)?.[1])).toEqual(['2']);
    expect(written[0]?.text).not.toContain('<MndtId>XY-0</MndtId>');
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SUBMITTED', 'SUBMITTED']);
  });
});
