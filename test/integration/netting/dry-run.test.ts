import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport, tryReport } from '../../../functions/netting/report/read-report.ts';
import { aParticipant, on } from '../../functions/netting/intake-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { closingSteps, noon, tuesday } from './closing-support.ts';
import { nettingOnEngine, type TestNetting } from './support.ts';

describe('a closing', () => {
  let own: TestNetting;
  const { oweEight, cut, ask, carryOn, cycleOf, act } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is tried at any time without a trace, and comes to what was tried', async () => {
    const tenant = 'dry';
    await oweEight(tenant);
    await act(tenant, 'R-2', { kind: 'DISPUTE', reason: 'x' });
    const before = await own.snapshot();
    const tried = await tryReport(own.tools, { tenant, cycleId: tuesday });
    expect(await own.snapshot()).toEqual(before);
    expect(tried.result?.figures).toMatchObject({ obligations: 7, moved: 1 });
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    expect((await cycleOf(tenant))?.result?.digest).toBe(tried.result?.digest);
  });

  it('tried when its figures are decided, answers those that stand', async () => {
    const tenant = 'dry-decided';
    await oweEight(tenant);
    await cut(tenant);
    await ask(tenant, ['R-3']);
    await carryOnClosing(own.tools, { tenant, cycleId: tuesday, stepsMax: 1 }, noon);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CONFIRMING', closing: { state: 'MOVING' } });
    const moving = await tryReport(own.tools, { tenant, cycleId: tuesday });
    await carryOn(tenant);
    await putParticipants(
      own.tools,
      { tenant, centreId: 'ctr_group' },
      [aParticipant('B', { netDebitLimits: [] })],
      on,
    );
    const closed = await tryReport(own.tools, { tenant, cycleId: tuesday });
    const stands = await readReport(own.tools, { tenant, cycleId: tuesday });
    for (const { result, isTrial } of [moving, closed]) expect([result, isTrial]).toEqual([stands.result, false]);
    // Without B → D 150, B receives 150 more on balance than −70, and D 150 less than +10.
    const { page } = await pageRows(closed.rows, { from: undefined, only: 'POSITIONS', count: 10 });
    expect(page.POSITIONS.map(([party, , , , net]) => [party, net])).toEqual([
      ['A', 20n],
      ['B', 80n],
      ['C', 40n],
      ['D', -140n],
    ]);
  });
});
