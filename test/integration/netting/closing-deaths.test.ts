import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport } from '../../../functions/netting/report/read-report.ts';
import type { NettingStore } from '../../../functions/netting/store.ts';
import { anAsked } from '../../functions/netting/intake-samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { closingSteps, eight, noon, tuesday, wednesday } from './closing-support.ts';
import { add, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

/** Writes of a closing that moves a dispute and carries positions: begun, rows, decided, two times moved and noted, closed. */
const writesOfClosing = 8;

describe('a closing', () => {
  let own: TestNetting;
  const { openCentre, act, cut, ask } = closingSteps(() => own);
  /** What an undisturbed one comes to. */
  let digest = '';
  let rows: unknown;
  quietLog();

  beforeAll(async () => {
    own = await nettingOnEngine(anEngine());
    await asked('undisturbed');
    await carryOn('undisturbed');
    ({ digest, rows } = await outcomeOf('undisturbed'));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
  afterAll(() => own?.close());

  const carryOn = (tenant: string, store: NettingStore = own.store) =>
    carryOnClosing({ ...own.tools, store }, { tenant, cycleId: tuesday, stepsMax: 100 }, noon);

  /** Eight obligations, one of them disputed, and three positions below the minimum; its closing is asked for. */
  async function asked(tenant: string) {
    const minimumPayments = [{ currency: 'CNY', amount: 50n }] as const;
    await add(own.store, await openCentre(tenant, { minimumPayments }), [...eight, anAsked('R-9')]);
    await act(tenant, 'R-9', { kind: 'DISPUTE', reason: 'x' });
    await cut(tenant);
    await ask(tenant);
  }

  async function outcomeOf(tenant: string) {
    const { cycle, rows: source } = await readReport(own.tools, { tenant, cycleId: tuesday });
    expect(cycle).toMatchObject({ state: 'CLOSED', result: { figures: { obligations: 8, moved: 1 } } });
    const { lines, counted } = await linesOf(own.store, tenant, wednesday);
    expect([lines.map(({ reference }) => reference), counted]).toEqual([['R-9'], 1]);
    expect(await own.store.readCarriedIn(tenant, wednesday)).toHaveLength(3);
    const { page } = await pageRows(source, { from: undefined, count: 1_000 });
    return { digest: cycle.result?.digest ?? '', rows: page };
  }

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  const cases = Array.from({ length: writesOfClosing }, (_, write) => deaths.map((death) => [write, death] as const));

  it.each(cases.flat())('killed at write %i, %s it is made, comes to the same', async (write, death) => {
    const tenant = `killed-${write}-${death.toLowerCase()}`;
    await asked(tenant);
    const dying = own.another();
    const { isDead } = dieAt(dying.client, write, death);
    await expect(carryOn(tenant, dying.store)).rejects.toThrow('killed');
    expect(isDead()).toBe(true);
    await carryOn(tenant);
    expect(await outcomeOf(tenant)).toEqual({ digest, rows });
  });

  it('has no write more than those', async () => {
    await asked('all-writes');
    const dying = own.another();
    const { isDead } = dieAt(dying.client, writesOfClosing, 'BEFORE');
    await carryOn('all-writes', dying.store);
    expect(isDead()).toBe(false);
    expect(await outcomeOf('all-writes')).toEqual({ digest, rows });
  });

  it('told twice, and to two at once, comes to the same', async () => {
    await asked('twice');
    await Promise.all([carryOn('twice'), carryOn('twice', own.another().store), carryOn('twice', own.another().store)]);
    const before = await own.snapshot();
    await carryOn('twice');
    expect(await own.snapshot()).toEqual(before);
    expect(await outcomeOf('twice')).toEqual({ digest, rows });
  });

  it('through conflicts, throttles and lost answers comes to the same', async () => {
    // A cycle is read by some forty calls, and begins to be anew where one of them fails.
    for (const seed of [1, 2, 3]) {
      const tenant = `faults-${seed}`;
      await asked(tenant);
      const { client, store } = own.another();
      const log = injectFaults(client, seed, {
        conflict: 0.3,
        throttle: 0.01,
        timeoutBefore: 0.01,
        timeoutAfter: 0.02,
      });
      for (let state = ''; state !== 'CLOSED'; ) {
        // What throws comes again through its queue.
        await carryOn(tenant, store).catch(() => undefined);
        state = (await own.store.readCycle(tenant, tuesday))?.state ?? '';
      }
      expect(await outcomeOf(tenant), `${log}`).toEqual({ digest, rows });
    }
  });
});
