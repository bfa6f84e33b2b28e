import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { foldLines } from '../../../functions/netting/lines/fold-lines.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { actTogether } from '../../../functions/netting/obligations/act-together.ts';
import type { Acted, ObligationAct } from '../../../functions/netting/obligations/change-obligation.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { anAsked, on } from '../../functions/netting/intake-samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { tuesday } from './closing-support.ts';
import { add, keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const confirm: ObligationAct = { kind: 'CONFIRM' };
const many = (count: number) => Array.from({ length: count }, (_, n) => anAsked(`R-${n}`));
const names = (count: number) => many(count).map(({ reference }) => reference);
const centreOf = (tenant: string) => ({ tenant, id: 'ctr_group' });
const told = (acted: readonly Acted[]) =>
  acted.map((one) => (one.outcome === 'REFUSED' ? one.faults[0]?.code : `${one.outcome} ${one.obligation.state}`));

describe.each(engines())('what is done to many obligations at once, on $kind', (engine) => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('is done to each by itself, once, whatever becomes of the others', async () => {
    const tenant = 'each';
    const centre = await keepCentre(own, tenant);
    await add(own.store, centre, [...many(4), anAsked('NEXT', { date: '2026-04-01' })]);
    const act = (reference: string, what: ObligationAct) =>
      actOnObligation(own.store, { tenant, obligationId: obligationIdOf(tenant, centre.id, reference) }, what, on);
    await act('R-1', { kind: 'WITHDRAW' });
    await act('R-2', { kind: 'DISPUTE', reason: '金额不符' });
    await act('R-3', confirm);
    const references = ['R-0', 'R-1', 'R-2', 'R-3', 'NEXT', 'NOBODY', 'R-0'];
    const later = { ...on, at: '2026-03-31T03:00:00.000Z' };
    expect(told(await actTogether(own.store, centre, references, confirm, later))).toEqual([
      ...['CHANGED CONFIRMED', 'OBLIGATION_STATE', 'OBLIGATION_STATE', 'UNCHANGED CONFIRMED', 'CHANGED CONFIRMED'],
      ...['OBLIGATION_NOT_FOUND', 'UNCHANGED CONFIRMED'],
    ]);
    const before = await own.snapshot();
    const again = await actTogether(own.store, centre, references, confirm, { ...on, at: '2026-03-31T04:00:00.000Z' });
    expect(told(again).slice(0, 1)).toEqual(['UNCHANGED CONFIRMED']);
    expect(await own.snapshot()).toEqual(before);
    const reason = '合同已终止';
    const disputed = await actTogether(own.store, centre, ['R-0', 'R-1'], { kind: 'DISPUTE', reason }, later);
    expect(disputed).toMatchObject([
      { obligation: { dispute: { reason, wasConfirmed: true } } },
      { outcome: 'REFUSED' },
    ]);
    await cutOff(own.store, { tenant, cycleId: tuesday }, later);
    const late = await actTogether(own.store, centre, ['R-0', 'NEXT'], { kind: 'WITHDRAW' }, later);
    expect(told(late)).toEqual(['CYCLE_CLOSED', 'CHANGED WITHDRAWN']);
    expect(told(await actTogether(own.store, centreOf('stranger'), ['R-0'], confirm, on))).toEqual([
      'OBLIGATION_NOT_FOUND',
    ]);
  });

  it('costs 2.2 write units each, and counts in the cycle', async () => {
    const tenant = 'units';
    const centre = await keepCentre(own, tenant);
    await add(own.store, centre, many(1_000));
    const meter = meterWrites(own.client);
    const acted = await actTogether(own.store, centre, names(1_000), confirm, on);
    const units = meter.report().total / 1_000;
    meter.stop();
    process.stdout.write(`write units per obligation that is confirmed with others: ${units.toFixed(2)}\n`);
    expect(units).toBeLessThan(2.4);
    expect(new Set(told(acted))).toEqual(new Set(['CHANGED CONFIRMED']));
    const { lines, counted } = await linesOf(own.store, tenant, tuesday);
    expect([lines.length, counted]).toEqual([2_000, 2_000]);
    expect(foldLines(lines, 'NEXT_CYCLE').included).toHaveLength(1_000);
  }, 60_000);
});

describe('confirming many at once', () => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const confirmed = async (tenant: string) => {
    const { lines } = await linesOf(own.store, tenant, tuesday);
    return foldLines(lines, 'NEXT_CYCLE').included.map(({ reference, version }) => `${reference} ${version}`);
  };
  const each = (count: number, version: number) =>
    names(count)
      .map((name) => `${name} ${version}`)
      .sort();

  /** A caller that is told to come back comes back. */
  async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof Problem) && classifyWriteFailure(error) === 'FATAL') throw error;
      }
    }
  }

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  it.each([0, 1, 2].flatMap((write) => deaths.map((death) => [write, death] as const)))(
    'and dying at write %i, %s it is made, goes on when it is asked for again',
    async (write, death) => {
      const tenant = `dies-${write}-${death.toLowerCase()}`;
      const centre = await keepCentre(own, tenant);
      await add(own.store, centre, many(250));
      const dying = own.another();
      dieAt(dying.client, write, death);
      await expect(actTogether(dying.store, centre, names(250), confirm, on)).rejects.toThrow('killed');
      const later = { ...on, at: '2026-03-31T03:00:00.000Z' };
      await actTogether(own.store, centre, names(250), confirm, later);
      expect((await confirmed(tenant)).sort()).toEqual(each(250, 2));
    },
  );

  it('twice at a time, through conflicts and lost answers, confirms each once', async () => {
    const tenant = 'faults';
    const centre = await keepCentre(own, tenant);
    await add(own.store, centre, many(400));
    const sides = [1, 2].map((seed) => {
      const { client, store } = own.another();
      injectFaults(client, seed, { conflict: 0.2, timeoutBefore: 0.05, timeoutAfter: 0.2 }, 8);
      const by = { ...on, cause: { ...on.cause, requestId: `side ${seed}` } };
      return untilAnswered(() => actTogether(store, centre, names(400), confirm, by));
    });
    const [one = [], other = []] = await Promise.all(sides);
    expect((await confirmed(tenant)).sort()).toEqual(each(400, 2));
    const changed = (_: string, place: number) =>
      [one[place], other[place]].filter((acted) => acted?.outcome === 'CHANGED').length;
    expect(new Set(names(400).map(changed))).toEqual(new Set([1]));
  });
});
