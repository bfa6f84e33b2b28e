import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutDueCycles, cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { anAsked, on } from '../../functions/netting/intake-samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { add, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const tuesday = 'cyc_group_2026-03-31';
const wednesday = 'cyc_group_2026-04-01';
const batch = (count: number, from: number) => Array.from({ length: count }, (_, n) => anAsked(`R-${from + n}`));

/** References by the cycle in which they have lines; each cycle's gates have counted them all. */
async function placed(own: TestNetting, tenant: string) {
  const found = new Map<string, string[]>();
  for (const cycleId of [tuesday, wednesday]) {
    const { lines, counted } = await linesOf(own.store, tenant, cycleId);
    expect(counted).toBe(lines.length);
    found.set(
      cycleId,
      lines.map(({ reference }) => reference),
    );
  }
  return { onTuesday: found.get(tuesday) ?? [], onWednesday: found.get(wednesday) ?? [] };
}

describe.each(engines())('a cut-off while obligations stream in, on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('loses none and has none in two cycles; what it has found is all there will be', async () => {
    const tenant = 'race';
    const centre = await keepCentre(own, tenant);
    const [first, second] = [own.another(), own.another()];
    const sizes = Array.from({ length: 24 }, (_, n) => batch(n % 3 === 0 ? 95 : 20, n * 100));
    let sent = 0;
    const intake = async (store: TestNetting['store']) => {
      for (let next = sizes[sent++]; next; next = sizes[sent++]) await add(store, centre, next);
    };
    const cut = async () => {
      while (sent < 8) await new Promise((resolve) => setTimeout(resolve, 5));
      await cutOff(own.store, { tenant, cycleId: tuesday }, on);
      return (await placed(own, tenant)).onTuesday;
    };
    const [, , atCut] = await Promise.all([intake(first.store), intake(second.store), cut()]);
    const { onTuesday, onWednesday } = await placed(own, tenant);
    expect([...onTuesday].sort()).toEqual([...atCut].sort());
    expect([onTuesday.length > 0, onWednesday.length > 0]).toEqual([true, true]);
    const all = sizes.flat().map(({ reference }) => reference);
    expect([...onTuesday, ...onWednesday].sort()).toEqual(all.sort());
    const ids = onWednesday.map((reference) => obligationIdOf(tenant, 'ctr_group', reference));
    const moved = [...(await own.store.readObligations(tenant, ids)).values()];
    expect(new Set(moved.map(({ cycleId, lateFor }) => `${cycleId} ${lateFor}`))).toEqual(
      new Set([`${wednesday} ${tuesday}`]),
    );
  });

  it('takes a withdrawal whole or not at all', async () => {
    const tenant = 'withdrawals';
    const centre = await keepCentre(own, tenant);
    const asked = batch(40, 0);
    await add(own.store, centre, asked);
    const ids = asked.map(({ reference }) => obligationIdOf(tenant, 'ctr_group', reference));
    const [results] = await Promise.all([
      Promise.allSettled(
        ids.map((obligationId) => actOnObligation(own.store, { tenant, obligationId }, { kind: 'WITHDRAW' }, on)),
      ),
      cutOff(own.another().store, { tenant, cycleId: tuesday }, on),
    ]);
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(new Set(refused.map(({ reason }) => reason.code)).size).toBeLessThanOrEqual(1);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'netting/cycle-closed', status: 409 });
    const { lines } = await linesOf(own.store, tenant, tuesday);
    const withdrawn = lines.filter(({ state }) => state === 'WITHDRAWN').map(({ reference }) => reference);
    const standing = await own.store.readObligations(tenant, ids);
    const states = [...standing.values()]
      .filter(({ state }) => state === 'WITHDRAWN')
      .map(({ reference }) => reference);
    expect(withdrawn.sort()).toEqual(states.sort());
    expect(withdrawn).toHaveLength(40 - refused.length);
  });

  it('is the same through conflicts, throttles and lost answers', async () => {
    const tenant = 'faults';
    const centre = await keepCentre(own, tenant);
    const { client, store } = own.another();
    const log = injectFaults(client, 7, { conflict: 0.1, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1 });
    const sizes = Array.from({ length: 12 }, (_, n) => batch(30, n * 30));
    const send = async (asked: ReturnType<typeof batch>) => {
      // A caller that is told to come back comes back.
      for (;;) {
        try {
          return await add(store, centre, asked);
        } catch (error) {
          if (!(error instanceof Problem) && classifyWriteFailure(error) === 'FATAL') throw error;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    };
    for (const [n, asked] of sizes.entries()) {
      if (n === 6) await cutOff(own.store, { tenant, cycleId: tuesday }, on);
      await send(asked);
    }
    expect(log.countOf('timeoutAfter'), `${log}`).toBeGreaterThan(0);
    const { onTuesday, onWednesday } = await placed(own, tenant);
    const names = (lists: ReturnType<typeof batch>[]) => lists.flat().map(({ reference }) => reference);
    expect([...onTuesday].sort(), `${log}`).toEqual(names(sizes.slice(0, 6)).sort());
    expect([...onWednesday].sort(), `${log}`).toEqual(names(sizes.slice(6)).sort());
  });
});

