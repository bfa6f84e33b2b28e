import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeptPayment } from '../../../functions/netting/queued-payments/kept-payment.ts';
import { listQueue, type QueuePlace } from '../../../functions/netting/queued-payments/list-queue.ts';
import { type Queued, queuePayments } from '../../../functions/netting/queued-payments/queue-payments.ts';
import { paymentRecorder } from '../../../functions/netting/queued-payments/record-together.ts';
import { withdrawPayment } from '../../../functions/netting/queued-payments/withdraw-payment.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { on } from '../../functions/netting/intake-samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { asked, centreId, queueOnEngine, type TestProcess, type TestQueue } from './queue-support.ts';

const draftOf = (payment: string, requestId = 'test') => ({
  ...{ asked: asked(payment), at: on.at, cause: { ...on.cause, requestId } },
});
const paymentsOf = (queued: readonly Queued[]): KeptPayment[] =>
  queued.flatMap((one) => (one.outcome === 'REFUSED' ? [] : [one.payment]));

function queueAll({ tools }: TestProcess, tenant: string, payments: readonly string[], requestId = 'test') {
  const drafts = payments.map((payment) => draftOf(payment, requestId));
  return queuePayments(tools.store, { tenant, centreId }, drafts);
}

async function waiting(own: TestQueue, tenant: string): Promise<string[]> {
  const entries = await own.tools.store.readQueue(tenant, { centreId, currency: 'CNY' });
  return entries.map(({ payer, number, reference }) => `${payer} ${number} ${reference}`);
}

describe.each(engines())('queued payments on $kind', (engine) => {
  let own: TestQueue;
  beforeAll(async () => {
    own = await queueOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('have a number in the order in which they came, and count once', async () => {
    const tenant = 'numbers';
    const first = await queueAll(own, tenant, ['A→B 1', 'B→A 7', 'A→B 1', 'A→C 2']);
    expect(first.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED', 'KNOWN', 'ACCEPTED']);
    const before = await own.snapshot();
    const again = await queueAll(own, tenant, ['A→C 2', 'A→B 1'], 'later');
    expect(again.map(({ outcome }) => outcome)).toEqual(['KNOWN', 'KNOWN']);
    const other = await queuePayments(own.tools.store, { tenant, centreId }, [
      { ...draftOf('A→B 1'), asked: { ...asked('A→B 1'), amount: 9n } },
    ]);
    expect(other).toMatchObject([{ outcome: 'REFUSED', fault: { code: 'REFERENCE_USED', field: 'reference' } }]);
    expect(await own.snapshot()).toEqual(before);
    await queueAll(own, tenant, ['A→B 3']);
    expect((await waiting(own, tenant)).filter((one) => one.startsWith('A'))).toEqual([
      'A 1 A→B 1',
      'A 2 A→C 2',
      'A 3 A→B 3',
    ]);
  });

  it('get no number twice of two processes at once, nor of many calls at once', async () => {
    const tenant = 'race';
    const [one, other] = [own.another(), own.another()];
    const [mine, yours] = await Promise.all([
      queueAll(
        one,
        tenant,
        Array.from({ length: 120 }, (_, n) => `A→B ${n + 1}`),
      ),
      queueAll(
        other,
        tenant,
        Array.from({ length: 120 }, (_, n) => `A→C ${n + 1}`),
      ),
    ]);
    const record = paymentRecorder(own.another().tools.store);
    const singles = await Promise.all(
      Array.from({ length: 60 }, (_, n) => record({ tenant, centreId }, draftOf(`A→D ${n + 1}`))),
    );
    for (const queued of [mine, yours, singles]) {
      const numbers = paymentsOf(queued).map(({ number }) => number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    const numbers = paymentsOf([...mine, ...yours, ...singles]).map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    expect(await waiting(own, tenant)).toHaveLength(300);
  });

  it('are listed page by page, those of one payer in their order; what was withdrawn is not', async () => {
    const tenant = 'list';
    const payments = ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((payer) =>
      Array.from({ length: 7 }, (_, n) => `${payer}→X ${n + 1}`),
    );
    const queued = paymentsOf(await queueAll(own, tenant, payments));
    const withdrawn = queued.find(({ reference }) => reference === 'C→X 4');
    const which = { tenant, centreId, paymentId: withdrawn?.id ?? '' };
    expect(await withdrawPayment(own.tools.store, which, on)).toMatchObject({ state: 'WITHDRAWN', revision: 2 });
    expect(await withdrawPayment(own.tools.store, which, on)).toMatchObject({ revision: 2 });
    const read = async (payer?: string) => {
      const found: string[] = [];
      let from: QueuePlace | undefined;
      do {
        const options = { count: 4, ...(payer && { payer }), ...(from && { from }) };
        const page = await listQueue(own.tools.store, tenant, { centreId, currency: 'CNY' }, options);
        expect(page.payments.length).toBeLessThanOrEqual(4);
        found.push(...page.payments.map(({ reference }) => reference));
        from = page.next;
      } while (from);
      return found;
    };
    expect((await read()).sort()).toEqual(payments.filter((payment) => payment !== 'C→X 4').sort());
    expect(await read('C')).toEqual([1, 2, 3, 5, 6, 7].map((amount) => `C→X ${amount}`));
    await expect(withdrawPayment(own.tools.store, { ...which, tenant: 'other' }, on)).rejects.toMatchObject({
      code: 'netting/queued-payment-not-found',
    });
    await expect(withdrawPayment(own.tools.store, { ...which, centreId: 'ctr_x' }, on)).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('what a queued payment costs', () => {
  let own: TestQueue;
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is in batches under four write units of netting, from queued to settled', async () => {
    const tenant = 'units';
    const ids = Array.from({ length: 40 }, (_, n) => `P${n}`);
    await own.open(tenant, Object.fromEntries(ids.map((id) => [id, 0n])));
    // Each pays the next the same, 25 times over: all settles, and no money moves.
    const payments = Array.from({ length: 25 }, (_, round) =>
      ids.map((id, n) => `${id}→${ids[(n + 1) % ids.length]} ${round + 1}`),
    ).flat();
    const meter = meterWrites(own.client);
    await own.queue(tenant, ...payments);
    const queued = meter.report().total / payments.length;
    meter.reset();
    const resolution = await own.resolve(tenant, 'only');
    const settled = meter.report().total / payments.length;
    meter.stop();
    expect(resolution.figures).toMatchObject({ settledPayments: 1_000, movedAmount: 0n, waitingPayments: 0 });
    process.stdout.write(
      `write units per queued payment: ${queued.toFixed(2)} to queue it, ${settled.toFixed(2)} to settle it\n`,
    );
    expect(queued).toBeLessThan(2.5);
    expect(settled).toBeLessThan(1.5);
  });
});

describe('a process that dies while it queues payments', () => {
  let own: TestQueue;
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  it.each([0, 1, 2].flatMap((write) => deaths.map((death) => [write, death] as const)))(
    'at write %i, %s it is made, is made good by sending it again',
    async (write, death) => {
      const tenant = `dead-${write}-${death.toLowerCase()}`;
      const payments = Array.from({ length: 250 }, (_, n) => `A→B ${n + 1}`);
      const dying = own.another();
      dieAt(dying.client, write, death);
      await expect(queueAll(dying, tenant, payments)).rejects.toThrow('killed');
      const again = paymentsOf(await queueAll(own, tenant, payments, 'again'));
      expect(again.map(({ number }) => number)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
      expect(await waiting(own, tenant)).toEqual(payments.map((payment, n) => `A ${n + 1} ${payment}`));
    },
  );
});
