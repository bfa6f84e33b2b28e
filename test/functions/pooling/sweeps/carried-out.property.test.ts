import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../../functions/pooling/pool.ts';
import { storedPlan } from '../../../../functions/pooling/runs/plan-run.ts';
import { type LegOutcome, phaseOf, type RunLeg } from '../../../../functions/pooling/runs/run.ts';
import { sidesOf } from '../../../../functions/pooling/sweeps/net-legs.ts';
import { planSweeps } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import { reduceLegs } from '../../../../functions/pooling/sweeps/reduce-legs.ts';
import { isIdle, type SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { testSeed } from '../../../support/random.ts';
import { type RandomPool, randomPool } from './random-pools.ts';

const seed = testSeed();
const runs = 1_500;
const configuration: Configuration = {
  version: 1,
  header: { entity: '', reserve: 0n, unlimitedOverdraft: false },
  members: [],
  contracts: [],
  loanBooks: [],
};

interface CarriedOut {
  readonly legs: readonly RunLeg[];
  readonly outcomes: ReadonlyMap<number, LegOutcome>;
  readonly balances: ReadonlyMap<string, bigint>;
  /** Legs that the ledger would have refused for what their payer must keep. */
  readonly refused: number;
}

/** Carries a plan out phase by phase; every leg whose number is among those that fail is refused by the ledger. */
function carryOut({ nodes, loans }: RandomPool, fails: (leg: RunLeg) => boolean): CarriedOut {
  const legs = storedPlan(planSweeps(nodes, loans), nodes, loans, configuration).blocks.flat();
  const balances = new Map(nodes.map(({ id, available }) => [id, available]));
  const outcomes = new Map<number, LegOutcome>();
  let refused = 0;
  const phases = [...Map.groupBy(legs, phaseOf).values()];
  for (const [place, phase] of phases.entries()) {
    for (const { leg, amount, keeps } of reduceLegs(phase, phases.slice(0, place).flat(), outcomes)) {
      const { number } = leg;
      const { payer, payee } = sidesOf(leg);
      const left = (balances.get(payer) ?? 0n) - amount;
      const isRefused = keeps !== undefined && left < keeps;
      if (isRefused) refused += 1;
      if (amount === 0n || isRefused || fails(leg)) {
        outcomes.set(number, { number, status: amount === 0n ? 'SKIPPED' : 'FAILED', amount });
        continue;
      }
      balances.set(payer, left);
      balances.set(payee, (balances.get(payee) ?? 0n) + amount);
      outcomes.set(number, { number, status: 'CONFIRMED', amount });
    }
  }
  return { legs, outcomes, balances, refused };
}

/** A pool, and which of its legs fail. */
const withFailures = fc
  .tuple(randomPool, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
  .map(([pool, failing]) => ({ pool, fails: ({ number }: RunLeg) => failing[number % failing.length] === true }));

describe(`runs of random pools of which legs fail, seed ${seed}`, () => {
  test('carry out every leg as planned where none fails', () => {
    always(fc.record({ pool: randomPool }), ({ pool }) => {
      const { legs, outcomes } = carryOut(pool, () => false);
      for (const { number, amount } of legs)
        expect(outcomes.get(number)).toMatchObject({ status: 'CONFIRMED', amount });
    });
  });

  test('never ask of the ledger what it must refuse, and end no account below its reserve or where it began', () => {
    always(withFailures, ({ pool, fails }) => {
      const { balances, refused } = carryOut(pool, fails);
      expect(refused).toBe(0);
      for (const { id, available, reserve, unlimitedOverdraft } of pool.nodes) {
        if (unlimitedOverdraft) continue;
        expect(balances.get(id), id).toBeGreaterThanOrEqual(available < reserve ? available : reserve);
      }
    });
  });

  test('move a leg that counts in full or not at all in full or not at all', () => {
    always(withFailures, ({ pool, fails }) => {
      const { legs, outcomes } = carryOut(pool, fails);
      for (const { number, whole, amount } of legs) {
        const outcome = outcomes.get(number);
        if (whole && outcome?.status === 'CONFIRMED') expect(outcome.amount).toBe(amount);
      }
    });
  });

  test('send no account’s money farther up than its levels, whatever else fails', () => {
    always(withFailures, ({ pool: { nodes, loans }, fails }) => {
      const oneLevel = nodes.map(
        (node): SweepNode => (isIdle(node.up) ? node : { ...node, up: { ...node.up, levels: 1 } }),
      );
      const { legs, outcomes } = carryOut({ nodes: oneLevel, loans }, fails);
      const own = new Map(nodes.map(({ id, available }) => [id, available > 0n ? available : 0n]));
      for (const { number, accountId, direction } of legs) {
        const outcome = outcomes.get(number);
        if (direction !== 'UP' || outcome?.status !== 'CONFIRMED') continue;
        expect(outcome.amount, accountId).toBeLessThanOrEqual(own.get(accountId) ?? 0n);
      }
    });
  });

  test('cut no leg upward for money that did not come but was only to rest with its payer', () => {
    always(withFailures, ({ pool, fails }) => {
      const { legs, outcomes } = carryOut(pool, fails);
      for (const leg of legs) {
        if (leg.direction !== 'UP') continue;
        const missed = legs
          .filter((one) => one.parentId === leg.accountId && one.direction === 'UP')
          .flatMap((one) => {
            const outcome = outcomes.get(one.number);
            const came = outcome?.status === 'CONFIRMED' ? outcome.amount : 0n;
            return came < one.amount ? [{ short: one.amount - came, rests: one.rests ?? 0n, amount: one.amount }] : [];
          });
        const short = missed.reduce((sum, one) => sum + one.short, 0n);
        const { atRest = 0n, besides = 0n } = leg.keptAtRest ?? {};
        const wasOnlyToRest = missed.every(({ rests, amount }) => rests === amount) && short <= atRest;
        if (!wasOnlyToRest || (leg.payerKeeps ?? 0n) - short < besides) continue;
        expect(outcomes.get(leg.number)?.amount, String(leg.number)).toBe(leg.amount);
      }
    });
  });
});

function always<Input>(inputs: fc.Arbitrary<Input>, holds: (input: Input) => void): void {
  fc.assert(fc.property(inputs, holds), { seed, numRuns: runs });
}
