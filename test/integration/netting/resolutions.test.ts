import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdrawPayment } from '../../../functions/netting/queued-payments/withdraw-payment.ts';
import { decideStep } from '../../../functions/netting/resolutions/decide-step.ts';
import type { Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import { settleStep } from '../../../functions/netting/resolutions/settle-step.ts';
import { simulateResolution } from '../../../functions/netting/resolutions/simulate-resolution.ts';
import { takeTurn } from '../../../functions/netting/resolutions/take-turn.ts';
import { on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { centreId, now, queueOnEngine, type TestQueue, told } from './queue-support.ts';

/** Ten cents and less, so that amounts read as in the literature. */
const ring = ['A→B 100', 'B→C 90', 'C→A 90', 'D→A 50'] as const;

describe.each(engines())('a queue on $kind', (engine) => {
  let own: TestQueue;
  beforeAll(async () => {
    own = await queueOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('that is gridlocked settles together; who is short waits, and is told by how much', async () => {
    const tenant = 'ring';
    await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 20n });
    await own.queue(tenant, ...ring);
    const before = await own.snapshot();
    const simulated = await simulateResolution(own.tools, { tenant, centreId }, 'CNY', now);
    expect(await own.snapshot()).toEqual(before);

    const resolution = await own.resolve(tenant, 'first');
    // A gives 100 and gets 90: it has 10. B gets 10, C nothing. D would give 50 and has 20.
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 10n, 0n, 20n]);
    expect(resolution).toMatchObject({
      state: 'ENDED',
      round: 1,
      figures: {
        ...{ settledPayments: 3, settledAmount: 280n, movedAmount: 10n, bilateralSets: 0, multilateralSets: 1 },
        ...{ waitingPayments: 1, waitingAmount: 50n },
      },
    });
    const lines = await own.linesOf(resolution);
    expect(told(lines, tenant).sort()).toEqual([
      'A→B 100: MULTILATERAL 1',
      'B→C 90: MULTILATERAL 1',
      'C→A 90: MULTILATERAL 1',
      'D→A 50: SHORT_OF_FUNDS 30',
    ]);
    expect(told([...simulated.sets, ...simulated.waiting], tenant)).toEqual(told(lines, tenant));
    expect(simulated.figures).toEqual(resolution.figures);
    expect(await own.paymentOf(tenant, 'A→B 100')).toMatchObject({ state: 'SETTLED', resolutionId: resolution.id });
    expect(await own.paymentOf(tenant, 'D→A 50')).toMatchObject({ state: 'QUEUED', revision: 1 });

    await own.move(tenant, 'outside', 'D', 30n);
    const second = await own.resolve(tenant, 'second');
    expect(told(await own.linesOf(second), tenant)).toEqual(['D→A 50: BILATERAL 1']);
    expect(await own.balances(tenant, 'A B C D')).toEqual([50n, 10n, 0n, 0n]);
    expect(await own.tools.store.readQueue(tenant, { centreId, currency: 'CNY' })).toEqual([]);
  });

  it('settles what two owe each other without any money, in a set of its own', async () => {
    const tenant = 'pair';
    await own.open(tenant, { A: 0n, B: 0n, C: 0n });
    await own.queue(tenant, 'A→B 70', 'B→A 70', 'B→C 5');
    const resolution = await own.resolve(tenant, 'only');
    expect(told(await own.linesOf(resolution), tenant).sort()).toEqual([
      'A→B 70: BILATERAL 1',
      'B→A 70: BILATERAL 1',
      'B→C 5: SHORT_OF_FUNDS 5',
    ]);
    expect(resolution.figures).toMatchObject({ settledAmount: 140n, movedAmount: 0n });
    expect(await own.balances(tenant, 'A B C')).toEqual([0n, 0n, 0n]);
  });

  it('leaves on an account what must stay there, and uses what it may be overdrawn by', async () => {
    const tenant = 'floors';
    await own.open(
      tenant,
      { A: 100n, B: 0n, C: 0n, D: 0n },
      { constraints: { A: { type: 'MIN_BALANCE', minor: 40n }, B: { type: 'OVERDRAFT_LIMIT', minor: 25n } } },
    );
    await own.queue(tenant, 'A→C 61', 'B→C 25', 'B→D 1');
    const resolution = await own.resolve(tenant, 'only');
    expect(told(await own.linesOf(resolution), tenant).sort()).toEqual([
      'A→C 61: SHORT_OF_FUNDS 1',
      'B→C 25: BILATERAL 1',
      'B→D 1: SHORT_OF_FUNDS 1',
    ]);
    expect(await own.balances(tenant, 'A B C D')).toEqual([100n, -25n, 25n, 0n]);
  });

  it('keeps limits over a whole day, and no longer', async () => {
    const tenant = 'limits';
    await own.open(
      tenant,
      { A: 1_000n, B: 1_000n, C: 0n },
      {
        participants: { A: { netDebitLimits: [{ currency: 'CNY', amount: 100n }] } },
        pairs: { bilateralLimits: [{ payer: 'B', payee: 'C', currency: 'CNY', amount: 30n }] },
      },
    );
    await own.queue(tenant, 'A→C 80', 'B→C 20');
    await own.resolve(tenant, 'morning');
    await own.queue(tenant, 'A→C 21', 'B→C 11', 'B→A 1');
    // A has given 80 of 100 and would give 101, less the 1 of B, which is behind; B has given C 20 of 30 and would give 31.
    const noon = await own.resolve(tenant, 'noon');
    expect(told(await own.linesOf(noon), tenant).sort()).toEqual([
      'A→C 21: NET_DEBIT_LIMIT 1',
      'B→A 1: BEHIND B→C 11',
      'B→C 11: BILATERAL_LIMIT 1',
    ]);
    await own.queue(tenant, 'C→B 1');
    const evening = await own.resolve(tenant, 'evening');
    // C gives B back 1: then B may give C 11, and A, which gets 1 of B, may give 21.
    expect(evening.figures).toMatchObject({ settledPayments: 4, waitingPayments: 0 });
    expect(await own.balances(tenant, 'A B C')).toEqual([900n, 969n, 131n]);
    await own.queue(tenant, 'A→C 100');
    const tomorrow = await own.resolve(tenant, 'tomorrow', new Date('2026-03-31T16:00:00.000Z'));
    expect(tomorrow.figures).toMatchObject({ settledPayments: 1, waitingPayments: 0 });
  });

  it('waits behind an account that cannot be moved, and says which', async () => {
    const tenant = 'bank';
    const bank = { type: 'ACCOUNT', number: '51001881236052505123', bank: { cnaps: '105100000017' } } as const;
    await own.open(
      tenant,
      { A: 50n, B: 50n, C: 0n },
      { participants: { C: { accounts: [{ at: 'BANK', currency: 'CNY', name: 'C', account: bank }] } } },
    );
    await own.queue(tenant, 'A→C 1', 'A→B 2', 'B→A 3');
    const resolution = await own.resolve(tenant, 'only');
    expect(told(await own.linesOf(resolution), tenant)).toEqual([
      'B→A 3: BILATERAL 1',
      'A→C 1: ACCOUNT C: It has no account of the ledger in CNY; give it one.',
      'A→B 2: BEHIND A→C 1',
    ]);
  });

  it('is decided again where a balance has moved meanwhile; what stands by itself has settled', async () => {
    const tenant = 'moved';
    await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 20n, E: 5n, F: 0n });
    await own.queue(tenant, ...ring, 'E→F 5');
    const decided = await decideStep(own.tools, await own.start(tenant, 'only'), now);
    expect(decided?.state).toBe('SETTLING');
    await own.move(tenant, 'A', 'outside', 5n);
    const again = decided && (await settleStep(own.tools, decided, now));
    expect(again).toMatchObject({ state: 'DECIDING', round: 2, barred: [], figures: { settledPayments: 1 } });
    await takeTurn(own.tools, { tenant, resolutionId: again?.id ?? '' }, now);
    const resolution = await own.find(tenant, again?.id ?? '');
    expect(told(await own.linesOf(resolution), tenant).sort()).toEqual([
      'A→B 100: SHORT_OF_FUNDS 95',
      'B→C 90: SHORT_OF_FUNDS 90',
      'C→A 90: SHORT_OF_FUNDS 90',
      'D→A 50: SHORT_OF_FUNDS 30',
      'E→F 5: BILATERAL 1',
    ]);
    expect(resolution).toMatchObject({ state: 'ENDED', round: 2 });
    expect(await own.balances(tenant, 'A B C D E F')).toEqual([5n, 0n, 0n, 20n, 0n, 5n]);
  });

  it('of more sets than one round posts is settled in rounds, in its order', async () => {
    const tenant = 'rounds';
    await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 4n });
    await own.queue(tenant, 'A→B 1', 'A→C 2', 'A→B 3', 'A→C 4', 'D→A 5');
    let resolution: Resolution | undefined = await own.start(tenant, 'only');
    const states: string[] = [];
    while (resolution && resolution.state !== 'ENDED') {
      const step: Promise<Resolution | undefined> =
        resolution.state === 'DECIDING'
          ? decideStep(own.tools, resolution, now, 2)
          : settleStep(own.tools, resolution, now);
      resolution = await step;
      states.push(`${resolution?.state} ${resolution?.round} ${resolution?.figures.settledAmount}`);
    }
    expect(states).toEqual(['SETTLING 1 0', 'DECIDING 2 3', 'SETTLING 2 3', 'ENDED 2 10']);
    expect(resolution && told(await own.linesOf(resolution), tenant)).toEqual([
      ...['A→B 1: BILATERAL 1', 'A→C 2: BILATERAL 2', 'A→B 3: BILATERAL 3', 'A→C 4: BILATERAL 4'],
      'D→A 5: SHORT_OF_FUNDS 1',
    ]);
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 4n, 6n, 4n]);
  });

  it('settles nothing of a payer behind what was refused', async () => {
    const tenant = 'order';
    await own.open(tenant, { A: 13n, B: 0n, C: 0n });
    await own.queue(tenant, 'A→B 10', 'A→C 3');
    const decided = await decideStep(own.tools, await own.start(tenant, 'only'), now);
    await own.move(tenant, 'A', 'outside', 5n);
    // The 8 that are left would do for the second payment.
    const again = decided && (await settleStep(own.tools, decided, now));
    expect(again).toMatchObject({ state: 'DECIDING', figures: { settledPayments: 0 } });
    await takeTurn(own.tools, { tenant, resolutionId: again?.id ?? '' }, now);
    expect(told(await own.linesOf(await own.find(tenant, again?.id ?? '')), tenant)).toEqual([
      'A→B 10: SHORT_OF_FUNDS 2',
      'A→C 3: BEHIND A→B 10',
    ]);
    expect(await own.balances(tenant, 'A B C')).toEqual([8n, 0n, 0n]);
  });

  it('is resolved by one of two at once, and its payments settle once, however many carry it on', async () => {
    const tenant = 'twice';
    await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 20n });
    await own.queue(tenant, ...ring);
    const started = await Promise.allSettled([own.start(tenant, 'one'), own.start(tenant, 'other')]);
    const [won] = started.filter((one) => one.status === 'fulfilled');
    const [lost] = started.filter((one) => one.status === 'rejected');
    const resolutionId = won?.value.id ?? '';
    expect(lost?.reason).toMatchObject({ code: 'netting/queue-being-resolved', fields: { resolutionId } });
    const workers = [own.another(), own.another(), own.another()];
    await Promise.all(workers.map(({ tools }) => takeTurn(tools, { tenant, resolutionId }, now)));
    for (const minute of [2, 4, 6]) {
      await takeTurn(own.tools, { tenant, resolutionId }, new Date(now.getTime() + minute * 60_000));
    }
    expect(await own.find(tenant, resolutionId)).toMatchObject({ state: 'ENDED', figures: { settledPayments: 3 } });
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 10n, 0n, 20n]);
    const again = await own.resolve(tenant, 'a third');
    expect(again.figures).toMatchObject({ settledPayments: 0, waitingPayments: 1 });
  });

  it('either settles a payment that is withdrawn meanwhile, or lets it go', async () => {
    const tenant = 'withdrawn';
    await own.open(tenant, { A: 100n, B: 0n });
    const payments = Array.from({ length: 10 }, (_, n) => `A→B ${n + 1}`);
    await own.queue(tenant, ...payments);
    const ids = await Promise.all(payments.map(async (payment) => (await own.paymentOf(tenant, payment)).id));
    const [resolution, results] = await Promise.all([
      own.resolve(tenant, 'only'),
      Promise.allSettled(
        ids.map((paymentId) => withdrawPayment(own.another().tools.store, { tenant, centreId, paymentId }, on)),
      ),
    ]);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 409 });
    }
    const kept = await Promise.all(payments.map((payment) => own.paymentOf(tenant, payment)));
    expect(new Set(kept.map(({ state }) => state)).has('QUEUED')).toBe(false);
    const settled = kept.filter(({ state }) => state === 'SETTLED').reduce((sum, { amount }) => sum + amount, 0n);
    expect(resolution.figures.settledAmount).toBe(settled);
    expect(await own.balances(tenant, 'A B')).toEqual([100n - settled, settled]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      kept.filter(({ state }) => state === 'WITHDRAWN').length,
    );
  });

  it('does not withdraw what is decided to settle, but what is not', async () => {
    const tenant = 'decided';
    await own.open(tenant, { A: 10n, B: 0n, C: 0n, D: 20n });
    await own.queue(tenant, ...ring);
    const decided = await decideStep(own.tools, await own.start(tenant, 'only'), now);
    const withdraw = async (payment: string) => {
      const { id: paymentId } = await own.paymentOf(tenant, payment);
      return withdrawPayment(own.tools.store, { tenant, centreId, paymentId }, on);
    };
    await expect(withdraw('B→C 90')).rejects.toMatchObject({ code: 'netting/queued-payment-state' });
    expect(await withdraw('D→A 50')).toMatchObject({ state: 'WITHDRAWN' });
    await takeTurn(own.tools, { tenant, resolutionId: decided?.id ?? '' }, now);
    expect(await own.find(tenant, decided?.id ?? '')).toMatchObject({
      state: 'ENDED',
      figures: { settledPayments: 3 },
    });
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 10n, 0n, 20n]);
  });
});
