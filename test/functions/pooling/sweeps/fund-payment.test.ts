import { describe, expect, it } from 'vitest';
import { type Funded, fundPayment } from '../../../../functions/pooling/sweeps/fund-payment.ts';
import type { DownRule, SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';

const agreed = (more: Partial<DownRule> = {}): DownRule => ({
  rule: { method: 'ZERO_BALANCE' },
  partialAllowed: true,
  ...more,
});

/** An account on the way up, with an agreement to fund it unless told. */
function account(id: string, available: bigint, more: Partial<SweepNode> = {}, terms: Partial<Funded> = {}): Funded {
  const node: SweepNode = {
    id,
    priority: 1,
    available,
    unencumbered: available,
    reserve: 0n,
    up: { idle: 'NO_AGREEMENT' },
    down: agreed(),
    sentByParent: 0n,
    ...more,
  };
  return { node, order: 'CHILD_FIRST', levels: 1, ...terms };
}

/** 'own 20, r1 → c1 80', or why not: 'LIMIT at c1, 5 short'. */
function paid(path: readonly Funded[], amount: bigint): string {
  const plan = fundPayment(path, amount);
  if (plan.outcome === 'REFUSED') return `${plan.reason} at ${plan.accountId}, ${plan.short} short`;
  return [`own ${plan.own}`, ...plan.funding.map((one) => `${one.parentId} → ${one.accountId} ${one.amount}`)].join(
    ', ',
  );
}

const header = (available: bigint, more: Partial<SweepNode> = {}) =>
  account('hq', available, { down: { idle: 'NO_AGREEMENT' }, ...more });

describe('a payment larger than its account holds', () => {
  it('takes what is lacking from the parent, and nothing where nothing is', () => {
    expect(paid([account('c1', 20n), header(500n)], 100n)).toBe('own 20, hq → c1 80');
    expect(paid([account('c1', 100n), header(500n)], 100n)).toBe('own 100');
    expect(paid([account('c1', -30n), header(500n)], 100n)).toBe('own 0, hq → c1 100');
  });

  it('with the parent first leaves the account its own', () => {
    const first = { order: 'PARENT_FIRST' as const };
    expect(paid([account('c1', 70n, {}, first), header(500n)], 100n)).toBe('own 0, hq → c1 100');
    expect(paid([account('c1', 70n, {}, first), header(40n)], 100n)).toBe('own 60, hq → c1 40');
    expect(paid([account('c1', 70n, { down: agreed({ unit: 30n }) }, first), header(50n)], 100n)).toBe(
      'own 70, hq → c1 30',
    );
    expect(paid([account('c1', 70n, { down: agreed({ minimum: 50n }) }, first), header(40n)], 60n)).toBe('own 60');
    expect(paid([account('c1', 70n, { down: { idle: 'PAUSED' } }, first), header(40n)], 70n)).toBe('own 70');
  });

  it('says which account is short of how much, and why', () => {
    expect(paid([account('c1', 20n), header(79n)], 100n)).toBe('PARENT_SHORT at hq, 1 short');
    expect(paid([account('c1', 20n, { down: agreed({ maximum: 75n }) }), header(500n)], 100n)).toBe(
      'LIMIT at c1, 5 short',
    );
    expect(paid([account('c1', 20n, { down: agreed({ room: 0n }) }), header(500n)], 100n)).toBe(
      'LIMIT at c1, 80 short',
    );
    expect(paid([account('c1', 20n, { down: agreed({ minimum: 81n }) }), header(500n)], 100n)).toBe(
      'BELOW_MIN at c1, 80 short',
    );
    expect(paid([account('c1', 20n, { down: { idle: 'EXPIRED' } }), header(500n)], 100n)).toBe(
      'EXPIRED at c1, 80 short',
    );
    const bound = { bound: { amount: 60n, reason: 'POSITION' as const } };
    expect(paid([account('c1', 20n, { down: agreed({ room: 70n }) }, bound), header(500n)], 100n)).toBe(
      'POSITION at c1, 20 short',
    );
  });

  it('reaches as many levels up as are agreed', () => {
    const path = (levels: number) => [
      account('c1', 0n, {}, { levels }),
      account('r1', 30n),
      account('s1', 20n),
      header(500n),
    ];
    expect(paid(path(3), 100n)).toBe('own 0, hq → s1 50, s1 → r1 70, r1 → c1 100');
    expect(paid(path(2), 50n)).toBe('own 0, s1 → r1 20, r1 → c1 50');
    expect(paid(path(2), 51n)).toBe('PARENT_SHORT at s1, 1 short');
  });

  it('rounds up to the units of each level', () => {
    const path = [
      account('c1', 0n, { down: agreed({ unit: 50n }) }, { levels: 2 }),
      account('r1', 15n, { down: agreed({ unit: 20n }) }),
      header(500n),
    ];
    expect(paid(path, 101n)).toBe('own 0, hq → r1 140, r1 → c1 150');
  });

  it('leaves every lender its reserve; one that is below it passes on what it gets', () => {
    const plan = fundPayment(
      [account('c1', 0n, {}, { levels: 2 }), account('r1', 10n, { reserve: 25n }), header(500n, { reserve: 420n })],
      80n,
    );
    expect(plan).toMatchObject({
      funding: [
        { accountId: 'r1', amount: 80n, parentKeeps: 420n },
        { accountId: 'c1', amount: 80n, parentKeeps: 10n },
      ],
    });
    expect(paid([account('c1', 0n), header(500n, { reserve: 420n })], 81n)).toBe('PARENT_SHORT at hq, 1 short');
  });

  it('draws without bound on a header that lends so', () => {
    const plan = fundPayment([account('c1', 0n), header(-900n, { unlimitedOverdraft: true })], 80n);
    expect(plan).toEqual({ outcome: 'FUNDED', own: 0n, funding: [{ accountId: 'c1', parentId: 'hq', amount: 80n }] });
  });

  it.each([
    ['ACCOUNT_FROZEN', 'PARENT_FROZEN'],
    ['ACCOUNT_CLOSED', 'PARENT_CLOSED'],
    ['BANK_CLOSED', 'PARENT_BANK_CLOSED'],
  ] as const)('gets nothing from a parent that is %s', (blocked, reason) => {
    expect(paid([account('c1', 20n), header(500n, { blocked })], 100n)).toBe(`${reason} at c1, 80 short`);
    expect(paid([account('c1', 20n, { blocked }), header(500n)], 100n)).toBe(`${blocked} at c1, 80 short`);
  });
});

describe('a payment below a header without a bound that invests', () => {
  const unbound = (available: bigint, more: Partial<DownRule> = {}) =>
    account('hq', available, { unlimitedOverdraft: true, down: agreed(more) });
  const fund = (available: bigint) => header(available, { id: 'fund', invested: true });

  it('takes what the header holds, then what is invested, and only the rest without bound', () => {
    const path = (invested: bigint) => [account('c1', 0n, {}, { levels: 3 }), unbound(100n), fund(invested)];
    expect(paid(path(1_000n), 500n)).toBe('own 0, fund → hq 400, hq → c1 500');
    expect(paid(path(150n), 500n)).toBe('own 0, fund → hq 150, hq → c1 500');
    expect(paid(path(0n), 500n)).toBe('own 0, hq → c1 500');
  });

  it('leaves what is invested alone where nothing is agreed on it, or it is too far', () => {
    const far = [account('c1', 0n), unbound(100n), fund(1_000n)];
    expect(paid(far, 500n)).toBe('own 0, hq → c1 500');
    const stays = account('hq', 100n, { unlimitedOverdraft: true, down: { idle: 'NO_AGREEMENT' } });
    expect(paid([account('c1', 0n, {}, { levels: 3 }), stays, fund(1_000n)], 500n)).toBe('own 0, hq → c1 500');
  });

  it('takes back whole units of it', () => {
    const path = [account('c1', 0n, {}, { levels: 3 }), unbound(0n, { unit: 200n }), fund(1_000n)];
    expect(paid(path, 500n)).toBe('own 0, fund → hq 400, hq → c1 500');
  });
});
