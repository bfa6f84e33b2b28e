import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('the number of a refund', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is of the market: another order’s is refused and named, also where both ask at once', async () => {
    const market = await SumMarket.open(own, 'mkt_numbers');
    for (const no of ['N-1', 'N-2', 'N-3']) await market.payAndTell(no, 90n);
    // Nothing is noted of one that is refused.
    await expect(market.refund('N-2', 'R-1', 91n)).rejects.toMatchObject({ code: 'settlement/refund-above-left' });
    await market.refund('N-1', 'R-1', 30n);
    await expect(market.refund('N-2', 'R-1', 30n)).rejects.toMatchObject({
      code: 'settlement/refund-number-used',
      fields: { refundNo: 'R-1', orderNo: 'N-1', errors: [{ pointer: '/no' }] },
    });
    expect((await own.store.readOrder(tenant, 'N-2'))?.refunds).toEqual([]);
    const both = await Promise.allSettled([market.refund('N-2', 'R-2', 30n), market.refund('N-3', 'R-2', 30n)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});
