import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { anEngine } from '../../support/engines.ts';
import { expectBalanced } from './batch-books.ts';
import {
  accept,
  agreeAll,
  carryOn,
  collectionsOn,
  letDaysPass,
  type TestCollections,
  type TestLine,
} from './batches.ts';

/** Three blocks of lines that settle, the fiftieth line by another account. */
const linesWith = (suffix: string): TestLine[] =>
  Array.from({ length: 85 }, (_, place) => ({ suffix: place === 49 ? suffix : '5101', minor: 10_000n }));

describe('the messages of a batch', () => {
  let collections: TestCollections;
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
  });
  afterEach(() => collections?.close());

  /** Rail, blocks and number of orders of each message that the bank has got. */
  async function messagesOf({ tenant, id }: Batch) {
    const { store } = collections.tools;
    const dispatches = await store.readDispatches(tenant, id);
    return await Promise.all(
      dispatches.map(async ({ railId, blocks, messageId }) => {
        const sent = await store.readBankMessage(tenant, messageId);
        return { railId, blocks, orders: sent?.state === 'SENT' ? sent.count : 0 };
      }),
    );
  }

  it('carry all its orders over one rail at once, whichever blocks they are in', async () => {
    const lines = linesWith('5102');
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    expect(await messagesOf(batch)).toEqual([{ railId: expect.any(String), blocks: [0, 1, 2], orders: 85 }]);
    await letDaysPass(collections.tools);
    await expectBalanced(collections, batch);
  });

  it('that a rail does not take go whole over the next one', async () => {
    const lines = linesWith('0012');
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    const messages = await messagesOf(batch);
    expect(messages.filter(({ orders }) => orders > 0)).toEqual([{ railId: 'HVPS', blocks: [0, 1, 2], orders: 85 }]);
    await letDaysPass(collections.tools, [40, 120]);
    await expectBalanced(collections, batch);
  });
});
