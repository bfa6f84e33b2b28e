import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { closeDueCycles } from '../../../functions/netting/closing/close-due-cycles.ts';
import { presentCycle } from '../../../functions/netting/cycles/present-cycle.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { closingSteps, later, noon, tuesday } from './closing-support.ts';
import { nettingOnEngine, type TestNetting } from './support.ts';

describe('a closing that fails', () => {
  let own: TestNetting;
  const { oweEight, cut, ask, carryOn, cycleOf, act } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function asked(tenant: string) {
    await oweEight(tenant);
    await cut(tenant);
    await ask(tenant);
  }
  const broken = () => ({
    ...own.tools,
    store: { ...own.store, readLines: () => Promise.reject(new Error('not to be read')) },
  });

  it('says so on its cycle, waits longer each time, and closes when it can', async () => {
    const tenant = 'fails';
    await asked(tenant);
    // One, two, four minutes; the job comes each minute.
    const waits: number[] = [];
    let minute = 0;
    for (let n = 0; n < 3; n++) {
      await carryOn(tenant, broken(), later(minute));
      const closing = (await cycleOf(tenant))?.closing;
      expect(closing).toMatchObject({
        state: 'NETTING',
        failures: n + 1,
        failure: expect.stringMatching('unforeseen'),
      });
      const wait = (Date.parse(closing?.retryAt ?? '') - later(minute).getTime()) / 60_000;
      waits.push(wait);
      expect(await closeDueCycles(own.store, later(minute + wait - 0.5))).toEqual([]);
      expect((await cycleOf(tenant))?.closing).toEqual(closing);
      minute += wait;
      expect(await closeDueCycles(own.store, later(minute))).toEqual([]);
      expect((await cycleOf(tenant))?.closing).toMatchObject({ turn: n + 2, failures: n + 1 });
    }
    expect(waits).toEqual([1, 2, 4]);
    const shown = presentCycle((await cycleOf(tenant)) as never);
    expect(shown.closing).toMatchObject({ state: 'NETTING', failures: 3 });
    await carryOn(tenant, own.tools, later(minute));
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 8 } } });
  });

  it('is tried again at once when it is asked for, with others left out too', async () => {
    const tenant = 'asked';
    await asked(tenant);
    await carryOn(tenant, broken());
    const again = await ask(tenant, ['R-3']);
    expect(again.closing).toMatchObject({ turn: 2, leaveOut: ['R-3'] });
    expect(again.closing?.retryAt).toBeUndefined();
    expect(await ask(tenant)).toEqual(again);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { moved: 1 } } });
  });

  it('counts no more what failed before it got on', async () => {
    const tenant = 'gets-on';
    await oweEight(tenant);
    await act(tenant, 'R-3', { kind: 'DISPUTE', reason: 'x' });
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant, broken());
    const unmoved = { ...own.store, moveObligations: () => Promise.reject(new Error('not to be moved')) };
    await carryOn(tenant, { ...own.tools, store: unmoved }, later(5));
    expect((await cycleOf(tenant))?.closing).toMatchObject({ state: 'MOVING', failures: 1 });
    await carryOn(tenant, own.tools, later(10));
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED' });
  });

  it('is known to have broken off without a word, and waits longer when it does so again and again', async () => {
    const tenant = 'silent';
    await asked(tenant);
    expect(await closeDueCycles(own.store, later(16))).toEqual([]);
    expect((await cycleOf(tenant))?.closing).toMatchObject({
      turn: 2,
      failures: 1,
      failure: expect.stringMatching('broke off'),
    });
    expect(await closeDueCycles(own.store, later(32))).toEqual([]);
    const waiting = (await cycleOf(tenant))?.closing;
    expect(waiting).toMatchObject({ turn: 2, failures: 2, retryAt: later(34).toISOString() });
    expect(await closeDueCycles(own.store, later(34))).toEqual([]);
    expect((await cycleOf(tenant))?.closing).toMatchObject({ turn: 3, failures: 2 });
    await carryOn(tenant, own.tools, later(34));
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED' });
  });

  it('is not begun where its lines are more than one function nets', async () => {
    const tenant = 'lines';
    await asked(tenant);
    await carryOnClosing(own.tools, { tenant, cycleId: tuesday, stepsMax: 100, linesMax: 7 }, noon);
    const stopped = await cycleOf(tenant);
    expect(stopped?.closing).toMatchObject({ hindrance: { why: 'TOO_MANY_LINES', lines: 8, linesMax: 7 } });
    expect(stopped?.closing?.askAgainAt).toBeUndefined();
    expect(presentCycle(stopped as never).closing).toMatchObject({
      ...{ state: 'WAITING', hindrance: { why: 'TOO_MANY_LINES', lines: 8, linesMax: 7 } },
    });
  });
});
