import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideStep } from '../../../functions/netting/resolutions/decide-step.ts';
import type { Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import { settleStep } from '../../../functions/netting/resolutions/settle-step.ts';
import { resumeResolutions, takeTurn } from '../../../functions/netting/resolutions/take-turn.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { largeRing, minutesLater, now, queueOnEngine, type TestQueue } from './queue-support.ts';

const deaths: readonly Death[] = ['BEFORE', 'AFTER'];

describe('a process that dies while it resolves a queue', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function dies(tenant: string, write: number, death: Death): Promise<boolean> {
    const { id: resolutionId } = await own.start(tenant, 'only');
    const dying = own.another();
    const { isDead } = dieAt(dying.client, write, death);
    const turn = takeTurn(dying.tools, { tenant, resolutionId }, now);
    if (
      !(await turn.then(
        () => false,
        () => true,
      ))
    )
      return isDead();
    if ((await own.find(tenant, resolutionId)).state === 'ENDED') return isDead();
    // Nothing is heard of it for a while; then it is handed on.
    await resumeResolutions(own.tools.store, minutesLater(20));
    expect(await own.find(tenant, resolutionId)).toMatchObject({ turn: 1 });
    await takeTurn(own.tools, { tenant, resolutionId }, minutesLater(20));
    return true;
  }

  it.each(deaths)('%s any of its writes, leaves to the next what settles once', async (death) => {
    let write = 0;
    for (let isDead = true; isDead; write++) {
      const tenant = `ring-${write}-${death.toLowerCase()}`;
      await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 20n, E: 4n });
      await own.queue(tenant, 'A→B 100', 'B→C 90', 'C→A 90', 'D→A 50', 'E→D 4');
      isDead = await dies(tenant, write, death);
      const resolution = await own.find(tenant, (await own.paymentOf(tenant, 'A→B 100')).resolutionId ?? '');
      expect(resolution, `write ${write}`).toMatchObject({
        ...{ state: 'ENDED', round: 1 },
        figures: { settledPayments: 4, settledAmount: 284n, movedAmount: 14n, waitingPayments: 1 },
      });
      expect(await own.balances(tenant, 'A B C D E')).toEqual([0n, 10n, 0n, 24n, 0n]);
      const waiting = await own.tools.store.readQueue(tenant, { centreId: 'ctr_group', currency: 'CNY' });
      expect(waiting.map(({ reference }) => reference)).toEqual(['D→A 50']);
    }
    expect(write).toBeGreaterThan(10);
  });

  // Lists and the decision, two holds (3, 4), two postings (5, 6), and then marks, which are all alike.
  const writes = [2, 4, 6, 40];
  it.each(writes.flatMap((write) => deaths.map((death) => [write, death] as const)))(
    'at write %i, %s it is made, moves all of a set that is held first once',
    async (write, death) => {
      const ring = largeRing(41);
      const tenant = `large-${write}-${death.toLowerCase()}`;
      await own.open(tenant, ring.balances);
      await own.queue(tenant, ...ring.payments);
      expect(await dies(tenant, write, death)).toBe(true);
      expect(await own.balances(tenant, ring.ids)).toEqual(ring.after);
      const kept = await Promise.all(ring.payments.map((payment) => own.paymentOf(tenant, payment)));
      expect(new Set(kept.map(({ state }) => state))).toEqual(new Set(['SETTLED']));
    },
  );
});

