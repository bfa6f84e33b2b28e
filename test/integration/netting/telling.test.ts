import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { toEvents } from '../../../functions/netting/events.ts';
import type { NettingStore } from '../../../functions/netting/store.ts';
import { handOnTellings } from '../../../functions/netting/telling/hand-on-tellings.ts';
import { tellCycle } from '../../../functions/netting/telling/tell-cycle.ts';
import type { Telling, TellingKind, ToldPage } from '../../../functions/netting/telling/telling.ts';
import { pageToPlain, tellingToPlain } from '../../../functions/netting/telling/telling-items.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { anAsked, at, cause, on } from '../../functions/netting/intake-samples.ts';
import { loanEvent, movementEvents, settlementEvent } from '../../functions/netting/told/publishers.ts';
import { aPayoutLine } from '../../functions/settlement/settlements/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { add, nettingOnEngine, type TestNetting } from './support.ts';
import { toldOn, tuesday } from './told-support.ts';

describe.each(engines())('what a cycle tells the sources on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());
  const { aCentreOf, take, invoiceIn, invoiceReference, idOf } = toldOn(() => own);
  const now = new Date('2026-04-02T02:00:00.000Z');
  const dueToday = { dueOn: '2026-03-31' };

  /** A store that remembers what was written of it. */
  function listening(told: { pages: ToldPage[]; tellings: Telling[] }, store = own.store): NettingStore {
    return {
      ...store,
      writeTelling: async (next, pages) => {
        await store.writeTelling(next, pages);
        told.tellings.push(next);
        told.pages.push(...pages);
      },
    };
  }
  const nothing = () => ({ pages: [] as ToldPage[], tellings: [] as Telling[] });
  const tell = (tenant: string, kind: TellingKind, store: NettingStore, stepsMax = 100) =>
    tellCycle(store, { tenant, cycleId: tuesday, kind, stepsMax }, now);
  async function settleCycle(tenant: string, settledAt = '2026-04-02T01:30:00.000Z') {
    const cycle = await own.store.readCycle(tenant, tuesday);
    if (!cycle) throw new Error('There was to be a cycle.');
    await own.store.replaceCycle({ ...cycle, state: 'SETTLED', settledAt, revision: cycle.revision + 1 });
  }
  const eventsOf = (pages: readonly ToldPage[]) =>
    pages.flatMap((page) => toEvents({ kind: 'INSERT', item: fromItem(toItem(pageToPlain(page))) }));
  const subjectsOf = (pages: readonly ToldPage[]) => pages.flatMap(({ rows }) => rows.map(({ subject }) => subject));
  async function invoices(tenant: string, count: number, from = 0) {
    const invoice = invoiceIn(tenant);
    const numbers = Array.from({ length: count }, (_, place) => `FP-${from + place}`);
    await take(numbers.map((number) => invoice({ ...dueToday, number })));
    return numbers.map((number) => invoiceReference(tenant, number));
  }

  it('names each obligation by what it came of, as its source knows it, in an event of each source', async () => {
    const tenant = 'each';
    const centre = await aCentreOf(tenant);
    const failed = { payouts: [aPayoutLine({ state: 'FAILED' })], revision: 2, changedAt: at, tenant };
    const orderId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00101';
    const movements = movementEvents([{}, { settled: 100_000n }], { tenant, orderId });
    const settlement = settlementEvent(failed, { tenant });
    await take([invoiceIn(tenant)(dueToday), loanEvent({ tenant }), settlement, ...movements]);
    // What a caller has recorded is no source's.
    await add(own.store, centre, [anAsked('R-1')]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const cut = nothing();
    await tell(tenant, 'CUT_OFF', listening(cut));
    expect(eventsOf(cut.pages)).toMatchObject([
      {
        ...{ type: 'netting.obligations-cut-off.v1', tenant, subject: tuesday },
        data: {
          source: 'PAYOUTS',
          cycleId: tuesday,
          obligations: [{ subject: settlement.subject, amount: '100.00', version: 1 }],
        },
      },
    ]);
    await settleCycle(tenant);
    const paid = nothing();
    await tell(tenant, 'SETTLED', listening(paid));
    const events = eventsOf(paid.pages);
    expect(new Set(events.map(({ id }) => id)).size).toBe(4);
    expect(events[0]).toMatchObject({ type: 'netting.obligations-settled.v1', tenant, subject: tuesday });
    const reference = invoiceReference(tenant);
    const told = events.map(({ data }) => data as { source: string });
    expect(told.find(({ source }) => source === 'INVOICES')).toEqual({
      ...{ centreId: 'ctr_group', cycleId: tuesday, source: 'INVOICES', valueDate: '2026-04-02' },
      settled: [
        { subject: reference.slice('INVOICES/'.length), reference, amount: '1000.00', currency: 'CNY', version: 1 },
      ],
    });
    expect(subjectsOf(paid.pages).sort()).toEqual(
      [reference.slice('INVOICES/'.length), 'dln_1', settlement.subject, `${orderId}-S0`].sort(),
    );
  });

  it('says the day on which the money moved where that was after the value date', async () => {
    const tenant = 'late';
    await aCentreOf(tenant);
    await take([loanEvent({ tenant })]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    // The 22nd in the zone of the ledger; it was planned for the 2nd.
    await settleCycle(tenant, '2026-04-21T16:30:00.000Z');
    const told = nothing();
    await tell(tenant, 'SETTLED', listening(told));
    expect(eventsOf(told.pages)).toMatchObject([{ data: { source: 'POOL_LOANS', valueDate: '2026-04-22' } }]);
  });

  it('is said once, in pages of a hundred, however often it is asked for and by how many at once', async () => {
    const tenant = 'pages';
    await aCentreOf(tenant);
    const references = await invoices(tenant, 250);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    await settleCycle(tenant);
    const told = nothing();
    const meter = meterWrites(own.client);
    await Promise.all([tell(tenant, 'SETTLED', listening(told)), tell(tenant, 'SETTLED', listening(told))]);
    await tell(tenant, 'SETTLED', listening(told));
    const each = meter.report().total / references.length;
    meter.stop();
    process.stdout.write(`write units per obligation that is told as settled: ${each.toFixed(2)}\n`);
    expect(each).toBeLessThan(0.6);
    const subjects = subjectsOf(told.pages);
    expect(subjects.sort()).toEqual(references.map((one) => one.slice('INVOICES/'.length)).sort());
    for (const { rows } of told.pages) expect(rows.length).toBeLessThanOrEqual(100);
  });

  it('goes on from where it broke off, before a write and behind it, and where it is handed on', async () => {
    const tenant = 'killed';
    await aCentreOf(tenant);
    const references = await invoices(tenant, 30);
    for (let from = 30; from < 36; from++) references.push(...(await invoices(tenant, 1, from)));
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    await settleCycle(tenant);
    const told = nothing();
    let writes = 0;
    const dying = (isAfter: boolean): NettingStore => {
      const store = listening(told);
      return {
        ...store,
        writeTelling: async (next, pages) => {
          writes += 1;
          if (isAfter) await store.writeTelling(next, pages);
          throw new Error('Killed.');
        },
      };
    };
    await expect(tell(tenant, 'SETTLED', dying(false))).rejects.toThrow('Killed.');
    await expect(tell(tenant, 'SETTLED', dying(true))).rejects.toThrow('Killed.');
    expect(writes).toBe(2);
    const turns: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const before = told.tellings.length;
      await tell(tenant, 'SETTLED', listening(told), 1);
      turns.push(told.tellings.length - before);
    }
    expect(turns.at(-1)).toBe(0);
    expect(subjectsOf(told.pages).sort()).toEqual(references.map((one) => one.slice('INVOICES/'.length)).sort());
    const handedOn = told.tellings.flatMap((telling, place) => {
      const previous = told.tellings[place - 1];
      return toEvents({
        ...{ kind: 'MODIFY', item: fromItem(toItem(tellingToPlain(telling))) },
        ...(previous && { previous: fromItem(toItem(tellingToPlain(previous))) }),
      });
    });
    expect(handedOn[0]).toMatchObject({
      type: 'netting.cycle-telling-handed-on.v1',
      data: { cycleId: tuesday, kind: 'SETTLED', turn: 1 },
    });
  });

  it('is handed on by the job where it broke off, or was never begun', async () => {
    const tenant = 'broken';
    await aCentreOf(tenant);
    const failed = { payouts: [aPayoutLine({ state: 'FAILED' })], revision: 2, changedAt: at, tenant };
    await take([settlementEvent(failed, { tenant })]);
    // Nobody heard of the cut-off.
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const turnOf = async () => (await own.store.readTelling(tenant, tuesday, 'CUT_OFF'))?.turn;
    const minutesOn = (minutes: number) => new Date(Date.parse(on.at) + minutes * 60_000);
    await handOnTellings(own.store, minutesOn(15));
    expect(await turnOf()).toBe(0);
    await handOnTellings(own.store, minutesOn(16));
    await handOnTellings(own.store, minutesOn(17));
    expect(await turnOf()).toBe(1);
    const told = nothing();
    await tell(tenant, 'CUT_OFF', listening(told));
    expect(subjectsOf(told.pages)).toHaveLength(1);
    // All is told: it is found no more.
    await handOnTellings(own.store, new Date(now.getTime() + 3_600_000));
    expect(await turnOf()).toBe(1);
  });

  it('leaves out what was withdrawn and what went to a later cycle', async () => {
    const tenant = 'left';
    await aCentreOf(tenant);
    const [staying = '', moving = ''] = await invoices(tenant, 3);
    const invoice = invoiceIn(tenant);
    const paid = { ...dueToday, number: 'FP-2' };
    await take([invoice({ ...paid, cleared: 100_000n, revision: 2 }, paid)]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const obligation = [...(await own.store.readObligations(tenant, [idOf(tenant, moving)])).values()][0];
    if (!obligation) throw new Error('There was to be an obligation.');
    const cycleId = 'cyc_group_2026-04-01';
    const next = { ...obligation, cycleId, movedFrom: tuesday, revision: 2, changedAt: at, cause };
    await own.store.moveObligations([next], at);
    await settleCycle(tenant);
    const told = nothing();
    await tell(tenant, 'SETTLED', listening(told));
    expect(subjectsOf(told.pages)).toEqual([staying.slice('INVOICES/'.length)]);
  });

  it('is told of no cycle that is not settled', async () => {
    const tenant = 'early';
    await aCentreOf(tenant);
    await invoices(tenant, 1);
    await expect(tell(tenant, 'CUT_OFF', own.store)).rejects.toThrow('is OPEN');
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    await expect(tell(tenant, 'SETTLED', own.store)).rejects.toThrow('is CONFIRMING');
  });
});
