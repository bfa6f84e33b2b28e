import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReceiptTerms, receiptChoices } from '../../../../functions/pooling/members/receipt-terms.ts';
import { deriveReceipts } from '../../../../functions/pooling/receipts/derive-receipts.ts';
import { movementsOfRun } from '../../../../functions/pooling/receipts/movements.ts';
import { storedPlan } from '../../../../functions/pooling/runs/plan-run.ts';
import type { LegOutcome, RunLeg } from '../../../../functions/pooling/runs/run.ts';
import { planSweeps } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import type { SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { testSeed } from '../../../support/random.ts';
import { randomPool } from '../sweeps/random-pools.ts';

const seed = testSeed();
const runs = 1_500;
const run = { id: 'run_1', businessDate: '2026-03-02', startedAt: '2026-03-02T10:30:00.000Z' };

const choice = fc.constantFrom(...receiptChoices);
const someTerms: fc.Arbitrary<ReceiptTerms | undefined> = fc.option(fc.record({ payer: choice, payee: choice }), {
  nil: undefined,
});
/** Of each account's edge; there are at most thirty accounts. */
const agreed = fc.array(fc.record({ UP: someTerms, DOWN: someTerms }), { minLength: 30, maxLength: 30 });
/** What becomes of each leg: all of it, part of it, or nothing. */
const fates = fc.array(fc.constantFrom('WHOLE', 'PART', 'FAILED', 'SKIPPED', 'WHOLE'), {
  minLength: 30,
  maxLength: 30,
});

type Fate = 'WHOLE' | 'PART' | 'FAILED' | 'SKIPPED';

function outcomeOf({ number, amount }: RunLeg, fate: Fate): LegOutcome {
  const bookedAt = `2026-03-02T10:30:${String(number % 60).padStart(2, '0')}.000Z`;
  if (fate === 'FAILED' || fate === 'SKIPPED') return { number, status: fate, amount };
  return { number, status: 'CONFIRMED', amount: fate === 'PART' ? (amount + 1n) / 2n : amount, bookedAt };
}

const randomRun = fc.tuple(randomPool, agreed, fates).map(([{ nodes: bare, loans }, edges, allFates]) => {
  const nodes = bare.map((node, index): SweepNode => {
    const { UP, DOWN } = edges[index] ?? {};
    return { ...node, receipts: { ...(UP && { UP }), ...(DOWN && { DOWN }) } };
  });
  const configuration = {
    version: 1,
    header: { entity: '', reserve: 0n, unlimitedOverdraft: false },
    members: [],
    contracts: [],
    loanBooks: [],
  };
  const legs = storedPlan(planSweeps(nodes, loans), nodes, loans, configuration).blocks.flat();
  const outcomes = legs.map((leg, index) => outcomeOf(leg, allFates[index] ?? 'WHOLE'));
  return { nodes, legs, outcomes };
});

function receiptsOf(legs: readonly RunLeg[], outcomes: readonly LegOutcome[]) {
  const known = new Map(outcomes.map((one) => [one.number, one]));
  return deriveReceipts(
    run,
    movementsOfRun(run, legs, known, ({ number }) => `tr_${number}`),
  );
}

/**
 * By hand and slowly: account by account, side by side, what moved on its edges and is agreed to be receipted, with the
 * numbers of the legs. Terms are taken from the accounts, not from the legs.
 */
function expected(nodes: readonly SweepNode[], legs: readonly RunLeg[], outcomes: readonly LegOutcome[]) {
  const rows: string[] = [];
  for (const { id } of nodes) {
    for (const side of ['PAYER', 'PAYEE']) {
      const numbers: number[] = [];
      let total = 0n;
      for (const leg of legs) {
        const pays = leg.direction === 'UP' ? leg.accountId : leg.parentId;
        const isPaid = leg.direction === 'UP' ? leg.parentId : leg.accountId;
        if ((side === 'PAYER' ? pays : isPaid) !== id) continue;
        const below = nodes.find((node) => node.id === leg.accountId);
        const terms = below?.receipts?.[leg.direction];
        if ((side === 'PAYER' ? terms?.payer : terms?.payee) === 'NONE') continue;
        const outcome = outcomes.find(({ number }) => number === leg.number);
        if (outcome?.status !== 'CONFIRMED') continue;
        numbers.push(leg.number);
        total += outcome.amount;
      }
      if (numbers.length > 0) rows.push(`${id} ${side} ${total} of ${numbers.join()}`);
    }
  }
  return rows.sort();
}

describe(`receipts of random runs, seed ${seed}`, () => {
  test('add up to what moved for each account on each side where it gets any, each movement once', () => {
    always(({ nodes, legs, outcomes }) => {
      const receipts = receiptsOf(legs, outcomes);
      const grouped = Map.groupBy(receipts, ({ accountId, side }) => `${accountId} ${side}`);
      const told = [...grouped].map(([whose, held]) => {
        const total = held.reduce((sum, { amount }) => sum + amount, 0n);
        const numbers = held.flatMap(({ movements }) => movements.map(({ number }) => number));
        return `${whose} ${total} of ${numbers.sort((one, other) => one - other).join()}`;
      });
      expect(told.sort()).toEqual(expected(nodes, legs, outcomes));
    });
  });

  test('are aggregated exactly where that is agreed, one per account, side and direction', () => {
    always(({ nodes, legs, outcomes }) => {
      const receipts = receiptsOf(legs, outcomes);
      for (const { kind, side, direction, movements } of receipts) {
        for (const { number } of movements) {
          const leg = legs[number - 1];
          const terms = nodes.find(({ id }) => id === leg?.accountId)?.receipts?.[direction];
          expect((side === 'PAYER' ? terms?.payer : terms?.payee) ?? 'SINGLE').toBe(kind);
        }
        if (kind === 'SINGLE') expect(movements).toHaveLength(1);
      }
      const sums = receipts.filter(({ kind }) => kind === 'AGGREGATED');
      expect(new Set(sums.map((one) => `${one.accountId} ${one.side} ${one.direction}`)).size).toBe(sums.length);
      // The aggregated ones first, and each kind in the order of its first legs.
      const turns = receipts.map(
        ({ kind, movements }) => (kind === 'SINGLE' ? 1_000 : 0) + (movements[0]?.number ?? 0),
      );
      expect(turns).toEqual(turns.toSorted((one, other) => one - other));
    });
  });

  test('are the same in whatever order the outcomes were noted, and have numbers of their own', () => {
    always(({ legs, outcomes }) => {
      const receipts = receiptsOf(legs, outcomes);
      expect(receiptsOf(legs, outcomes.toReversed())).toEqual(receipts);
      expect(new Set(receipts.map(({ number }) => number)).size).toBe(receipts.length);
    });
  });

  function always(property: (run: typeof randomRun extends fc.Arbitrary<infer Run> ? Run : never) => void): void {
    fc.assert(fc.property(randomRun, property), { seed, numRuns: runs });
  }
});
