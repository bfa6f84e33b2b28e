import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideStep } from '../../../functions/netting/resolutions/decide-step.ts';
import type { Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import { settleStep } from '../../../functions/netting/resolutions/settle-step.ts';
import { takeTurn } from '../../../functions/netting/resolutions/take-turn.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { now, queueOnEngine, type TestQueue } from './queue-support.ts';

describe('a queue of which the ledger refuses something', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('has its rest wait for whose money is gone, and not for those who were to get it', async () => {
    const tenant = 'blame';
    await own.open(tenant, { A: 100n, B: 0n, C: 0n });
    await own.queue(tenant, 'A→B 100', 'B→C 100');
    let resolution: Resolution | undefined = await own.start(tenant, 'only');
    // In three rounds A has 100 when it is decided, and 99 when it is posted.
    for (const round of [2, 3, 4]) {
      const decided: Resolution | undefined = resolution && (await decideStep(own.tools, resolution, now));
      await own.move(tenant, 'A', 'outside', 1n);
      resolution = decided && (await settleStep(own.tools, decided, now));
      expect(resolution).toMatchObject({ state: 'DECIDING', round });
      await own.move(tenant, 'outside', 'A', 1n);
    }
    expect(resolution?.barred.map(({ participant }) => participant)).toEqual(['A']);
    await own.move(tenant, 'outside', 'B', 100n);
    await takeTurn(own.tools, { tenant, resolutionId: resolution?.id ?? '' }, now);
    expect(await own.find(tenant, resolution?.id ?? '')).toMatchObject({ state: 'ENDED', round: 4 });
    expect(await own.balances(tenant, 'A B C')).toEqual([100n, 0n, 100n]);
  });

  it.each([
    ['net debit', { participants: { B: { netDebitLimits: [{ currency: 'CNY', amount: 0n }] } } }, 'B→C 100'],
    ['bilateral', { pairs: { bilateralLimits: [{ payer: 'B', payee: 'A', currency: 'CNY', amount: 0n }] } }, 'B→A 100'],
  ] as const)(
    'lets nobody give beyond a %s limit what it was to get of one who is short',
    async (kind, more, second) => {
      const tenant = `limit-${kind.replace(' ', '-')}`;
      await own.open(tenant, { A: 100n, B: 100n, C: 10n }, more);
      // B's first is to C, so that B and A do not settle as a pair.
      await own.queue(tenant, 'A→B 100', 'B→C 1', 'C→B 1', second);
      const decided = await decideStep(own.tools, await own.start(tenant, 'only'), now);
      expect(decided?.state).toBe('SETTLING');
      await own.move(tenant, 'A', 'outside', 1n);
      const again = decided && (await settleStep(own.tools, decided, now));
      expect(again).toMatchObject({ state: 'DECIDING', barred: [], figures: { settledPayments: 0 } });
      expect(await own.balances(tenant, 'A B C')).toEqual([99n, 100n, 10n]);
    },
  );
});
