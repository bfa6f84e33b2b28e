import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOutPayment } from '../../../functions/pooling/payments/carry-out-payment.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { type Doom, doomAt, doomed } from './doomed.ts';
import { carryOnAll, spend } from './moves.ts';
import { funding, oneEntity, type PayingPool, payingPool } from './paying.ts';
import { runToEnd, yuan, zeroBalance } from './pools.ts';
import { now, poolingOnEngine, type TestPooling } from './support.ts';

const limitOf = (amount: string) => ({ limits: [{ period: 'DAY', amount: yuan(amount) }] });
/** After the plan is stored, before it is booked. */
const planned: Doom = { write: 1, when: 'AFTER' };
const placesMax = 20;

const breakOffIn = (pooling: TestPooling, one: PayingPool, from: string, minor: bigint, doom = planned) =>
  doomed(pooling, doom).run((tools) => one.pay(from, minor, undefined, tools));

/** As a caller does: sends it again under its key until it is at its end. */
async function persist(one: PayingPool, from: string, minor: bigint) {
  for (;;) {
    try {
      const payment = await one.pay(from, minor);
      if (payment.status !== 'PLANNED') return payment;
    } catch (error) {
      if ((error as { code?: string }).code !== 'request/conflict-retry') throw error;
    }
  }
}

describe.each(engines())('payments that cross others on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  const breakOff = (one: PayingPool, from: string, minor: bigint, doom?: Doom) =>
    breakOffIn(pooling, one, from, minor, doom);

  it('one that breaks off after its plan and is overtaken is planned anew, within the same limit', async () => {
    const c1 = { down: [funding({ levels: 2, ...limitOf('50.00') })] };
    const terms = { members: { r1: { down: [funding()] }, c1 }, parents: { c1: 'r1' }, ...oneEntity };
    const one = await payingPool(pooling, 'overtaken', { hq: 10_000n, r1: 5_000n, c1: 0n }, terms);
    expect(await breakOff(one, 'c1', 5_000n)).toBe('KILLED');
    await spend(pooling, 'overtaken', one.ids.r1 ?? '', 4_000n);
    expect(await one.pay('c1', 5_000n)).toMatchObject({ status: 'PAID', attempt: 2 });
    expect(await one.balances()).toEqual([6_000n, 0n, 0n]);
    expect([await one.position('r1'), await one.position('c1')]).toEqual([-4_000n, -5_000n]);
    expect((await one.state('c1'))?.used).toEqual([{ way: 'DOWN', limit: 'DAY', since: '2026-03-02', amount: 5_000n }]);
  });

  it('one planned anew is not planned once more by an executor that still has the plan before', async () => {
    const c1 = { down: [funding({ levels: 2 })] };
    const terms = { members: { r1: { down: [funding()] }, c1 }, parents: { c1: 'r1' }, ...oneEntity };
    const one = await payingPool(pooling, 'stale', { hq: 10_000n, r1: 5_000n, c1: 0n }, terms);
    expect(await breakOff(one, 'c1', 5_000n)).toBe('KILLED');
    const stale = await pooling.store.readPayment('stale', deriveId('pay', 'stale', 'c1 5000'));
    if (!stale) throw new Error('The plan is not stored.');
    await spend(pooling, 'stale', one.ids.r1 ?? '', 4_000n);
    // The refusal of the ledger, then the second plan.
    expect(await breakOff(one, 'c1', 5_000n, { write: 2, when: 'AFTER' })).toBe('KILLED');
    expect([await one.position('r1'), await one.position('c1')]).toEqual([-4_000n, -5_000n]);
    expect(await carryOutPayment(pooling.tools, one.pool, stale, now)).toMatchObject({ status: 'PAID', attempt: 2 });
    expect([await one.position('r1'), await one.position('c1')]).toEqual([-4_000n, -5_000n]);
    expect(await one.balances()).toEqual([6_000n, 0n, 0n]);
  });

  it('one that is overtaken and cannot be planned anew gives back all it took', async () => {
    const c1 = { up: [zeroBalance()], down: [funding({ basis: 'POSITION', ...limitOf('50.00') })] };
    const one = await payingPool(pooling, 'given-back', { hq: 0n, c1: 5_000n }, { members: { c1 }, ...oneEntity });
    await runToEnd(pooling.tools, one.pool);
    expect(await breakOff(one, 'c1', 5_000n)).toBe('KILLED');
    expect(await one.position('c1')).toBe(0n);
    await spend(pooling, 'given-back', one.ids.hq ?? '', 1n);
    const refused = await one.pay('c1', 5_000n);
    expect(refused).toMatchObject({ status: 'REFUSED', funding: [], refusal: { reason: 'PARENT_SHORT', short: 1n } });
    expect(await one.position('c1')).toBe(5_000n);
    expect((await one.pay('c1', 4_999n)).status).toBe('PAID');
  });

  it('one planned while another is under way cannot lend more than the internal ledger holds', async () => {
    const c1 = { up: [zeroBalance()], down: [funding({ basis: 'LEDGER' })] };
    const one = await payingPool(pooling, 'ledger', { hq: 50_000n, c1: 6_000n }, { members: { c1 } });
    await runToEnd(pooling.tools, one.pool);
    expect(await breakOff(one, 'c1', 6_000n)).toBe('KILLED');
    expect((await one.pay('c1', 5_000n)).status).toBe('PAID');
    expect(await one.pay('c1', 6_000n)).toMatchObject({
      status: 'REFUSED',
      refusal: { reason: 'POSITION', short: 5_000n },
    });
    expect(await one.loanOf('c1')).toEqual([1_000n, -1_000n]);
    expect(await one.balances()).toEqual([51_000n, 0n]);
  });

  it('one planned while another is under way cannot pass the ceiling of the loan', async () => {
    const loans = [{ lender: 'hq', borrower: 'c1', contract: 'WD-9', ceiling: yuan('80.00') }];
    const one = await payingPool(
      pooling,
      'ceiling',
      { hq: 50_000n, c1: 0n },
      { members: { c1: { down: [funding()] } }, loans },
    );
    expect(await breakOff(one, 'c1', 6_000n)).toBe('KILLED');
    expect((await one.pay('c1', 5_000n)).status).toBe('PAID');
    expect(await one.pay('c1', 6_000n)).toMatchObject({ status: 'REFUSED', refusal: { reason: 'LOAN_CEILING' } });
    expect(await one.loanOf('c1')).toEqual([-5_000n, 5_000n]);
  });

  it('many at once from one account never pass its limit together', async () => {
    const agreed = { down: [funding(limitOf('100.00'))] };
    const one = await payingPool(pooling, 'shared', { hq: 50_000n, c1: 0n }, { members: { c1: agreed }, ...oneEntity });
    const amounts = [2_901n, 2_902n, 2_903n, 2_904n, 2_905n, 2_906n];
    const payments = await Promise.all(amounts.map((minor) => persist(one, 'c1', minor)));
    const paid = payments.filter(({ status }) => status === 'PAID').reduce((sum, { amount }) => sum + amount, 0n);
    expect(payments.filter(({ status }) => status === 'PAID')).toHaveLength(3);
    expect(await one.balances()).toEqual([50_000n - paid, 0n]);
    expect(await one.position('c1')).toBe(-paid);
  });
});

