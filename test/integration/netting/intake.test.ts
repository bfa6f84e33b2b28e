import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import type { Added } from '../../../functions/netting/obligations/add-obligations.ts';
import {
  firstPlace,
  type ListPlace,
  listObligations,
} from '../../../functions/netting/obligations/list-obligations.ts';
import { recorder } from '../../../functions/netting/obligations/record-together.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { aCycle, anAsked, at, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { add, draftOf, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const tuesday = 'cyc_group_2026-03-31';
const wednesday = 'cyc_group_2026-04-01';
const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => anAsked(`R-${from + n}`));
const outcomes = (added: readonly Added[]) => {
  return [...new Set(added.map((one) => one.outcome))].sort();
};
const cyclesOf = (added: readonly Added[]) => {
  return [...new Set(added.map((one) => (one.outcome === 'REFUSED' ? one.fault.code : one.obligation.cycleId)))].sort();
};

describe.each(engines())('obligations on $kind', (engine) => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('stand in the cycle of their date, each with one line', async () => {
    const centre = await keepCentre(own, 'dates');
    const added = await add(own.store, centre, [
      anAsked('R-1'),
      anAsked('R-2', { date: '2026-03-30' }),
      anAsked('R-3', { date: '2026-04-01' }),
      // Saturday, and then the days of Qingming: the next working day is Tuesday.
      anAsked('R-4', { date: '2026-04-04' }),
    ]);
    expect(added.map((one) => one.outcome === 'ACCEPTED' && [one.obligation.cycleId, one.obligation.lateFor])).toEqual([
      [tuesday, undefined],
      // Of a day before the first cycle of the centre: it has missed none.
      [tuesday, undefined],
      [wednesday, undefined],
      ['cyc_group_2026-04-07', undefined],
    ]);
    const { lines, counted } = await linesOf(own.store, 'dates', tuesday);
    expect([lines.map(({ reference }) => reference).sort(), counted]).toEqual([['R-1', 'R-2'], 2]);
    const { cycles } = await own.store.listCycles('dates', 'ctr_group', undefined, 10);
    expect(cycles.map(({ id, state }) => [id, state])).toEqual([
      ['cyc_group_2026-04-07', 'OPEN'],
      [wednesday, 'OPEN'],
      [tuesday, 'OPEN'],
    ]);
    expect(cycles.at(-1)).toMatchObject({
      cutOffAt: '2026-03-31T09:00:00.000Z',
      confirmUntil: '2026-04-01T04:00:00.000Z',
      valueDate: '2026-04-02',
    });
  });

  it('that come twice count once, together, apart, and as a whole batch; other content is refused', async () => {
    const centre = await keepCentre(own, 'twice');
    const first = await add(own.store, centre, [anAsked('R-1'), anAsked('R-1'), anAsked('R-1', { amount: 1n })]);
    expect(first.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'KNOWN', 'REFUSED']);
    const nextDay = '2026-04-01T02:00:00.000Z';
    const undated = await add(own.store, centre, [anAsked('R-1', { date: '2026-04-01', isDateTold: false })], nextDay);
    expect(undated).toMatchObject([{ outcome: 'KNOWN', obligation: { cycleId: tuesday } }]);
    const before = await own.snapshot();
    const again = await add(own.store, centre, [anAsked('R-1')], '2026-03-31T03:00:00.000Z');
    expect(again).toMatchObject([{ outcome: 'KNOWN', obligation: { createdAt: at } }]);
    const other = await add(own.store, centre, [anAsked('R-1', { payee: 'C' })]);
    expect(other).toMatchObject([{ outcome: 'REFUSED', fault: { code: 'REFERENCE_USED', field: 'reference' } }]);
    expect(await own.snapshot()).toEqual(before);
  });

  it('of a batch with known ones among them are all placed, and listed page by page', async () => {
    const centre = await keepCentre(own, 'batch');
    await add(own.store, centre, many(150));
    const added = await add(own.store, centre, many(400, 100), '2026-03-31T03:00:00.000Z');
    expect(added.filter(({ outcome }) => outcome === 'KNOWN')).toHaveLength(50);
    expect(added.filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(350);
    const { lines, counted } = await linesOf(own.store, 'batch', tuesday);
    expect([new Set(lines.map(({ reference }) => reference)).size, lines.length, counted]).toEqual([500, 500, 500]);

    const listed: string[] = [];
    const cycle = aCycle({ tenant: 'batch' });
    for (let place: ListPlace | undefined = firstPlace; place; ) {
      const page = await listObligations(own.store, cycle, place, 70);
      expect(page.obligations.length).toBeLessThanOrEqual(70);
      listed.push(...page.obligations.map(({ reference }) => reference));
      place = page.next;
    }
    expect(listed.sort()).toEqual(
      many(500)
        .map(({ reference }) => reference)
        .sort(),
    );
  });

  it('that come behind the cut-off go to the next cycle and say so', async () => {
    const centre = await keepCentre(own, 'late');
    await add(own.store, centre, [anAsked('R-1')]);
    const closed = await cutOff(own.store, { tenant: 'late', cycleId: tuesday }, on);
    expect(closed).toMatchObject({ state: 'CONFIRMING', cutAt: at, revision: 3 });
    expect(await own.store.readCycle('late', wednesday)).toMatchObject({ state: 'OPEN' });
    const [late] = await add(own.store, centre, [anAsked('R-2')]);
    expect(late).toMatchObject({ outcome: 'ACCEPTED', obligation: { cycleId: wednesday, lateFor: tuesday } });
    // By the clock: nobody has turned the gates of Wednesday by then.
    const [later] = await add(own.store, centre, [anAsked('R-3', { date: '2026-04-01' })], '2026-04-01T09:00:00.000Z');
    expect(later).toMatchObject({ obligation: { cycleId: 'cyc_group_2026-04-02', lateFor: wednesday } });
    const before = await own.snapshot();
    expect(await cutOff(own.store, { tenant: 'late', cycleId: tuesday }, on)).toEqual(closed);
    expect(await own.snapshot()).toEqual(before);
  });

  it('beyond the calendar are refused by themselves', async () => {
    const centre = await keepCentre(own, 'beyond');
    const added = await add(own.store, centre, [anAsked('R-1'), anAsked('R-2', { date: '2027-03-01' })]);
    expect(cyclesOf(added)).toEqual(['CALENDAR_NOT_PUBLISHED', tuesday]);
  });

  it('one by one share transactions, and a reference that comes twice at a time counts once', async () => {
    const centre = await keepCentre(own, 'singles');
    const record = recorder(own.store);
    const asked = [...many(200), ...many(200)];
    const added = await Promise.all(asked.map((one, n) => record(centre, draftOf(one, at, `request ${n}`))));
    expect(added.filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(200);
    expect(added.filter(({ outcome }) => outcome === 'KNOWN')).toHaveLength(200);
    const { lines, counted } = await linesOf(own.store, 'singles', tuesday);
    expect([lines.length, counted]).toEqual([200, 200]);
  });

  it('cost at most 3 write units each in a batch, long ones too, and 6 alone', async () => {
    const centre = await keepCentre(own, 'units');
    const count = 1_000;
    const long = (n: number) =>
      anAsked(`${String(n).padStart(6, '0')}-${'参'.repeat(57)}`, { description: '服'.repeat(100) });
    const meter = meterWrites(own.client);
    const short = outcomes(await add(own.store, centre, many(count)));
    const usual = meter.report().total / count;
    meter.reset();
    const added = outcomes(
      await add(
        own.store,
        centre,
        Array.from({ length: count }, (_, n) => long(n)),
      ),
    );
    const widest = meter.report().total / count;
    meter.reset();
    await add(own.store, centre, [anAsked('alone')]);
    const alone = meter.report().total;
    meter.stop();
    expect(alone).toBe(6);
    expect([short, added]).toEqual([['ACCEPTED'], ['ACCEPTED']]);
    process.stdout.write(`write units per obligation: ${usual.toFixed(2)}, with long texts ${widest.toFixed(2)}\n`);
    expect(usual).toBeLessThan(2.4);
    expect(widest).toBeLessThan(3);
  });
});
