import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import { engines } from '../../support/engines.ts';
import { change, pay } from './moves.ts';
import { funding, oneEntity, type PayingTerms, payingPool } from './paying.ts';
import { newPool, runToEnd, today, withMembers, yuan, zeroBalance } from './pools.ts';
import { balancesOf, openAccount, poolingOnEngine, type TestPooling, worldOf } from './support.ts';

const dayLimit = { limits: [{ period: 'DAY', amount: yuan('100.00') }] };

describe.each(engines())('a payment from a pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  const poolOf = (tenant: string, balances: Record<string, bigint>, terms: PayingTerms) =>
    payingPool(pooling, tenant, balances, terms);

  it('is funded exactly up to the limit', async () => {
    const one = await poolOf(
      'limit',
      { hq: 100_000n, c1: 2_000n },
      { members: { c1: { down: [funding(dayLimit)] } }, ...oneEntity },
    );
    expect(await one.pay('c1', 12_000n)).toMatchObject({ status: 'PAID', attempt: 1 });
    expect(await one.balances()).toEqual([90_000n, 0n]);
    expect(await one.position('c1')).toBe(-10_000n);
    expect(await one.pay('c1', 1n)).toMatchObject({ status: 'REFUSED', refusal: { reason: 'LIMIT', short: 1n } });
  });

  it('of one minor unit more is refused and leaves nothing but its own record', async () => {
    const one = await poolOf(
      'beyond',
      { hq: 100_000n, c1: 2_000n },
      { members: { c1: { down: [funding(dayLimit)] } }, ...oneEntity },
    );
    const before = await pooling.snapshot();
    const refused = await one.pay('c1', 12_001n, 'key-1');
    expect(refused).toMatchObject({
      status: 'REFUSED',
      refusal: { reason: 'LIMIT', short: 1n, accountId: one.ids.c1 },
    });
    const after = await pooling.snapshot();
    const own = [`beyond#${refused.id} PAYMENT`, 'beyond#K#payFromPool#key-1 K'];
    expect([...after.keys()].filter((key) => !before.has(key)).sort()).toEqual(own.sort());
    for (const key of own) after.delete(key);
    expect(after).toEqual(before);
  });

  it.each([
    { order: 'CHILD_FIRST', hq: 4_000n, amount: 5_000n, after: [1_000n, 0n] },
    { order: 'PARENT_FIRST', hq: 9_000n, amount: 5_000n, after: [4_000n, 2_000n] },
    // Above its reserve of 10.00 the parent has 30.00; the account pays 15.00 itself.
    { order: 'PARENT_FIRST', hq: 4_000n, amount: 4_500n, after: [1_000n, 500n] },
    { order: 'PARENT_FIRST', hq: 500n, amount: 1_500n, after: [500n, 500n] },
  ])('takes the money of $order: $amount with $hq above', async ({ order, hq, amount, after }) => {
    const terms = { members: { c1: { down: [funding({ order })] } }, header: { reserve: yuan('10.00') }, ...oneEntity };
    const one = await poolOf(`order-${order}-${amount}`, { hq, c1: 2_000n }, terms);
    expect((await one.pay('c1', amount)).status).toBe('PAID');
    expect(await one.balances()).toEqual(after);
  });

  const twoLevels = (levels: number, r1: object = {}) => ({
    members: { r1: { reserve: yuan('10.00'), down: [funding(r1)] }, c1: { down: [funding({ levels })] } },
    parents: { c1: 'r1' },
  });

  it('draws on the parent of a parent that is short, where two levels are agreed', async () => {
    const one = await poolOf('cascade', { hq: 10_000n, r1: 3_000n, c1: 0n }, { ...twoLevels(2), ...oneEntity });
    const paid = await one.pay('c1', 5_000n);
    expect(paid.funding.map(({ accountId, amount }) => [accountId, amount])).toEqual([
      [one.ids.r1, 3_000n],
      [one.ids.c1, 5_000n],
    ]);
    expect(await one.balances()).toEqual([7_000n, 1_000n, 0n]);
    expect([await one.position('r1'), await one.position('c1')]).toEqual([-3_000n, -5_000n]);
  });

  it('draws on no level beyond those agreed', async () => {
    const one = await poolOf('levels', { hq: 10_000n, r1: 3_000n, c1: 0n }, { ...twoLevels(1), ...oneEntity });
    expect(await one.pay('c1', 2_001n)).toMatchObject({ refusal: { reason: 'PARENT_SHORT', short: 1n } });
    expect((await one.pay('c1', 2_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([10_000n, 1_000n, 0n]);
  });

  it('stops at the limit of any level on its way', async () => {
    const middle = { maximum: yuan('25.00') };
    const one = await poolOf('middle', { hq: 10_000n, r1: 3_000n, c1: 0n }, { ...twoLevels(2, middle), ...oneEntity });
    expect(await one.pay('c1', 4_501n)).toMatchObject({
      refusal: { reason: 'LIMIT', short: 1n, accountId: one.ids.r1 },
    });
    expect((await one.pay('c1', 4_500n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([7_500n, 1_000n, 0n]);
  });

  /** C1 has brought 60.00 and C2 40.00; both belong to A, so that A has lent 100.00 to HQ. */
  async function swept(tenant: string, basis: string) {
    const agreed = { entity: 'A', up: [zeroBalance()], down: [funding({ basis })] };
    const other = { entity: 'A', up: [zeroBalance()], down: [funding({ basis: 'LEDGER' })] };
    const one = await poolOf(tenant, { hq: 50_000n, c1: 6_000n, c2: 4_000n }, { members: { c1: agreed, c2: other } });
    await runToEnd(pooling.tools, one.pool);
    expect(await one.balances()).toEqual([60_000n, 0n, 0n]);
    return one;
  }

  it.each([
    { basis: 'POSITION', drawn: 0n, most: 6_000n },
    { basis: 'LEDGER', drawn: 0n, most: 10_000n },
    { basis: 'BOTH', drawn: 0n, most: 6_000n },
    // The other account of the entity draws 70.00 of the loan, which leaves 30.00.
    { basis: 'POSITION', drawn: 7_000n, most: 6_000n },
    { basis: 'LEDGER', drawn: 7_000n, most: 3_000n },
    { basis: 'BOTH', drawn: 7_000n, most: 3_000n },
  ])('is bounded by $basis where $drawn are drawn: $most', async ({ basis, drawn, most }) => {
    const one = await swept(`basis-${basis}-${drawn}`, basis);
    if (drawn > 0n) expect((await one.pay('c2', drawn)).status).toBe('PAID');
    expect(await one.pay('c1', most + 1n)).toMatchObject({ refusal: { reason: 'POSITION', short: 1n } });
    expect((await one.pay('c1', most)).status).toBe('PAID');
    expect((await one.balances())[0]).toBe(60_000n - drawn - most);
  });

  it('books the loan in the same transfer, and pays back what was lent before', async () => {
    const one = await swept('loan', 'NONE');
    const paid = await one.pay('c1', 13_000n);
    expect(paid.status).toBe('PAID');
    // A had lent 100.00, drew 130.00, and owes 30.00 now.
    expect(await one.loanOf('A')).toEqual([-3_000n, 3_000n]);
    const query = { from: today, to: today, limit: 10 };
    const { loanBooks } = await readConfiguration(pooling.tools, one.pool);
    for (const accountId of [loanBooks[0]?.accountId ?? '', one.ids.hq ?? '', one.ids.c1 ?? '']) {
      const { entries } = await pooling.tools.ledger.readAccountStatement('loan', accountId, query);
      expect(entries.at(-1)?.transferId).toBe(paid.transferId);
    }
  });

  it('keeps to the ceiling of the loan', async () => {
    const loans = [{ lender: 'hq', borrower: 'c1', contract: 'WD-7', ceiling: yuan('50.00') }];
    const one = await poolOf('ceiling', { hq: 100_000n, c1: 0n }, { members: { c1: { down: [funding()] } }, loans });
    expect(await one.pay('c1', 5_001n)).toMatchObject({ refusal: { reason: 'LOAN_CEILING', short: 1n } });
    expect((await one.pay('c1', 5_000n)).status).toBe('PAID');
    expect(await one.loanOf('c1')).toEqual([-5_000n, 5_000n]);
  });

  it('leaves the parent its reserve', async () => {
    const terms = { members: { c1: { down: [funding()] } }, header: { reserve: yuan('30.00') }, ...oneEntity };
    const one = await poolOf('reserve', { hq: 10_000n, c1: 0n }, terms);
    expect(await one.pay('c1', 7_001n)).toMatchObject({ refusal: { reason: 'PARENT_SHORT', short: 1n } });
    expect((await one.pay('c1', 7_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([3_000n, 0n]);
  });

  it('is not funded by a frozen parent, but paid where its own money is enough', async () => {
    const one = await poolOf(
      'frozen',
      { hq: 10_000n, c1: 2_000n },
      { members: { c1: { down: [funding()] } }, ...oneEntity },
    );
    await change(pooling, 'frozen', one.ids.hq ?? '', { status: 'FROZEN' });
    expect(await one.pay('c1', 2_001n)).toMatchObject({ refusal: { reason: 'PARENT_FROZEN' } });
    expect((await one.pay('c1', 2_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([10_000n, 0n]);
  });

  it('does not touch what is frozen on its own account', async () => {
    const one = await poolOf(
      'lien',
      { hq: 10_000n, c1: 5_000n },
      { members: { c1: { down: [funding()] } }, ...oneEntity },
    );
    await change(pooling, 'lien', one.ids.c1 ?? '', { freeze: 3_000n });
    expect((await one.pay('c1', 4_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([8_000n, 3_000n]);
  });

  it('brings down whole units', async () => {
    const agreed = { down: [funding({ unit: yuan('10.00') })] };
    const one = await poolOf('unit', { hq: 10_000n, c1: 0n }, { members: { c1: agreed }, ...oneEntity });
    expect((await one.pay('c1', 1_234n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([8_000n, 766n]);
  });

  it('is made once under one key', async () => {
    const one = await poolOf('key', { hq: 10_000n, c1: 0n }, { members: { c1: { down: [funding()] } }, ...oneEntity });
    const paid = await one.pay('c1', 4_000n, 'k');
    const before = await pooling.snapshot();
    expect(await one.pay('c1', 4_000n, 'k')).toEqual(paid);
    expect(await Promise.all([one.pay('c1', 4_000n, 'k'), one.pay('c1', 4_000n, 'k')])).toEqual([paid, paid]);
    expect(await pooling.snapshot()).toEqual(before);
  });

  it('asked for twice at once under one key is made once', async () => {
    const one = await poolOf('race', { hq: 10_000n, c1: 0n }, { members: { c1: { down: [funding()] } }, ...oneEntity });
    const [first, second] = await Promise.all([one.pay('c1', 4_000n, 'k'), one.pay('c1', 4_000n, 'k')]);
    expect(first).toEqual(second);
    expect(first.status).toBe('PAID');
    expect(await one.balances()).toEqual([6_000n, 0n]);
    expect(await one.position('c1')).toBe(-4_000n);
  });

  it('that the ledger refuses gives back what it took of the limit', async () => {
    const one = await poolOf(
      'closed',
      { hq: 30_000n, c1: 0n },
      { members: { c1: { down: [funding(dayLimit)] } }, ...oneEntity },
    );
    const closed = await openAccount(pooling, 'closed', { name: 'supplier' });
    await change(pooling, 'closed', closed, { status: 'CLOSED' });
    const refused = await pay(pooling.tools, one.pool, 'to closed', one.ids.c1 ?? '', closed, 10_000n);
    expect(refused).toMatchObject({ status: 'REFUSED', refusal: { code: 'ledger/account-closed' } });
    expect(await one.balances()).toEqual([30_000n, 0n]);
    expect(await one.position('c1')).toBe(0n);
    expect((await one.pay('c1', 10_000n)).status).toBe('PAID');
  });

  it('draws on a header that lends without bound, far below zero; and the header pays so itself', async () => {
    const hq = await openAccount(pooling, 'unbound', { name: 'hq', holder: 'Group' });
    const c1 = await openAccount(pooling, 'unbound', { name: 'c1', holder: 'Group', limit: 'at least 0.00' });
    const body = { header: { unlimitedOverdraft: true }, members: [{ accountId: c1, down: [funding()] }] };
    const pool = await withMembers(pooling.tools, await newPool(pooling, 'unbound', hq), body);
    const supplier = await worldOf(pooling, 'unbound');
    expect((await pay(pooling.tools, pool, 'k', c1, supplier, 7_000n)).status).toBe('PAID');
    expect(await balancesOf(pooling, 'unbound', [hq, c1])).toEqual([-7_000n, 0n]);
    expect((await pay(pooling.tools, pool, 'own', hq, supplier, 500n)).status).toBe('PAID');
    expect(await balancesOf(pooling, 'unbound', [hq, c1])).toEqual([-7_500n, 0n]);
  });

  /** C1 with a limit of its own; HQ has 100.00 and funds it where that is agreed. */
  async function ownLimit(tenant: string, limit: string, balance: bigint, down: object[]) {
    const one = await poolOf(tenant, { hq: 10_000n }, { members: {}, ...oneEntity });
    const c1 = await openAccount(pooling, tenant, { name: 'c1', holder: 'Group', limit });
    const supplier = await worldOf(pooling, tenant);
    const paidIn = await pay(pooling.tools, one.pool, 'in', one.ids.hq ?? '', c1, balance);
    expect(paidIn.status).toBe('PAID');
    const pool = await withMembers(pooling.tools, one.pool, { members: [{ accountId: c1, down }] });
    return {
      pay: (minor: bigint) => pay(pooling.tools, pool, `pay ${minor}`, c1, supplier, minor),
      balances: () => balancesOf(pooling, tenant, [one.ids.hq ?? '', c1]),
    };
  }

  it('may use up the overdraft of its own account where the pool funds nothing', async () => {
    const one = await ownLimit('overdraft', 'overdraft 50.00', 1_000n, []);
    expect(await one.pay(6_001n)).toMatchObject({ status: 'REFUSED', refusal: { reason: 'NO_AGREEMENT' } });
    expect((await one.pay(6_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([9_000n, -5_000n]);
  });

  it('uses the money of the pool before the overdraft of its own account', async () => {
    const one = await ownLimit('pool-first', 'overdraft 50.00', 1_000n, [funding({ maximum: yuan('20.00') })]);
    expect((await one.pay(3_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([7_000n, 0n]);
    expect((await one.pay(4_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([7_000n, -4_000n]);
    // What is overdrawn already is not the pool's to fill.
    expect((await one.pay(1_500n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([5_500n, -4_000n]);
  });

  it('leaves its own account the balance that it must keep', async () => {
    const one = await ownLimit('minimum', 'at least 10.00', 3_000n, [funding()]);
    expect((await one.pay(2_500n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([6_500n, 1_000n]);
  });

  it('may be larger than the pool holds only where it is refused, from the header too', async () => {
    const one = await poolOf('header', { hq: 10_000n, c1: 0n }, { members: { c1: {} }, ...oneEntity });
    expect(await one.pay('hq', 10_001n)).toMatchObject({ status: 'REFUSED', refusal: { reason: 'PARENT_SHORT' } });
    expect((await one.pay('hq', 10_000n)).status).toBe('PAID');
    expect(await one.balances()).toEqual([0n, 0n]);
  });

  it('from an account that is no member is not made', async () => {
    const one = await poolOf('stranger', { hq: 10_000n, c1: 0n }, { members: { c1: {} }, ...oneEntity });
    const stranger = await openAccount(pooling, 'stranger', { name: 'stranger' });
    const made = pay(pooling.tools, one.pool, 'k', stranger, one.ids.hq ?? '', 1n);
    await expect(made).rejects.toMatchObject({ code: 'pooling/not-a-member' });
  });
});
