import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSweeps, type SweepPlan } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import type { LoanState, SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { testSeed } from '../../../support/random.ts';
import { referencePlan } from '../../../support/reference-sweeps.ts';
import { type RandomPool, randomConcentration, randomPool } from './random-pools.ts';

const seed = testSeed();
const runs = 2_500;

describe(`plans of random pools, seed ${seed}`, () => {
  test('move the same money over the same edges in the same order as a second planner written from the rules', () => {
    always(randomPool, ({ nodes, loans }) => {
      const { legs } = planSweeps(nodes, loans);
      const plain = legs.map(({ accountId, direction, amount }) => ({ accountId, direction, amount }));
      expect(plain).toEqual(referencePlan(nodes, loans).legs);
    });
  });

  test('keep the total of the pool', () => {
    always(randomPool, ({ nodes, loans }) => {
      const before = nodes.reduce((sum, { available }) => sum + available, 0n);
      const after = [...endsOf(nodes, planSweeps(nodes, loans)).values()].reduce((sum, end) => sum + end, 0n);
      expect(after).toBe(before);
    });
  });

  test('end no account below its reserve, or below where it began if that was lower; but a header without a bound', () => {
    always(randomPool, ({ nodes, loans }) => {
      const ends = endsOf(nodes, planSweeps(nodes, loans));
      for (const { id, reserve, available, unlimitedOverdraft } of nodes) {
        if (unlimitedOverdraft) continue;
        expect(ends.get(id), id).toBeGreaterThanOrEqual(available < reserve ? available : reserve);
      }
    });
  });

  test('send down no edge more than the limits of its agreement leave', () => {
    always(randomPool, ({ nodes, loans }) => {
      for (const { accountId, direction, amount } of planSweeps(nodes, loans).legs) {
        const agreed = nodes.find(({ id }) => id === accountId)?.down;
        if (direction !== 'DOWN' || !agreed || 'idle' in agreed || agreed.room === undefined) continue;
        expect(amount, accountId).toBeLessThanOrEqual(agreed.room);
      }
    });
  });

  test('overdraw no header while it invests, and lend nothing of the investments below what they keep', () => {
    always(randomPool, ({ nodes, loans }) => {
      const [top] = nodes;
      if (!top?.invested) return;
      const swept = planSweeps(nodes, loans);
      const ends = endsOf(nodes, swept);
      const edge = swept.legs.find(({ parentId }) => parentId === top.id);
      if (edge?.direction === 'UP') expect(ends.get(edge.accountId)).toBeGreaterThanOrEqual(0n);
      if (edge?.direction === 'DOWN') expect(ends.get(top.id)).toBeGreaterThanOrEqual(top.reserve);
    });
  });

  test('let what comes back from investments keep to what is agreed with the header, whoever needs it', () => {
    always(randomPool, ({ nodes, loans }) => {
      const [top, header] = nodes;
      const edge = planSweeps(nodes, loans).legs.find(({ parentId }) => top?.invested && parentId === top.id);
      if (edge?.direction !== 'DOWN' || !header || 'idle' in header.down) return;
      const { maximum, room, unit = 1n, minimum = 0n } = header.down;
      if (maximum !== undefined) expect(edge.amount).toBeLessThanOrEqual(maximum);
      if (room !== undefined) expect(edge.amount).toBeLessThanOrEqual(room);
      const net = 'idle' in header.up;
      if (net) expect([edge.amount % unit, edge.amount >= minimum]).toEqual([0n, true]);
    });
  });

  test('have one leg per edge at the most, of more than nothing', () => {
    always(randomPool, ({ nodes, loans }) => {
      const { legs } = planSweeps(nodes, loans);
      expect(new Set(legs.map(({ accountId }) => accountId)).size).toBe(legs.length);
      for (const leg of legs) {
        expect(leg.amount).toBeGreaterThan(0n);
        expect(nodes.find(({ id }) => id === leg.accountId)?.parentId).toBe(leg.parentId);
      }
    });
  });

  test('carry out upward legs first, children before parents, then downward legs, parents before children', () => {
    always(randomPool, ({ nodes, loans }) => {
      const { legs } = planSweeps(nodes, loans);
      const turns = legs.map(({ accountId, direction }) => {
        const depth = depthOf(nodes, accountId);
        return direction === 'UP' ? -depth : depth;
      });
      expect(turns).toEqual(turns.toSorted((one, other) => one - other));
      for (const leg of legs) expect(leg.depth).toBe(depthOf(nodes, leg.accountId));
    });
  });

  test('take nothing from a blocked account, and bring money to a frozen one only from a child that agreed to it', () => {
    always(randomPool, ({ nodes, loans }) => {
      const named = new Map(nodes.map((one) => [one.id, one]));
      for (const { accountId, parentId, direction } of planSweeps(nodes, loans).legs) {
        const [child, parent] = [named.get(accountId), named.get(parentId)];
        expect(child?.blocked).toBeUndefined();
        if (!parent?.blocked || !child) continue;
        expect([parent.blocked, direction]).toEqual(['ACCOUNT_FROZEN', 'UP']);
        expect(child.up).toMatchObject({ whenParentFrozen: 'SWEEP' });
      }
    });
  });

  test('leave every payer what it must keep, leg after leg', () => {
    always(randomPool, ({ nodes, loans }) => {
      const balances = new Map(nodes.map(({ id, available }) => [id, available]));
      for (const leg of planSweeps(nodes, loans).legs) {
        const [payer, payee] = leg.direction === 'UP' ? [leg.accountId, leg.parentId] : [leg.parentId, leg.accountId];
        const left = (balances.get(payer) ?? 0n) - leg.amount;
        balances.set(payer, left);
        balances.set(payee, (balances.get(payee) ?? 0n) + leg.amount);
        const unlimited = nodes.find(({ id }) => id === payer)?.unlimitedOverdraft === true;
        expect(leg.payerKeeps === undefined).toBe(unlimited && leg.direction === 'DOWN');
        if (leg.payerKeeps !== undefined) expect(left).toBeGreaterThanOrEqual(leg.payerKeeps);
      }
    });
  });

  test('end every loan within its ceilings, or no farther beyond one than it began', () => {
    always(randomPool, ({ nodes, loans }) => {
      const ends = positionsAfter(nodes, loans, planSweeps(nodes, loans));
      for (const { pair, position, firstLendsMax, secondLendsMax } of loans) {
        const end = ends.get(pair) ?? 0n;
        if (firstLendsMax !== undefined) expect(end).toBeLessThanOrEqual(larger(firstLendsMax, position));
        if (secondLendsMax !== undefined) expect(-end).toBeLessThanOrEqual(larger(secondLendsMax, -position));
      }
    });
  });

  test('are the same for any order of the accounts and loans', () => {
    const shuffled = randomPool.chain((pool) =>
      fc.tuple(
        fc.constant(pool),
        fc.shuffledSubarray(pool.nodes, { minLength: pool.nodes.length }),
        fc.shuffledSubarray(pool.loans, { minLength: pool.loans.length }),
      ),
    );
    always(shuffled, ([pool, nodes, loans]) => {
      expect(planSweeps(nodes, loans)).toEqual(planSweeps(pool.nodes, pool.loans));
    });
  });

  test('say of every account without a leg why, and of no other', () => {
    always(randomPool, ({ nodes, loans }) => {
      const { legs, idle } = planSweeps(nodes, loans);
      const moved = new Set(legs.map(({ accountId }) => accountId));
      const header = nodes.find(({ parentId }) => parentId === undefined)?.id;
      if (header !== undefined && legs.some(({ parentId }) => parentId === header)) moved.add(header);
      const still = nodes.map(({ id }) => id).filter((id) => !moved.has(id));
      expect(idle.map(({ accountId }) => accountId).toSorted()).toEqual(still.toSorted());
    });
  });

  test('of zero balances and reserves only leave nothing for a second run', () => {
    always(randomConcentration, ({ nodes }) => {
      const ends = endsOf(nodes, planSweeps(nodes));
      const again = nodes.map((one) => {
        const available = ends.get(one.id) ?? 0n;
        return { ...one, available, unencumbered: available + one.unencumbered - one.available };
      });
      expect(planSweeps(again).legs).toEqual([]);
    });
  });
});

function always<Input>(pools: fc.Arbitrary<Input>, holds: (pool: Input) => void): void {
  fc.assert(fc.property(pools, holds), { seed, numRuns: runs });
}

function endsOf(nodes: readonly SweepNode[], { legs }: SweepPlan): Map<string, bigint> {
  const ends = new Map(nodes.map(({ id, available }) => [id, available]));
  for (const { accountId, parentId, direction, amount } of legs) {
    const up = direction === 'UP' ? amount : -amount;
    ends.set(accountId, (ends.get(accountId) ?? 0n) - up);
    ends.set(parentId, (ends.get(parentId) ?? 0n) + up);
  }
  return ends;
}

function positionsAfter(nodes: RandomPool['nodes'], loans: readonly LoanState[], { legs }: SweepPlan) {
  const positions = new Map(loans.map(({ pair, position }) => [pair, position]));
  for (const { accountId, direction, amount } of legs) {
    const loan = nodes.find(({ id }) => id === accountId)?.loan;
    if (!loan) continue;
    const firstGives = (loan.child === 'FIRST') === (direction === 'UP');
    positions.set(loan.pair, (positions.get(loan.pair) ?? 0n) + (firstGives ? amount : -amount));
  }
  return positions;
}

function depthOf(nodes: readonly SweepNode[], id: string): number {
  const parentId = nodes.find((one) => one.id === id)?.parentId;
  return parentId === undefined ? 0 : 1 + depthOf(nodes, parentId);
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
