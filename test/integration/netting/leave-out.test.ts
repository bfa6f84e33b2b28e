import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cycleToPlain } from '../../../functions/netting/cycles/cycle-items.ts';
import { presentCycle } from '../../../functions/netting/cycles/present-cycle.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { aNewCentre, anAsked, aParticipant } from '../../functions/netting/intake-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { closingSteps } from './closing-support.ts';
import { add, keepCentre, nettingOnEngine, type TestNetting } from './support.ts';

describe('what is left out of a cycle', () => {
  let own: TestNetting;
  const { oweEight, cut, ask, carryOn, cycleOf, act, rowsOf } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is the same in another order, and sent twice', async () => {
    const tenant = 'order';
    await oweEight(tenant);
    await cut(tenant);
    const asked = await ask(tenant, ['R-4', 'R-3']);
    expect(asked.closing?.leaveOut).toEqual(['R-3', 'R-4']);
    expect(await ask(tenant, ['R-4', 'R-3', 'R-4'])).toEqual(asked);
  });

  it('cannot be what was withdrawn, which is named', async () => {
    const tenant = 'withdrawn';
    await oweEight(tenant);
    await act(tenant, 'R-3', { kind: 'WITHDRAW' });
    await cut(tenant);
    const before = await own.snapshot();
    await expect(ask(tenant, ['R-4', 'R-3'])).rejects.toMatchObject({
      ...{ code: 'netting/obligation-not-found', status: 404 },
      fields: {
        errors: [
          {
            pointer: '/leaveOut/1',
            detail: 'The obligation R-3 was withdrawn: nothing of it is netted.',
          },
        ],
      },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('cannot be what a cycle that has closed is made of', async () => {
    const tenant = 'closed';
    await oweEight(tenant);
    await cut(tenant);
    await ask(tenant, ['R-4']);
    await carryOn(tenant);
    const closed = await cycleOf(tenant);
    // R-4 is in the next one: what was asked for is so.
    expect(await ask(tenant, ['R-4'])).toEqual(closed);
    await expect(ask(tenant, ['R-4', 'R-3'])).rejects.toMatchObject({
      ...{ code: 'netting/cycle-closed', status: 409 },
      fields: { state: 'CLOSED', errors: [{ pointer: '/leaveOut/1' }] },
    });
    await expect(ask(tenant, ['X'])).rejects.toMatchObject({ code: 'netting/obligation-not-found' });
    expect(await cycleOf(tenant)).toEqual(closed);
  });

  it('may be a thousand small ones that breach a limit together', async () => {
    const tenant = 'thousand';
    const limit = { currency: 'CNY', amount: 0n } as const;
    const participants = ['A', 'B'].map((id) => aParticipant(id, { netDebitLimits: [limit] }));
    const reference = (n: number) => `${'参'.repeat(60)}${1_000 + n}`;
    const small = Array.from({ length: 1_000 }, (_, n) => anAsked(reference(n), { amount: 1n }));
    await add(own.store, await keepCentre(own, tenant, aNewCentre(tenant, participants)), small);
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ closing: { hindrance: { why: 'LIMITS_BREACHED', count: 1 } } });
    const asked = await ask(
      tenant,
      small.map((one) => one.reference),
    );
    // An item has 400 KB, what is told of it 256.
    expect(itemBytes(toItem(cycleToPlain(asked)))).toBeLessThan(300_000);
    expect(Buffer.byteLength(JSON.stringify(presentCycle(asked)))).toBeLessThan(220_000);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { moved: 1_000 } } });
    expect((await rowsOf(tenant)).LEGS).toEqual([]);
  });
});
