import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { customerIdOf } from '../../../functions/receivables/keys.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { at, on } from '../../functions/netting/intake-samples.ts';
import { loanEvent, movementEvents, settlementEvent } from '../../functions/netting/told/publishers.ts';
import { aPayoutLine } from '../../functions/settlement/settlements/samples.ts';
import { engines } from '../../support/engines.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { nettingOnEngine, type TestNetting } from './support.ts';
import { toldOn, tuesday, wednesday } from './told-support.ts';

describe.each(engines())('obligations out of events on $kind', (engine) => {
  let own: TestNetting;
  const logged = keptLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  const { aCentreOf, take, invoiceIn, idOf, invoiceReference, obligationOf, included } = toldOn(() => own);

  it('come of each source, between the participants whom it names', async () => {
    const tenant = 'sources';
    await aCentreOf(tenant);
    const failed = { payouts: [aPayoutLine({ state: 'FAILED' })], revision: 2, changedAt: at, tenant };
    const movements = movementEvents([{}, { settled: 100_000n }, { settled: 100_000n, returned: 40_000n }], { tenant });
    const events = [invoiceIn(tenant)(), loanEvent({ tenant }), settlementEvent(failed, { tenant }), ...movements];
    expect(await take(events)).toEqual(new Map());
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
    const today = await included(tenant, tuesday);
    expect(today.sort()).toEqual(['A → B 10000', 'A → B 100000', 'A → B 500000', 'B → A 40000']);
    expect(await obligationOf(tenant)).toMatchObject({
      ...{ state: 'UNCONFIRMED', date: '2026-04-01', description: 'FP-2026-0001', cycleId: wednesday },
      ...{ origin: { source: 'INVOICES', version: 1, owed: 100_000n }, cause: events[0]?.actor },
    });
  });

  it('count once, delivered twice or all together, and change nothing the second time', async () => {
    const tenant = 'twice';
    await aCentreOf(tenant);
    const event = invoiceIn(tenant)();
    const [movement] = movementEvents([{}, { settled: 1n }], { tenant });
    if (!movement) throw new Error('A movement was to be told.');
    await take([event, movement, event, movement]);
    const before = await own.snapshot();
    await take([event, movement]);
    await take([movement, event]);
    expect(await own.snapshot()).toEqual(before);
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
    expect(await included(tenant, tuesday)).toEqual(['A → B 1']);
  });

  it('are written once where two workers are told at the same time', async () => {
    const tenant = 'race';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const events = Array.from({ length: 8 }, (_, place) => invoice({ number: `FP-${place}` }));
    const paid = events.map((_, place) =>
      invoice({ number: `FP-${place}`, cleared: 100_000n, revision: 2 }, { number: `FP-${place}` }),
    );
    const results = await Promise.all([take(events), take([...events].reverse()), take(paid), take(events)]);
    expect(results.map(({ size }) => size)).toEqual([0, 0, 0, 0]);
    expect(await included(tenant, wednesday)).toEqual([]);
    const states = await Promise.all(
      events.map(async (_, place) => (await obligationOf(tenant, invoiceReference(tenant, `FP-${place}`)))?.state),
    );
    expect(states).toEqual(events.map(() => 'WITHDRAWN'));
  });

  it('are withdrawn by what is paid before the cut-off, and smaller by what is paid in part', async () => {
    const tenant = 'paid';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    await take([invoice()]);
    await take([invoice({ cleared: 30_000n, revision: 2 }, {})]);
    expect(await included(tenant, wednesday)).toEqual(['A → B 70000']);
    await take([invoice({ cleared: 100_000n, revision: 3 }, { cleared: 30_000n })]);
    expect(await included(tenant, wednesday)).toEqual([]);
    await take([invoice({ cleared: 60_000n, revision: 4 }, { cleared: 100_000n })]);
    expect(await included(tenant, wednesday)).toEqual(['A → B 40000']);
  });

  it('are never open where the payment of an invoice is heard of before its issue', async () => {
    const tenant = 'early';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const paid = invoice({ cleared: 100_000n, revision: 2 }, {});
    await take([paid]);
    await take([invoice()]);
    expect(await included(tenant, wednesday)).toEqual([]);
    expect(await obligationOf(tenant)).toMatchObject({ state: 'WITHDRAWN', revision: 1, origin: { version: 2 } });
    const together = invoiceIn('early');
    const other = { number: 'FP-2' };
    await take([together({ ...other, cleared: 100_000n, revision: 2 }, other), together(other)]);
    expect(await included(tenant, wednesday)).toEqual([]);
  });

  it('come to the same in whatever order they are told', async () => {
    const history = (tenant: string) => {
      const invoice = invoiceIn(tenant);
      const dispute = { reason: '数量不符', since: at };
      return [
        invoice(),
        invoice({ cleared: 30_000n, revision: 2 }, {}),
        invoice({ cleared: 30_000n, dispute, revision: 3 }, { cleared: 30_000n }),
        invoice({ cleared: 30_000n, revision: 4 }, { cleared: 30_000n, dispute }),
      ];
    };
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
    ]) {
      const tenant = `order${order.join('')}`;
      await aCentreOf(tenant);
      for (const place of order) await take([history(tenant)[place] as DomainEvent]);
      expect(await included(tenant, wednesday)).toEqual(['A → B 70000']);
    }
  });

  it('stay in their cycle behind the cut-off, and say what is owed by now', async () => {
    const tenant = 'behind';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const today = { dueOn: '2026-03-31' };
    await take([invoice(today), invoice({ ...today, number: 'FP-2' })]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const later = '2026-03-31T10:00:00.000Z';
    await take([invoice({ ...today, cleared: 30_000n, revision: 2 }, today)], later);
    expect(await included(tenant, tuesday)).toEqual(['A → B 100000', 'A → B 100000']);
    expect(await obligationOf(tenant)).toMatchObject({
      ...{ state: 'UNCONFIRMED', amount: 100_000n, cycleId: tuesday, revision: 2, changedAt: later },
      origin: { version: 2, owed: 70_000n },
    });
    const dispute = { reason: '数量不符', since: at };
    const number = 'FP-2';
    await take([invoice({ ...today, number, dispute, revision: 2 }, { ...today, number })], later);
    expect(await included(tenant, tuesday)).toEqual(['A → B 100000']);
    await take([invoice({ ...today, number, revision: 3 }, { ...today, number, dispute })], later);
    expect(await included(tenant, tuesday)).toHaveLength(2);
  });

  it('that were withdrawn go into the next cycle where they are owed again', async () => {
    const tenant = 'again';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const today = { dueOn: '2026-03-31' };
    await take([invoice(today)]);
    await take([invoice({ ...today, cleared: 100_000n, revision: 2 }, today)]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, on);
    const later = '2026-03-31T10:00:00.000Z';
    await take([invoice({ ...today, revision: 3 }, { ...today, cleared: 100_000n })], later);
    expect([await included(tenant, tuesday), await included(tenant, wednesday)]).toEqual([[], ['A → B 100000']]);
    expect(await obligationOf(tenant)).toMatchObject({ cycleId: wednesday, lateFor: tuesday, state: 'UNCONFIRMED' });
  });

  it('stay withdrawn where somebody withdrew them by hand', async () => {
    const tenant = 'hand';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    await take([invoice()]);
    const obligationId = idOf(tenant, invoiceReference(tenant));
    await actOnObligation(own.store, { tenant, obligationId }, { kind: 'WITHDRAW' }, on);
    await take([invoice({ cleared: 1n, revision: 2 }, {})]);
    expect(await included(tenant, wednesday)).toEqual([]);
  });

  it('are none where a side is in no centre, or the centre does not take the source; that is counted', async () => {
    const tenant = 'strangers';
    await aCentreOf(tenant, { sources: [] });
    const before = await own.snapshot();
    const [forNobody] = movementEvents([{}, { settled: 1n }], { tenant, references: {} });
    const strange = invoiceIn(tenant)({ customerId: customerIdOf('demo', 'K-2') });
    const events = [strange, invoiceIn(tenant)(), loanEvent({ tenant, lender: '丙公司' }), forNobody as DomainEvent];
    expect(await take(events)).toEqual(new Map());
    expect(await own.snapshot()).toEqual(before);
    expect(logged().map((line) => JSON.parse(line))).toMatchObject([{ level: 'INFO', NO_OBLIGATION: 4 }]);
  });

  it('fail one by one where an event is of another shape', async () => {
    const tenant = 'shape';
    await aCentreOf(tenant);
    const good = invoiceIn(tenant)();
    const bad = { ...good, id: 'evt_bad', data: { ...(good.data as object), open: '1000.00' } };
    expect([...(await take([bad, good])).keys()]).toEqual([bad]);
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
  });

  it('cost at most 3 write units each where they come together', async () => {
    const tenant = 'units';
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    const events = Array.from({ length: 90 }, (_, place) => invoice({ number: `FP-2026-${place + 1_000}` }));
    await take([invoice({ number: 'FP-first' })]);
    const meter = meterWrites(own.client);
    await take(events);
    const each = meter.report().total / events.length;
    meter.stop();
    process.stdout.write(`write units per obligation out of events, 90 at once: ${each.toFixed(2)}\n`);
    expect(each).toBeLessThanOrEqual(3);
    expect(await included(tenant, wednesday)).toHaveLength(91);
  });
});