describe('a process that dies', () => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  const cases = [0, 1, 2, 3].flatMap((write) => deaths.map((death) => [write, death] as const));

  it.each(cases)('at write %i of a batch, %s it is made, is made good by sending it again', async (write, death) => {
    const tenant = `batch-${write}-${death.toLowerCase()}`;
    const centre = await keepCentre(own, tenant);
    const dying = own.another();
    const { isDead } = dieAt(dying.client, write, death);
    const asked = batch(350, 0);
    await expect(add(dying.store, centre, asked)).rejects.toThrow('killed');
    expect(isDead()).toBe(true);
    const again = await add(own.store, centre, asked, '2026-03-31T03:00:00.000Z');
    expect(again.filter(({ outcome }) => outcome === 'REFUSED')).toEqual([]);
    const { onTuesday } = await placed(own, tenant);
    expect([...onTuesday].sort()).toEqual(asked.map(({ reference }) => reference).sort());
  });

  // The next cycle is opened, the cut-off begun, each of 16 gates turned, the cut-off ended.
  const writes = [0, 1, 2, 9, 17, 18];
  it.each(writes.flatMap((write) => deaths.map((death) => [write, death] as const)))(
    'at write %i of a cut-off, %s it is made, leaves it to the next',
    async (write, death) => {
      const tenant = `cut-${write}-${death.toLowerCase()}`;
      const centre = await keepCentre(own, tenant);
      await add(own.store, centre, batch(10, 0));
      const dying = own.another();
      dieAt(dying.client, write, death);
      const due = new Date('2026-03-31T09:00:00.000Z');
      expect(await cutDueCycles(dying.store, due)).not.toEqual([]);
      const failures = await cutDueCycles(own.store, due);
      expect(failures).toEqual([]);
      expect(await own.store.readCycle(tenant, tuesday)).toMatchObject({ state: 'CONFIRMING', revision: 3 });
      expect(await own.store.readCycle(tenant, wednesday)).toMatchObject({ state: 'OPEN', revision: 1 });
      const { onTuesday } = await placed(own, tenant);
      expect(onTuesday).toHaveLength(10);
    },
  );

  it.each(deaths)(
    'in a cut-off by hand, %s it turns its eighth gate, leaves it to the job, and nothing comes in',
    async (death) => {
      const tenant = `hand-${death.toLowerCase()}`;
      const centre = await keepCentre(own, tenant);
      await add(own.store, centre, batch(10, 0));
      const dying = own.another();
      dieAt(dying.client, 9, death);
      await expect(cutOff(dying.store, { tenant, cycleId: tuesday }, on)).rejects.toThrow('killed');
      expect(await own.store.readCycle(tenant, tuesday)).toMatchObject({ state: 'OPEN', cutAt: on.at });
      const late = await add(own.store, centre, batch(200, 10), '2026-03-31T02:01:00.000Z');
      expect(late.map((one) => one.outcome === 'ACCEPTED' && one.obligation.cycleId)).toEqual(
        Array(200).fill(wednesday),
      );
      const obligationId = obligationIdOf(tenant, 'ctr_group', 'R-0');
      const withdrawing = actOnObligation(own.store, { tenant, obligationId }, { kind: 'WITHDRAW' }, on);
      await expect(withdrawing).rejects.toMatchObject({ code: 'netting/cycle-closed', fields: { until: on.at } });
      expect(await cutDueCycles(own.store, new Date('2026-03-31T02:05:00.000Z'))).toEqual([]);
      const cut = await own.store.readCycle(tenant, tuesday);
      expect(cut).toMatchObject({
        state: 'CONFIRMING',
        cutAt: on.at,
        changedAt: '2026-03-31T02:05:00.000Z',
        cause: on.cause,
      });
      const { onTuesday, onWednesday } = await placed(own, tenant);
      expect([onTuesday.length, onWednesday.length]).toEqual([10, 200]);
    },
  );
});
