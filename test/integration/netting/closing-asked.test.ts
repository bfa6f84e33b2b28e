import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { closeDueCycles } from '../../../functions/netting/closing/close-due-cycles.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { chinaStateCouncil } from '../../../shared/calendar/china-state-council.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { aNewCentre, anAsked, aParticipant, cause, facts, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { atNoon, closingSteps, later, noon, tuesday } from './closing-support.ts';
import { add, claimOf, keepCentre, nettingOnEngine, type TestNetting } from './support.ts';

describe.each(engines())('a closing that is asked for on $kind', (engine) => {
  let own: TestNetting;
  const { oweEight, cut, ask, carryOn, cycleOf, act, rowsOf } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('waits until the confirmation is over, and shuts the gates for good', async () => {
    const tenant = 'waits';
    await oweEight(tenant);
    const early = askClosing(own.store, { tenant, cycleId: tuesday }, {}, on);
    await expect(early).rejects.toMatchObject({ code: 'netting/confirmation-runs', fields: { state: 'OPEN' } });
    await cut(tenant);
    const before = await own.snapshot();
    await expect(
      askClosing(own.store, { tenant, cycleId: tuesday }, {}, { ...on, at: '2026-04-01T03:59:59.999Z' }),
    ).rejects.toMatchObject({
      ...{ code: 'netting/confirmation-runs', status: 409 },
      fields: { state: 'CONFIRMING', until: '2026-04-01T04:00:00.000Z' },
    });
    expect(await own.snapshot()).toEqual(before);
    await ask(tenant);
    // By a clock that is behind: the gate decides, not the clock.
    await expect(act(tenant, 'R-0', { kind: 'DISPUTE', reason: 'x' })).rejects.toMatchObject({
      code: 'netting/cycle-closed',
    });
  });

  it('takes a dispute whole or not at all while the gates are shut', async () => {
    const tenant = 'shut-race';
    const asked = Array.from({ length: 40 }, (_, n) => anAsked(`R-${n}`));
    await add(own.store, await keepCentre(own, tenant), asked);
    await cut(tenant);
    const [results] = await Promise.all([
      Promise.allSettled(asked.map(({ reference }) => act(tenant, reference, { kind: 'DISPUTE', reason: 'x' }))),
      askClosing(own.another().store, { tenant, cycleId: tuesday }, {}, atNoon),
    ]);
    const disputed = asked.filter((_, place) => results[place]?.status === 'fulfilled');
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'netting/cycle-closed', status: 409 });
    await carryOn(tenant);
    const references = disputed.map(({ reference }) => reference);
    expect((await rowsOf(tenant)).MOVED.map(([reference]) => reference)).toEqual(references.sort());
    expect((await cycleOf(tenant))?.result?.figures.obligations).toBe(40 - references.length);
  });

  it('waits where no calendar has a next cycle, with what would move where it was', async () => {
    const tenant = 'calendar';
    const { to: date } = chinaStateCouncil.coverage;
    const cycleId = `cyc_group_${date}`;
    const [early, evening] = [`${date}T02:00:00.000Z`, new Date(`${date}T09:00:00.000Z`)];
    const { confirmation: _, ...schedule } = facts.schedule;
    const asked = { ...aNewCentre(tenant), facts: { ...facts, tenant, schedule: { ...schedule, valueDays: 0 } } };
    const centre = await createCentre(own.tools, asked, { ...claimOf('ctr_group'), at: early });
    await add(own.store, centre, [anAsked('R-1', { date }), anAsked('R-2', { date })], early);
    await act(tenant, 'R-2', { kind: 'DISPUTE', reason: 'x' }, early);
    await cutOff(own.store, { tenant, cycleId }, { at: evening.toISOString(), cause });
    expect(await closeDueCycles(own.store, evening)).toEqual([]);
    await carryOn(tenant, own.tools, evening, cycleId);
    expect(await cycleOf(tenant, cycleId)).toMatchObject({
      ...{ state: 'CONFIRMING', result: { figures: { obligations: 1, moved: 1 } } },
      closing: { hindrance: { why: 'CALENDAR_NOT_PUBLISHED' }, askAgainAt: `${date}T09:15:00.000Z` },
    });
    expect(await own.store.readObligation(tenant, obligationIdOf(tenant, 'ctr_group', 'R-2'))).toMatchObject({
      cycleId,
    });
  });

  it('asked twice with the same left out changes nothing, when it is closed too', async () => {
    const tenant = 'asked-twice';
    await oweEight(tenant);
    await cut(tenant);
    await expect(ask(tenant, ['R-3', 'X'])).rejects.toMatchObject({
      ...{ code: 'netting/obligation-not-found', fields: { errors: [{ pointer: '/leaveOut/1' }] } },
    });
    const asked = await ask(tenant, ['R-3']);
    expect(asked).toMatchObject({ shutAt: atNoon.at, closing: { leaveOut: ['R-3'], turn: 1 } });
    expect(await ask(tenant, ['R-3'])).toEqual(asked);
    expect(await ask(tenant)).toEqual(asked);
    await expect(ask(tenant, ['R-4'])).rejects.toMatchObject({ code: 'netting/closing-under-way', status: 409 });
    await carryOn(tenant);
    const closed = await cycleOf(tenant);
    expect(await ask(tenant, ['R-3'])).toEqual(closed);
  });

  it('is handed on after its steps, and by its job where nothing was heard of it', async () => {
    const tenant = 'turns';
    const { store } = own;
    await oweEight(tenant);
    await act(tenant, 'R-3', { kind: 'DISPUTE', reason: 'x' });
    await cut(tenant);
    await ask(tenant);
    await carryOnClosing(own.tools, { tenant, cycleId: tuesday, stepsMax: 1 }, noon);
    expect((await cycleOf(tenant))?.closing).toMatchObject({ state: 'MOVING', turn: 2, blocksMoved: 0 });
    expect(await closeDueCycles(store, later(15))).toEqual([]);
    expect((await cycleOf(tenant))?.closing).toMatchObject({ turn: 2 });
    expect(await closeDueCycles(store, later(16))).toEqual([]);
    expect((await cycleOf(tenant))?.closing).toMatchObject({ turn: 3 });
    await carryOn(tenant, own.tools, later(16));
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', closedAt: later(16).toISOString() });
  });

  it('costs some tenth of a write unit for each obligation', async () => {
    const tenant = 'cost';
    const parties = Array.from({ length: 50 }, (_, n) => `P${n}`);
    const pairs = parties.flatMap((payer, n) => parties.slice(n + 1).map((payee) => ({ payer, payee })));
    const asked = pairs.map((pair, n) => anAsked(`IC-2026-${n}`, pair));
    const participants = parties.map((id) => aParticipant(id));
    await add(own.store, await keepCentre(own, tenant, aNewCentre(tenant, participants)), asked);
    await cut(tenant);
    const { client, store } = own.another();
    const meter = meterWrites(client);
    await askClosing(store, { tenant, cycleId: tuesday }, {}, atNoon);
    await carryOn(tenant, { ...own.tools, store });
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { rows: { BILATERAL: 1_225 } } });
    // Mostly the rows of pairs: no two obligations are of the same.
    expect(meter.report().total / asked.length).toBeLessThan(0.15);
    meter.stop();
  });
});
