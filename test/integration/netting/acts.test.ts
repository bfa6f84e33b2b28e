import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { foldLines } from '../../../functions/netting/lines/fold-lines.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import type { ObligationAct } from '../../../functions/netting/obligations/change-obligation.ts';
import { anAsked, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { add, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const tuesday = 'cyc_group_2026-03-31';

describe.each(engines())('what is done to obligations on $kind', (engine) => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  const act = (tenant: string, reference: string, what: ObligationAct, at = on.at) => {
    const obligationId = obligationIdOf(tenant, 'ctr_group', reference);
    return actOnObligation(own.store, { tenant, obligationId }, what, { ...on, at });
  };

  it('leaves a line of the next version in the cycle, once', async () => {
    const tenant = 'lines';
    await add(own.store, await keepCentre(own, tenant), [anAsked('R-1'), anAsked('R-2'), anAsked('R-3')]);
    await act(tenant, 'R-1', { kind: 'CONFIRM' });
    const disputed = await act(tenant, 'R-1', { kind: 'DISPUTE', reason: '金额不符' });
    expect(disputed.obligation).toMatchObject({ state: 'DISPUTED', revision: 3, dispute: { wasConfirmed: true } });
    expect(await act(tenant, 'R-1', { kind: 'DISPUTE', reason: '金额不符' })).toEqual(disputed);
    await expect(act(tenant, 'R-1', { kind: 'CONFIRM' })).rejects.toMatchObject({ code: 'netting/obligation-state' });
    expect((await act(tenant, 'R-1', { kind: 'RESOLVE' })).obligation).toMatchObject({
      state: 'CONFIRMED',
      revision: 4,
    });
    await act(tenant, 'R-2', { kind: 'WITHDRAW' });
    await act(tenant, 'R-2', { kind: 'WITHDRAW' });
    await expect(act(tenant, 'R-2', { kind: 'DISPUTE', reason: 'x' })).rejects.toMatchObject({ status: 409 });

    const { lines, counted } = await linesOf(own.store, tenant, tuesday);
    expect(counted).toBe(7);
    const told = lines.map(({ reference, version, state, enters }) => `${reference} ${version} ${state} ${enters}`);
    expect(told.sort()).toEqual([
      'R-1 1 UNCONFIRMED true',
      'R-1 2 CONFIRMED false',
      'R-1 3 DISPUTED false',
      'R-1 4 CONFIRMED false',
      'R-2 1 UNCONFIRMED true',
      'R-2 2 WITHDRAWN false',
      'R-3 1 UNCONFIRMED true',
    ]);
    const { included, moving } = foldLines(lines, 'INCLUDED');
    expect(included.map(({ reference }) => reference)).toEqual(['R-1', 'R-3']);
    expect(moving).toEqual([]);
  });

  it('is refused when it is too late, and nothing is written', async () => {
    const tenant = 'late';
    await add(own.store, await keepCentre(own, tenant), [anAsked('R-1'), anAsked('R-2')]);
    await expect(act(tenant, 'R-1', { kind: 'WITHDRAW' }, '2026-03-31T09:00:00.000Z')).rejects.toMatchObject({
      ...{ code: 'netting/cycle-closed', fields: { state: 'OPEN', until: '2026-03-31T09:00:00.000Z' } },
    });
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const before = await own.snapshot();
    await expect(act(tenant, 'R-1', { kind: 'WITHDRAW' })).rejects.toMatchObject({
      ...{ code: 'netting/cycle-closed', fields: { state: 'CONFIRMING', until: on.at } },
    });
    expect(await own.snapshot()).toEqual(before);
    const disputed = await act(tenant, 'R-1', { kind: 'DISPUTE', reason: 'x' }, '2026-04-01T03:59:59.000Z');
    expect(disputed).toMatchObject({ obligation: { state: 'DISPUTED' }, cycle: { state: 'CONFIRMING' } });
    await expect(
      act(tenant, 'R-2', { kind: 'DISPUTE', reason: 'x' }, '2026-04-01T04:00:00.000Z'),
    ).rejects.toMatchObject({
      ...{ code: 'netting/cycle-closed', status: 409, fields: { until: '2026-04-01T04:00:00.000Z' } },
    });
  });

  it('that nobody has recorded, or another tenant has, is not found', async () => {
    await add(own.store, await keepCentre(own, 'mine'), [anAsked('R-1')]);
    const obligationId = obligationIdOf('mine', 'ctr_group', 'R-1');
    await expect(
      actOnObligation(own.store, { tenant: 'other', obligationId }, { kind: 'CONFIRM' }, on),
    ).rejects.toMatchObject({ code: 'netting/obligation-not-found', status: 404 });
  });
});
