import { describe, expect, it } from 'vitest';
import { itemsPerBlockMax, orderIdOf } from '../../../../functions/collection/batches/batch.ts';
import { takeIntoBlocks } from '../../../../functions/collection/reports/take-into-block.ts';
import type { StoredReport } from '../../../../functions/collection/store-reports.ts';
import type { CollectionTools } from '../../../../functions/collection/tools.ts';
import { report } from '../items/items.ts';

const now = new Date('2026-03-02T02:00:00.000Z');
const one = 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';
const other = 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0B';

function stored(orderId: string, tenant = 'demo'): StoredReport {
  return { tenant, report: report('SETTLED', { orderId }), receivedAt: now.toISOString() };
}

/** The blocks that are read for reports, sorted; where none of them is there, nothing else is touched. */
async function blocksReadFor(...reports: StoredReport[]): Promise<string[]> {
  const read: string[] = [];
  const readBlock = async (tenant: string, batchId: string, block: number) => {
    read.push(`${tenant} ${batchId} ${block}`);
    return undefined;
  };
  const readBatch = async (tenant: string, id: string) => ({ tenant, id });
  const readChannel = async () => ({ channel: 'SANDBOX' });
  const store = { readBatch, readChannel, readBlock };
  await takeIntoBlocks({ store } as unknown as CollectionTools, reports, now);
  return read.sort();
}

describe('reports of a bank', () => {
  it('go to the blocks that they are about, each block once for all of them', async () => {
    const places = [0, itemsPerBlockMax - 1, itemsPerBlockMax, 5 * itemsPerBlockMax, 1];
    expect(await blocksReadFor(...places.map((place) => stored(orderIdOf(one, place, 1))))).toEqual([
      `demo ${one} 0`,
      `demo ${one} 1`,
      `demo ${one} 5`,
    ]);
  });

  it('on several tries of one item go to its one block', async () => {
    const tries = [1, 2, 3].map((tryNumber) => stored(orderIdOf(one, 3, tryNumber)));
    expect(await blocksReadFor(...tries)).toEqual([`demo ${one} 0`]);
  });

  it('are kept apart by batch and by tenant', async () => {
    const reports = [
      stored(orderIdOf(one, 0, 1)),
      stored(orderIdOf(other, 0, 1)),
      stored(orderIdOf(one, 0, 1), 'next-door'),
    ];
    expect(await blocksReadFor(...reports)).toEqual([`demo ${one} 0`, `demo ${other} 0`, `next-door ${one} 0`]);
  });

  it('on orders that are not ours touch nothing', async () => {
    expect(await blocksReadFor(stored('SALARY-2026-03'), stored(''))).toEqual([]);
    expect(await blocksReadFor()).toEqual([]);
  });
});
