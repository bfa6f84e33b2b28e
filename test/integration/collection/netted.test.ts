import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { presentItem } from '../../../functions/collection/batches/present-batch.ts';
import { takeNetted } from '../../../functions/collection/batches/take-netted.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import { settledEvent, tuesday } from '../../functions/netting/telling/told-by-netting.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { figuresOf, itemsOf } from './batch-books.ts';
import { accept, agree, carryOn, collectionsOn, hoursLater, type TestCollections } from './batches.ts';

describe.each(engines())('collections for others that a netting cycle passes on, on $kind', (engine) => {
  let collections: TestCollections;
  let batch: Batch;
  let orders: string[];
  quietLog();
  /** Two collections of 1,234.56 and 10.00, both with the bank, which says nothing by itself. */
  beforeEach(async () => {
    collections = await collectionsOn(engine);
    await agree(collections, 'XY-0', '0007');
    await agree(collections, 'XY-1', '0007');
    batch = await accept(collections, [
      { suffix: '0007', minor: 123_456n, agreementNumber: 'XY-0' },
      { suffix: '0007', minor: 1_000n, agreementNumber: 'XY-1' },
    ]);
    await carryOn(collections.tools, batch);
    orders = (await itemsOf(collections, batch)).map(({ tries }) => tries[0]?.orderId ?? '');
    const at = hoursLater(1).toISOString();
    const reports = orders.map((orderId) => ({ orderId, state: 'SETTLED' as const, at, source: 'file:1' }));
    const stored = reports.map((report) => ({ tenant: batch.tenant, report, receivedAt: at }));
    await takeIntoBlocks(collections.tools, stored, hoursLater(1));
  });
  afterEach(() => collections.close());

  const take = (rows: readonly (readonly [string, bigint])[], cycleId = tuesday) =>
    takeNetted(
      collections.tools.store,
      settledEvent('COLLECTIONS', rows, { tenant: batch.tenant, cycleId }),
      hoursLater(2),
    );
  const passedOn = async () =>
    (await itemsOf(collections, batch)).map((item) =>
      (presentItem(item).passedOn ?? []).map(
        ({ movementId, cycleId, amount }) => `${movementId} ${cycleId} ${amount.amount}`,
      ),
    );

  it('say by which cycle, and how much, once however often it is told; nothing else of them changes', async () => {
    const [one, two] = orders.map((orderId) => `${orderId}-S0`);
    const before = await figuresOf(collections, batch);
    await Promise.all([take([[one ?? '', 123_456n]]), take([[one ?? '', 123_456n]])]);
    await take([
      [one ?? '', 123_456n],
      [two ?? '', 1_000n],
    ]);
    expect(await passedOn()).toEqual([[`${one} ${tuesday} 1234.56`], [`${two} ${tuesday} 10.00`]]);
    expect(await figuresOf(collections, batch)).toEqual(before);
  });

  it('keep that when the bank tells more of them', async () => {
    const [one = ''] = orders;
    await take([[`${one}-S0`, 123_456n]]);
    const at = hoursLater(3).toISOString();
    const report = { orderId: one, state: 'RETURNED' as const, amount: 400n, at, source: 'file:3' };
    await takeIntoBlocks(collections.tools, [{ tenant: batch.tenant, report, receivedAt: at }], hoursLater(3));
    await take([[`${one}-R0`, 400n]], 'cyc_group_2026-04-01');
    expect((await passedOn())[0]).toEqual([`${one}-S0 ${tuesday} 1234.56`, `${one}-R0 cyc_group_2026-04-01 4.00`]);
  });

  it('are noted where others are of no order, and these are told again', async () => {
    const [one] = orders;
    const told = take([
      ['evt_none', 1n],
      [`${one}-S0`, 123_456n],
    ]);
    await expect(told).rejects.toMatchObject({ errors: { length: 1 } });
    expect((await passedOn())[0]).toHaveLength(1);
  });
});
