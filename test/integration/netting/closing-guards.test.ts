import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport } from '../../../functions/netting/report/read-report.ts';
import { anAsked } from '../../functions/netting/intake-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { atNoon, closingSteps, noon, tuesday, wednesday } from './closing-support.ts';
import { add, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const thursday = 'cyc_group_2026-04-02';

/** What money hangs on while a cycle closes: the gate of the next cycle, the counts of its own gates, places of each attempt. */
describe('a closing beside others', () => {
  let own: TestNetting;
  const { openCentre, oweEight, cut, ask, carryOn, act, cycleOf } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** Wednesday's cycle is cut off by another process when the call comes first. */
  function cutOffBefore<Asked extends unknown[], Answer>(tenant: string, call: (...asked: Asked) => Promise<Answer>) {
    let isCut = false;
    return async (...asked: Asked): Promise<Answer> => {
      if (!isCut) await cutOff(own.another().store, { tenant, cycleId: wednesday }, atNoon);
      isCut = true;
      return call(...asked);
    };
  }

  const small = { minimumPayments: [{ currency: 'CNY', amount: 50n }] } as const;

  it('carries into the cycle behind the next where that is cut off meanwhile', async () => {
    const tenant = 'carry';
    await oweEight(tenant, small);
    await cut(tenant);
    await ask(tenant);
    const store = { ...own.store, carryOver: cutOffBefore(tenant, own.store.carryOver) };
    await carryOn(tenant, { ...own.tools, store });
    expect((await own.store.readCarriedIn(tenant, wednesday)).length).toBe(0);
    expect((await own.store.readCarriedIn(tenant, thursday)).length).toBe(3);
  });

  it('moves a dispute into the cycle behind the next where that is cut off meanwhile', async () => {
    const tenant = 'move';
    await oweEight(tenant);
    await act(tenant, 'R-3', { kind: 'DISPUTE', reason: 'x' });
    await cut(tenant);
    await ask(tenant);
    const store = { ...own.store, moveObligations: cutOffBefore(tenant, own.store.moveObligations) };
    await carryOn(tenant, { ...own.tools, store });
    expect((await linesOf(own.store, tenant, wednesday)).lines).toEqual([]);
    expect(await own.store.readObligation(tenant, obligationIdOf(tenant, 'ctr_group', 'R-3'))).toMatchObject({
      cycleId: thursday,
    });
  });

  it('killed behind a carrying carries once, though the next cycle is cut off by then', async () => {
    const tenant = 'once';
    await oweEight(tenant, small);
    await cut(tenant);
    await ask(tenant);
    const store = {
      ...own.store,
      carryOver: async (...all: Parameters<typeof own.store.carryOver>) => {
        await own.store.carryOver(...all);
        throw new Error('killed');
      },
    };
    await carryOn(tenant, { ...own.tools, store });
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CONFIRMING', closing: { failures: 1 } });
    await cutOff(own.store, { tenant, cycleId: wednesday }, atNoon);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED' });
    expect((await own.store.readCarriedIn(tenant, wednesday)).length).toBe(3);
    expect((await own.store.readCarriedIn(tenant, thursday)).length).toBe(0);
  });

  it('does not mix its rows with those of another that nets at once by other rates', async () => {
    const tenant = 'mix';
    const terms = { settlement: 'HOME_CURRENCY', rateSet: 'group' } as const;
    const centre = await openCentre(tenant, terms);
    await add(own.store, centre, [anAsked('R-1', { currency: 'EUR', amount: 100n })]);
    await cut(tenant);
    await ask(tenant);
    own.rates.set('EUR', { numerator: 7n, denominator: 1n });
    const store = {
      ...own.store,
      writeResult: async (...all: Parameters<typeof own.store.writeResult>) => {
        own.rates.set('EUR', { numerator: 8n, denominator: 1n });
        await carryOnClosing(own.tools, { tenant, cycleId: tuesday, stepsMax: 100 }, noon);
        return own.store.writeResult(...all);
      },
    };
    await carryOn(tenant, { ...own.tools, store });
    const { result, rows } = await readReport(own.tools, { tenant, cycleId: tuesday });
    const { page } = await pageRows(rows, { from: undefined, count: 100 });
    expect(result?.figures.rates[0]?.numerator).toBe(8n);
    expect(page.POSITIONS.map((row) => row[5])).toEqual([-800n, 800n]);
  });

  it('does not close a cycle of which a line was not read', async () => {
    const tenant = 'lost';
    await oweEight(tenant);
    await cut(tenant);
    await ask(tenant);
    const store = {
      ...own.store,
      readLines: async (...all: Parameters<typeof own.store.readLines>) => (await own.store.readLines(...all)).slice(1),
    };
    await carryOn(tenant, { ...own.tools, store });
    const failed = await cycleOf(tenant);
    expect(failed).toMatchObject({ state: 'CONFIRMING', closing: { state: 'NETTING', failures: 1 } });
    expect(failed?.result).toBeUndefined();
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 8 } } });
  });
});