describe('payments in numbers, and one that is killed', () => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
  });
  afterAll(() => pooling?.close());

  it('twenty at once of children of one parent are made as far as its money goes', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `c${String(index + 1).padStart(2, '0')}`);
    const members = Object.fromEntries(names.map((name) => [name, { down: [funding(limitOf('50.00'))] }]));
    const balances = { hq: 61_000n, ...Object.fromEntries(names.map((name) => [name, 0n])) };
    const header = { reserve: yuan('10.00') };
    const one = await payingPool(pooling, 'twenty', balances, { members, header, ...oneEntity });
    const payments = await Promise.all(names.map((name) => persist(one, name, 5_000n)));
    const paid = payments.filter(({ status }) => status === 'PAID');
    expect(paid).toHaveLength(12);
    expect(payments.filter(({ status }) => status === 'REFUSED')).toHaveLength(8);
    expect(await one.balances()).toEqual([1_000n, ...names.map(() => 0n)]);
    for (const [index, name] of names.entries()) {
      const taken = payments[index]?.status === 'PAID' ? 5_000n : 0n;
      const state = await one.state(name);
      expect(state?.position ?? 0n).toBe(-taken);
      expect(state?.used.reduce((sum, { amount }) => sum + amount, 0n) ?? 0n).toBe(taken);
    }
    await carryOnAll(pooling.tools, 'twenty');
    expect((await one.balances())[0]).toBe(1_000n);
  });

  it('one that is killed anywhere comes to the same end', async () => {
    const agreed = { down: [funding({ levels: 2, ...limitOf('100.00') })] };
    const terms = { members: { r1: { reserve: yuan('10.00'), ...agreed }, c1: agreed }, parents: { c1: 'r1' } };
    const end = async (one: PayingPool) => ({
      balances: await one.balances(),
      loans: [await one.loanOf('r1'), await one.loanOf('c1')],
      used: [(await one.state('r1'))?.used, (await one.state('c1'))?.used],
      positions: [await one.position('r1'), await one.position('c1')],
    });
    const used = (amount: bigint) => [{ way: 'DOWN', limit: 'DAY', since: '2026-03-02', amount }];
    let place = 0;
    for (; place < placesMax; place++) {
      const one = await payingPool(pooling, `killed${place}`, { hq: 10_000n, r1: 3_000n, c1: 1_000n }, terms);
      const answer = await breakOffIn(pooling, one, 'c1', 6_000n, doomAt(place));
      if (place % 2 === 0) await carryOnAll(pooling.tools, `killed${place}`);
      expect(await persist(one, 'c1', 6_000n)).toMatchObject({ status: 'PAID', attempt: 1 });
      expect(await end(one)).toEqual({
        balances: [7_000n, 1_000n, 0n],
        loans: [
          [-3_000n, 3_000n],
          [-5_000n, 5_000n],
        ],
        used: [used(3_000n), used(5_000n)],
        positions: [-3_000n, -5_000n],
      });
      if (answer !== 'KILLED') break;
    }
    // Three writes: the plan, the transfer, the end.
    expect(place).toBe(6);
  });
});
