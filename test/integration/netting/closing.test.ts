import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCentre, putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { closeDueCycles } from '../../../functions/netting/closing/close-due-cycles.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import type { ObligationAct } from '../../../functions/netting/obligations/change-obligation.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport, tryReport } from '../../../functions/netting/report/read-report.ts';
import type { ClosingTools } from '../../../functions/netting/tools.ts';
import { chinaStateCouncil } from '../../../shared/calendar/china-state-council.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { aNewCentre, anAsked, aParticipant, cause, facts, on } from '../../functions/netting/intake-samples.ts';
import { fourParties } from '../../functions/netting/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { add, claimOf, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const tuesday = 'cyc_group_2026-03-31';
const wednesday = 'cyc_group_2026-04-01';
/** Noon of Wednesday in Shanghai: the confirmation of Tuesday's cycle is over. */
const noon = new Date('2026-04-01T04:00:00.000Z');
const atNoon = { at: noon.toISOString(), cause };
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

/** The eight obligations among four, R-0 to R-7. */
const eight = fourParties.map((owed, place) => anAsked(`R-${place}`, owed));

describe.each(engines())('the closing of a cycle on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  const cut = (tenant: string, cycleId = tuesday) => cutOff(own.store, { tenant, cycleId }, on);
  const ask = (tenant: string, leaveOut?: string[]) =>
    askClosing(own.store, { tenant, cycleId: tuesday }, leaveOut ? { leaveOut } : {}, atNoon);
  const carryOn = (tenant: string, tools: ClosingTools = own.tools, now = noon, cycleId = tuesday) =>
    carryOnClosing(tools, { tenant, cycleId, stepsMax: 100 }, now);
  const cycleOf = (tenant: string, cycleId = tuesday) => own.store.readCycle(tenant, cycleId);
  const act = (tenant: string, reference: string, what: ObligationAct, at = on.at) => {
    const obligationId = obligationIdOf(tenant, 'ctr_group', reference);
    return actOnObligation(own.store, { tenant, obligationId }, what, { ...on, at });
  };
  const rowsOf = async (tenant: string, cycleId = tuesday) => {
    const { rows } = await readReport(own.tools, { tenant, cycleId });
    return (await pageRows(rows, { from: undefined, count: 1_000 })).page;
  };

  it('nets eight payments of 680 into four legs of 70 through the centre', async () => {
    const tenant = 'eight';
    await add(own.store, await keepCentre(own, tenant), eight);
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

  it('waits until the confirmation is over, and shuts the gates for good', async () => {
    const tenant = 'waits';
    await add(own.store, await keepCentre(own, tenant), eight);
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

  it('removes exactly what is disputed, which stands in the next cycle, disputed', async () => {
    const tenant = 'disputed';
    await add(own.store, await keepCentre(own, tenant), eight);
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
    const terms = { ...aNewCentre(tenant), facts: { ...facts, tenant, unconfirmed: 'NEXT_CYCLE' as const } };
    await add(own.store, await keepCentre(own, tenant, terms), asked);
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
    const centre = await keepCentre(own, tenant, { ...aNewCentre(tenant), facts: { ...facts, tenant, ...terms } });
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
    const centre = await keepCentre(own, tenant, {
      ...aNewCentre(tenant),
      facts: { ...facts, tenant, minimumPayments },
    });
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

  it('is tried at any time without a trace, and comes to what was tried', async () => {
    const tenant = 'dry';
    await add(own.store, await keepCentre(own, tenant), eight);
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
    await add(own.store, await keepCentre(own, tenant), eight);
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
    await add(store, await keepCentre(own, tenant), eight);
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