describe('a set that one transfer does not hold', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('settles whole: 90 payments come to 45 legs', async () => {
    const ring = largeRing(45);
    await own.open('whole', ring.balances);
    await own.queue('whole', ...ring.payments);
    const resolution = await own.resolve('whole', 'only');
    expect(resolution).toMatchObject({
      state: 'ENDED',
      figures: { settledPayments: 90, settledAmount: 9_045n, movedAmount: 45n, multilateralSets: 1 },
    });
    expect(await own.balances('whole', ring.ids)).toEqual(ring.after);
  });

  it('moves nothing where one of it has no money any more, and nothing of it stays held', async () => {
    const ring = largeRing(45);
    const tenant = 'broken';
    await own.open(tenant, ring.balances);
    await own.queue(tenant, ...ring.payments);
    const decided = await decideStep(own.tools, await own.start(tenant, 'only'), now);
    // By id it is one of the last, so that most of the legs are held when it is found short.
    await own.move(tenant, 'P88', 'outside', 1n);
    const again = decided && (await settleStep(own.tools, decided, now));
    expect(again).toMatchObject({ state: 'DECIDING', round: 2, figures: { settledPayments: 0 } });
    const expected = ring.ids.split(' ').map((id) => (id === 'P88' ? 0n : (ring.balances[id] ?? 0n)));
    expect(await own.balances(tenant, ring.ids)).toEqual(expected);
    await takeTurn(own.tools, { tenant, resolutionId: again?.id ?? '' }, now);
    expect(await own.find(tenant, again?.id ?? '')).toMatchObject({ state: 'ENDED', figures: { waitingPayments: 90 } });
  });

  it('that is posted in part when the ledger breaks off is told by nobody to be settled, and goes on', async () => {
    const tenant = 'failing';
    const ring = largeRing(41);
    await own.open(tenant, ring.balances);
    await own.queue(tenant, ...ring.payments);
    const { id: resolutionId } = await own.start(tenant, 'only');
    const busy = own.another();
    let refuses = true;
    const endHolds: typeof busy.tools.ledger.endHolds = async (of, endings, moment) => {
      const results = await busy.tools.ledger.endHolds(of, refuses ? endings.slice(0, 1) : endings, moment);
      if (refuses) throw new Error('The ledger broke off.');
      return results;
    };
    const tools = { ...busy.tools, ledger: { ...busy.tools.ledger, endHolds } };
    await takeTurn(tools, { tenant, resolutionId }, now);
    expect(await own.find(tenant, resolutionId)).toMatchObject({
      state: 'SETTLING',
      failures: 1,
      retryAt: expect.any(String),
    });
    expect(await own.paymentOf(tenant, 'P0→P1 101')).toMatchObject({ state: 'QUEUED' });
    refuses = false;
    // Half a minute later it still waits for its next attempt.
    await takeTurn(tools, { tenant, resolutionId }, minutesLater(0.5));
    expect(await own.find(tenant, resolutionId)).toMatchObject({ state: 'SETTLING' });
    await resumeResolutions(own.tools.store, minutesLater(1));
    await takeTurn(tools, { tenant, resolutionId }, minutesLater(1));
    expect(await own.find(tenant, resolutionId)).toMatchObject({ state: 'ENDED', failures: 0, turn: 1 });
    expect(await own.balances(tenant, ring.ids)).toEqual(ring.after);
  });

  it('that waits for its next attempt is tried again as soon as somebody asks for a resolution', async () => {
    const tenant = 'asked';
    const ring = largeRing(41);
    await own.open(tenant, ring.balances);
    await own.queue(tenant, ...ring.payments);
    const { id: resolutionId } = await own.start(tenant, 'only');
    await expect(own.start(tenant, 'other')).rejects.toMatchObject({ code: 'netting/queue-being-resolved' });
    const { tools } = own.another();
    const endHolds = async () => {
      throw new Error('The ledger broke off.');
    };
    await takeTurn({ ...tools, ledger: { ...tools.ledger, endHolds } }, { tenant, resolutionId }, now);
    expect(await own.find(tenant, resolutionId)).toMatchObject({ failures: 1, retryAt: expect.any(String) });
    const asked = await own.start(tenant, 'other');
    expect(asked).toMatchObject({ id: resolutionId, state: 'SETTLING', turn: 1, failures: 1 });
    expect(asked).not.toHaveProperty('retryAt');
    await takeTurn(tools, { tenant, resolutionId }, now);
    expect(await own.balances(tenant, ring.ids)).toEqual(ring.after);
    // The same key asks for no other resolution.
    expect(await own.start(tenant, 'other')).toMatchObject({ id: resolutionId, state: 'ENDED' });
  });

  it('is the same through conflicts, throttles and lost answers', async () => {
    const tenant = 'faults';
    const ring = largeRing(21);
    await own.open(tenant, ring.balances);
    await own.queue(tenant, ...ring.payments);
    const { id: resolutionId } = await own.start(tenant, 'only');
    const faulty = own.another();
    const log = injectFaults(faulty.client, 11, {
      ...{ conflict: 0.1, throttle: 0.01, timeoutBefore: 0.01, timeoutAfter: 0.03 },
    });
    for (let turn = 0; turn < 40; turn++) {
      await takeTurn(faulty.tools, { tenant, resolutionId }, minutesLater(turn * 61)).catch(() => undefined);
    }
    expect(log.countOf('timeoutAfter'), `${log}`).toBeGreaterThan(0);
    expect(await own.find(tenant, resolutionId), `${log}`).toMatchObject({ state: 'ENDED', round: 1 });
    expect(await own.balances(tenant, ring.ids), `${log}`).toEqual(ring.after);
  });
});

describe('resolutions that broke off', () => {
  quietLog();
  it('are handed on each by itself: one that cannot be keeps no other from its turn', async () => {
    const under = { state: 'SETTLING', changedAt: now.toISOString(), turn: 0, failures: 0, revision: 1 };
    const of = (id: string, more: object = {}) => ({ tenant: 'handed-on', id, ...under, ...more }) as Resolution;
    const waits = { retryAt: minutesLater(15).toISOString() };
    const handedOn: string[] = [];
    const store: Parameters<typeof resumeResolutions>[0] = {
      listResolutionsUnderWay: async (after) =>
        after === undefined
          ? { resolutions: [of('busy'), of('one'), of('ended', { state: 'ENDED' })], next: 'more' }
          : { resolutions: [of('young', { changedAt: minutesLater(1).toISOString() }), of('due', waits)] },
      replaceRun: async ({ id }) => {
        if (id === 'busy') throw Object.assign(new Error('Too much.'), { name: 'ThrottlingException' });
        handedOn.push(id);
      },
    };
    expect(await resumeResolutions(store, minutesLater(16))).toHaveLength(1);
    expect(handedOn).toEqual(['one', 'due']);
  });
});
