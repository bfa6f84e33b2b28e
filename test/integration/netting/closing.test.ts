import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { closeDueCycles } from '../../../functions/netting/closing/close-due-cycles.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { readReport, tryReport } from '../../../functions/netting/report/read-report.ts';
import { aNewCentre, anAsked, aParticipant, cause, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { atNoon, closingSteps, eight, later, noon, tuesday, wednesday } from './closing-support.ts';
import { add, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

describe.each(engines())('the closing of a cycle on $kind', (engine) => {
  let own: TestNetting;
  const { openCentre, oweEight, cut, ask, carryOn, cycleOf, act, rowsOf } = closingSteps(() => own);
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('nets eight payments of 680 into four legs of 70 through the centre', async () => {
    const tenant = 'eight';
    await oweEight(tenant);
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    const cycle = await cycleOf(tenant);
    expect(cycle).toMatchObject({ state: 'CLOSED', shutAt: atNoon.at, closedAt: atNoon.at });
    expect(cycle?.closing).toBeUndefined();
    expect(cycle?.result?.figures).toMatchObject({
      ...{ centreVersion: 1, obligations: 8, carriedIn: 0, moved: 0, parties: 4 },
      savings: [
        {
          gross: { count: 8, value: 680n },
          net: { count: 4, value: 70n },
          valueSavedBasisPoints: 8971n,
          countSavedBasisPoints: 5000n,
        },
      ],
    });
    const { POSITIONS, LEGS } = await rowsOf(tenant);
    expect(POSITIONS).toEqual([
      ['A', 'CNY', 180n, 200n, 20n, null],
      ['B', 'CNY', 230n, 160n, -70n, null],
      ['C', 'CNY', 130n, 170n, 40n, null],
      ['D', 'CNY', 140n, 150n, 10n, null],
    ]);
    expect(LEGS).toEqual([
      ['FROM_CENTRE', '*centre', 'A', 'CNY', 20n],
      ['TO_CENTRE', 'B', '*centre', 'CNY', 70n],
      ['FROM_CENTRE', '*centre', 'C', 'CNY', 40n],
      ['FROM_CENTRE', '*centre', 'D', 'CNY', 10n],
    ]);
  });

  it('removes exactly what is disputed, which stands in the next cycle, disputed', async () => {
    const tenant = 'disputed';
    await oweEight(tenant);
    await cut(tenant);
    await act(tenant, 'R-3', { kind: 'DISPUTE', reason: '金额不符' });
    await ask(tenant);
    await carryOn(tenant);
    const { POSITIONS, MOVED } = await rowsOf(tenant);
    // B → D 150 is not there: B pays 150 less, D receives 150 less.
    expect(POSITIONS.map(([party, , , , net]) => [party, net])).toEqual([
      ['A', 20n],
      ['B', 80n],
      ['C', 40n],
      ['D', -140n],
    ]);
    expect(MOVED).toEqual([['R-3', 'DISPUTED']]);
    const moved = await own.store.readObligation(tenant, obligationIdOf(tenant, 'ctr_group', 'R-3'));
    expect(moved).toMatchObject({ state: 'DISPUTED', cycleId: wednesday, movedFrom: tuesday, revision: 3 });
    expect(moved?.dispute).toMatchObject({ reason: '金额不符' });
    const { lines, counted } = await linesOf(own.store, tenant, wednesday);
    expect([lines.map(({ reference, version, enters }) => [reference, version, enters]), counted]).toEqual([
      [['R-3', 3, true]],
      1,
    ]);
    await act(tenant, 'R-3', { kind: 'RESOLVE' });
    await cut(tenant, wednesday);
    const thursday = { at: '2026-04-02T04:00:00.000Z', cause };
    await askClosing(own.store, { tenant, cycleId: wednesday }, {}, thursday);
    await carryOn(tenant, own.tools, new Date(thursday.at), wednesday);
    expect((await rowsOf(tenant, wednesday)).POSITIONS.map(([party, , , , net]) => [party, net])).toEqual([
      ['B', -150n],
      ['D', 150n],
    ]);
  });

  it('leaves the unconfirmed to the next cycle where the centre says so, more than a transaction holds', async () => {
    const tenant = 'unconfirmed';
    const asked = Array.from({ length: 200 }, (_, n) => anAsked(`R-${n}`));
    await add(own.store, await openCentre(tenant, { unconfirmed: 'NEXT_CYCLE' }), asked);
    await act(tenant, 'R-7', { kind: 'CONFIRM' });
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({
      state: 'CLOSED',
      result: { figures: { obligations: 1, moved: 199 } },
    });
    const { lines } = await linesOf(own.store, tenant, wednesday);
    expect(new Set(lines.map(({ reference }) => reference))).toEqual(
      new Set(asked.map(({ reference }) => reference).filter((reference) => reference !== 'R-7')),
    );
  });

  it('names every limit that is breached, and closes when the obligations behind it are left out', async () => {
    const tenant = 'limits';
    const limit = { currency: 'CNY', amount: 50n } as const;
    const participants = ['A', 'B', 'C', 'D'].map((id) => aParticipant(id, { netDebitLimits: [limit] }));
    const pairs = { bilateralLimits: [{ payer: 'B', payee: 'D', ...limit }], excludedPairs: [] };
    await add(own.store, await keepCentre(own, tenant, { ...aNewCentre(tenant, participants), pairs }), eight);
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    const stopped = await cycleOf(tenant);
    expect(stopped).toMatchObject({
      state: 'CONFIRMING',
      closing: { hindrance: { why: 'LIMITS_BREACHED', count: 2 } },
    });
    expect(stopped?.closing?.askAgainAt).toBeUndefined();
    expect((await rowsOf(tenant)).BREACHES).toEqual([
      ['BILATERAL', 'B', 'D', 'CNY', 50n, 150n, 100n],
      ['NET_DEBIT', 'B', null, 'CNY', 50n, 70n, 20n],
    ]);
    expect(await closeDueCycles(own.store, later(60))).toEqual([]);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toEqual(stopped);
    // Without B → D 150 and D → C 110, B receives 80 and C pays 70: it owes more than its limit.
    await ask(tenant, ['R-3', 'R-7']);
    await carryOn(tenant);
    expect((await rowsOf(tenant)).BREACHES).toEqual([['NET_DEBIT', 'C', null, 'CNY', 50n, 70n, 20n]]);
    // Without C → B 40 too, C pays 30.
    await ask(tenant, ['R-3', 'R-7', 'R-5']);
    await carryOn(tenant);
    const { POSITIONS, MOVED, BREACHES } = await rowsOf(tenant);
    expect(POSITIONS.map(([party, , , , net]) => [party, net])).toEqual([
      ['A', 20n],
      ['B', 40n],
      ['C', -30n],
      ['D', -30n],
    ]);
    expect(MOVED).toEqual([
      ['R-3', 'LEFT_OUT'],
      ['R-5', 'LEFT_OUT'],
      ['R-7', 'LEFT_OUT'],
    ]);
    expect(BREACHES).toEqual([]);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED' });
    const moved = await own.store.readObligation(tenant, obligationIdOf(tenant, 'ctr_group', 'R-5'));
    expect(moved).toMatchObject({ state: 'UNCONFIRMED', cycleId: wednesday, movedFrom: tuesday });
  });

  it('closes by the version of the centre that has the limit raised', async () => {
    const tenant = 'raised';
    const withLimit = (amount: bigint) =>
      ['A', 'B', 'C', 'D'].map((id) => aParticipant(id, { netDebitLimits: [{ currency: 'CNY', amount }] }));
    await add(own.store, await keepCentre(own, tenant, aNewCentre(tenant, withLimit(69n))), eight);
    await cut(tenant);
    await ask(tenant);
    await carryOn(tenant);
    expect((await rowsOf(tenant)).BREACHES).toEqual([['NET_DEBIT', 'B', null, 'CNY', 69n, 70n, 1n]]);
    await putParticipants(own.tools, { tenant, centreId: 'ctr_group' }, withLimit(70n), on);
    await ask(tenant);
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CLOSED', result: { figures: { centreVersion: 2 } } });
  });

  it('waits for a rate that is missing, names the pair, is asked for again, and converts to the last cent', async () => {
    const tenant = 'rates';
    const terms = { settlement: 'HOME_CURRENCY', rateSet: 'group' } as const;
    const centre = await openCentre(tenant, terms);
    const cent = { currency: 'EUR', amount: 1n } as const;
    await add(own.store, centre, [
      anAsked('R-1', { ...cent, payer: 'A', payee: 'B' }),
      anAsked('R-2', { ...cent, payer: 'A', payee: 'C' }),
    ]);
    await cut(tenant);
    expect(await closeDueCycles(own.store, noon)).toEqual([]);
    await carryOn(tenant);
    const missing = { base: 'EUR', quote: 'CNY', rateSet: 'group', date: '2026-03-31' };
    expect(await cycleOf(tenant)).toMatchObject({
      ...{ state: 'CONFIRMING', closing: { hindrance: { why: 'FX_RATE_MISSING', missing: [missing] } } },
    });
    expect(await tryReport(own.tools, { tenant, cycleId: tuesday })).toMatchObject({
      hindrance: { missing: [missing] },
    });
    await expect(readReport(own.tools, { tenant, cycleId: tuesday })).rejects.toMatchObject({
      ...{ code: 'netting/report-not-ready', status: 409 },
    });
    own.rates.set('EUR', { numerator: 726n, denominator: 100n });
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CONFIRMING' });
    expect(await closeDueCycles(own.store, later(15))).toEqual([]);
    await carryOn(tenant, own.tools, later(15));
    own.rates.clear();
    // −0.02, +0.01 and +0.01 EUR at 7.26: −0.1452, +0.0726 and +0.0726 yuan; −0.15 + 0.07 + 0.07 leaves 0.01.
    const { POSITIONS, TO_PAY, LEGS } = await rowsOf(tenant);
    expect(POSITIONS).toEqual([
      ['A', 'EUR', 2n, 0n, -2n, -15n],
      ['B', 'EUR', 0n, 1n, 1n, 7n],
      ['C', 'EUR', 0n, 1n, 1n, 7n],
    ]);
    expect(TO_PAY).toEqual([
      ['*rounding', 'CNY', 1n],
      ['A', 'CNY', -15n],
      ['B', 'CNY', 7n],
      ['C', 'CNY', 7n],
    ]);
    expect(LEGS).toHaveLength(4);
    expect((await cycleOf(tenant))?.result?.figures).toMatchObject({
      ...{ home: 'CNY', residue: 1n },
      rates: [{ currency: 'EUR', numerator: 726n, denominator: 100n, date: '2026-03-31' }],
    });
  });

  it('carries what is below the minimum payment into the next cycle, and out of that again', async () => {
    const tenant = 'carried';
    const minimumPayments = [{ currency: 'CNY', amount: 50n }] as const;
    const centre = await openCentre(tenant, { minimumPayments });
    await add(own.store, centre, eight);
    await cut(tenant);
    await add(own.store, centre, [anAsked('N-1', { payer: 'A', payee: 'C', amount: 35n, date: '2026-04-01' })]);
    await ask(tenant);
    await carryOn(tenant);
    // A +20, C +40 and D +10 are small: the centre gets their 70 from B, and owes it.
    const first = await rowsOf(tenant);
    expect(first.LEGS).toEqual([['TO_CENTRE', 'B', '*centre', 'CNY', 70n]]);
    expect(first.CARRIED).toEqual([
      ['*centre', 'A', 'CNY', 20n],
      ['*centre', 'C', 'CNY', 40n],
      ['*centre', 'D', 'CNY', 10n],
    ]);
    await cut(tenant, wednesday);
    const thursday = new Date('2026-04-02T04:00:00.000Z');
    await askClosing(own.store, { tenant, cycleId: wednesday }, {}, { at: thursday.toISOString(), cause });
    await carryOn(tenant, own.tools, thursday, wednesday);
    // A 20 − 35, C 40 + 35, D 10: C is paid 75, and A and D go on.
    const second = await rowsOf(tenant, wednesday);
    expect(second.POSITIONS.map(([party, , , , net]) => [party, net])).toEqual([
      ['*centre', -70n],
      ['A', -15n],
      ['C', 75n],
      ['D', 10n],
    ]);
    expect(second.LEGS).toEqual([['FROM_CENTRE', '*centre', 'C', 'CNY', 75n]]);
    expect(second.CARRIED).toEqual([
      ['A', '*centre', 'CNY', 15n],
      ['*centre', 'D', 'CNY', 10n],
    ]);
    expect((await cycleOf(tenant, wednesday))?.result?.figures).toMatchObject({ carriedIn: 3, parties: 3 });
  });
});
