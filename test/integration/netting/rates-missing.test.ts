import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { closeDueCycles } from '../../../functions/netting/closing/close-due-cycles.ts';
import { tryReport } from '../../../functions/netting/report/read-report.ts';
import { anAsked, on } from '../../functions/netting/intake-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { closingSteps, later, noon, tuesday } from './closing-support.ts';
import { add, nettingOnEngine, type TestNetting } from './support.ts';

describe('a cycle that lacks a rate', () => {
  let own: TestNetting;
  const { openCentre, cut, ask, carryOn, cycleOf, rowsOf } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const terms = { settlement: 'HOME_CURRENCY', rateSet: 'group', currencies: ['CNY', 'EUR', 'USD'] } as const;
  async function owed(tenant: string, more: object = {}) {
    const centre = await openCentre(tenant, { ...terms, ...more });
    await add(own.store, centre, [anAsked('R-1', { currency: 'EUR', amount: 100n })]);
    await cut(tenant);
  }

  it('asks for it each quarter of an hour without a look at its lines', async () => {
    const tenant = 'waits';
    await owed(tenant);
    await ask(tenant);
    let reads = 0;
    const counting: typeof own.store.readLines = (...all) => {
      reads += 1;
      return own.store.readLines(...all);
    };
    const tools = { ...own.tools, store: { ...own.store, readLines: counting } };
    await carryOn(tenant, tools);
    const first = (await cycleOf(tenant))?.closing;
    const once = reads;
    expect(once).toBeGreaterThan(0);
    for (let n = 1; n <= 4; n++) {
      expect(await closeDueCycles(own.store, later(n * 15))).toEqual([]);
      await carryOn(tenant, tools, later(n * 15));
    }
    const last = (await cycleOf(tenant))?.closing;
    expect([reads, last?.attempt, last?.hindrance]).toEqual([once, first?.attempt, first?.hindrance]);
    own.rates.set('EUR', { numerator: 8n, denominator: 1n });
    expect(await closeDueCycles(own.store, later(75))).toEqual([]);
    await carryOn(tenant, tools, later(75));
    own.rates.clear();
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED' });
    expect((await rowsOf(tenant)).TO_PAY.map(([party, , net]) => [party, net])).toEqual([
      ['A', -800n],
      ['B', 800n],
    ]);
  });

  it('is worked out anew where its centre has other terms by now', async () => {
    const tenant = 'terms';
    await owed(tenant);
    await ask(tenant);
    await carryOn(tenant);
    await changeCentre(
      own.tools,
      { tenant, centreId: 'ctr_group' },
      { terms: { settlement: 'EACH_CURRENCY' }, dropsRateSet: false, pairs: {} },
      on,
    );
    await ask(tenant);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { rates: [] } } });
  });

  it('takes none that is older than the centre allows, and says how old the last is', async () => {
    const tenant = 'old';
    await owed(tenant, { rateDaysMax: 3 });
    const of = (date: string) => ({
      ...own.tools,
      rateBetween: async () => ({ numerator: 8n, denominator: 1n, date }),
    });
    await ask(tenant);
    await carryOn(tenant, of('2026-03-27'));
    const missing = { base: 'EUR', quote: 'CNY', rateSet: 'group', date: '2026-03-31' };
    expect((await cycleOf(tenant))?.closing?.hindrance).toEqual({
      ...{ why: 'FX_RATE_MISSING', missing: [{ ...missing, lastDate: '2026-03-27', daysOld: 4 }] },
    });
    await ask(tenant);
    await carryOn(tenant, of('2026-03-28'), noon);
    expect(await cycleOf(tenant)).toMatchObject({
      ...{ state: 'CLOSED', result: { figures: { rates: [{ date: '2026-03-28' }, { date: '2026-03-28' }] } } },
    });
  });

  it('is tried while it is open at the last rate there is: a newer one may come', async () => {
    const tenant = 'open';
    const centre = await openCentre(tenant, terms);
    await add(own.store, centre, [anAsked('R-1', { currency: 'EUR', amount: 100n })]);
    const tools = { ...own.tools, rateBetween: async () => ({ numerator: 8n, denominator: 1n, date: '2026-03-01' }) };
    const before = await tryReport(tools, { tenant, cycleId: tuesday });
    expect(before.result?.figures.rates[0]).toMatchObject({ date: '2026-03-01' });
    await cut(tenant);
    const after = await tryReport(tools, { tenant, cycleId: tuesday });
    expect(after.hindrance).toMatchObject({ missing: [{ base: 'EUR', daysOld: 30 }] });
  });
});
