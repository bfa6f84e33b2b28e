import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { presentItem } from '../../../functions/collection/batches/present-batch.ts';
import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { bankOf, expectBalanced, figuresOf, itemsOf, ledgerOf, told } from './batch-books.ts';
import {
  accept,
  agree,
  agreeAll,
  askBank,
  carryOn,
  cause,
  collectionsOn,
  hoursLater,
  letDaysPass,
  type TestCollections,
} from './batches.ts';

describe('a batch', () => {
  let collections: TestCollections;
  beforeAll(() => {
    setLogSink(() => {});
  });
  afterEach(() => collections?.close());

  async function payIn({ tenant, creditAccountId }: Batch, minor: bigint) {
    const { ledger } = collections.tools;
    const account = { currency: 'CNY', holder: '华东集团', name: 'World', purpose: 'GENERAL' } as const;
    const opening = { name: ['test', 'world'], account, constraint: { type: 'NONE' }, cause } as const;
    const debitAccountId = await ledger.openAccountOnce(tenant, opening, hoursLater(0));
    const legs = [{ debitAccountId, creditAccountId, amount: minor, currency: 'CNY' }];
    const [paid] = await ledger.postTransfers(
      tenant,
      [{ name: ['test', 'pay in'], fingerprint: `${minor}`, legs, cause }],
      hoursLater(50),
    );
    expect(paid?.outcome).toBe('POSTED');
  }

  it('whose hand-over was lost on the way is handed over again, and settles', async () => {
    collections = await collectionsOn(anEngine());
    const lines = ['0006', '5102'].map((suffix) => ({ suffix, minor: 10_000n }));
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    await letDaysPass(collections.tools);
    expect(told(await itemsOf(collections, batch)).map(({ state }) => state)).toEqual(['SETTLED', 'SETTLED']);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    await expectBalanced(collections, batch);
  });

  it('asks for the whole first, and takes a part where the mandate has agreed on it for later', async () => {
    collections = await collectionsOn(anEngine());
    const part = { when: 'SET_DAYS', days: [1], time: '10:00', partial: true } as const;
    await agree(collections, 'XY-0', '0011', { retries: part });
    await agree(collections, 'XY-1', '0011', { retries: { ...part, partial: false } });
    const lines = ['0011', '0011'].map((suffix) => ({ suffix, minor: 10_001n }));
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    await letDaysPass(collections.tools);
    // 50.005 is rounded up.
    expect((await itemsOf(collections, batch)).map(({ tries }) => tries.map((one) => one.settled ?? one.code))).toEqual(
      [
        ['AM04', 5_001n],
        ['AM04', 'AM04'],
      ],
    );
    expect((await figuresOf(collections, batch)).money).toMatchObject({ settled: 5_001n, failed: 15_001n });
    await expectBalanced(collections, batch);
  });

  it('whose money came back takes it out of the account once that holds enough, which fees had taken a part of', async () => {
    collections = await collectionsOn(anEngine(), { type: 'MIN_BALANCE', minor: 0n });
    const { tools } = collections;
    const lines = [{ suffix: '0010', minor: 10_000n }];
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(tools, batch);
    await letDaysPass(tools);
    expect(await ledgerOf(collections, batch)).toMatchObject({ credit: 9_500n, clearing: -10_000n });
    const shown = async () => presentItem((await itemsOf(collections, batch))[0] as CollectionItem);
    expect(await shown()).toMatchObject({ state: 'RETURNED', booked: false, ledgerCode: 'ledger/insufficient-funds' });
    const progress = (await tools.store.readProgress(batch.tenant, [batch.id])).get(batch.id);
    expect(progress).toMatchObject({ closed: 1, money: { settled: 0n, returned: 10_000n } });
    await payIn(batch, 1_000n);
    await letDaysPass(tools, [51, 52, 60]);
    expect(await ledgerOf(collections, batch)).toEqual({ credit: 500n, clearing: 0n, fees: 500n, pending: 0n });
    expect(await shown()).not.toHaveProperty('booked');
    expect(await tools.store.readDueBlocks(hoursLater(1_000).toISOString(), 20)).toEqual([]);
  });

  it('never takes more than the limit of a mandate leaves, carried on by several at once', async () => {
    collections = await collectionsOn(anEngine());
    await agree(collections, 'XY', '5101', { limits: { daily: 100_000n } });
    const lines = Array.from({ length: 25 }, () => ({ suffix: '5101', minor: 10_000n, agreementNumber: 'XY' }));
    const batch = await accept(collections, lines);
    await Promise.all([carryOn(collections.tools, batch), carryOn(collections.tools, batch)]);
    await letDaysPass(collections.tools);
    expect((await figuresOf(collections, batch)).money).toMatchObject({ settled: 100_000n, failed: 150_000n });
    expect((await bankOf(collections)).orders).toHaveLength(10);
    await expectBalanced(collections, batch);
  });

  it('goes on with its other lines where the next try of one is on a day that no calendar has yet', async () => {
    collections = await collectionsOn(anEngine());
    const { tools } = collections;
    const late = (hours: number) => new Date(Date.parse('2026-12-30T02:00:00.000Z') + hours * 3_600_000);
    const retries = { when: 'SET_DAYS', days: [20], time: '10:00', partial: false } as const;
    await agree(collections, 'XY-0', '0002', { retries });
    await agree(collections, 'XY-1', '5101', { retries });
    const lines = ['0002', '5101'].map((suffix) => ({ suffix, minor: 10_000n }));
    const batch = await accept(collections, lines, tools, late(0));
    await carryOn(tools, batch, late(0));
    await takeIntoBlocks(tools, await askBank(tools, late(1)), late(1)).catch(() => undefined);
    expect(told(await itemsOf(collections, batch)).map(({ state }) => state)).toEqual(['ACCEPTED', 'SETTLED']);
    expect(await ledgerOf(collections, batch)).toMatchObject({ clearing: -10_000n, pending: 0n });
  });
});
