import { checkTerms } from '../../functions/settlement/splits/check-terms.ts';
import type { SplitAmounts } from '../../functions/settlement/splits/split.ts';
import { splitOrder } from '../../functions/settlement/splits/split-order.ts';
import type { Share, SplitLine, SplitTerms } from '../../functions/settlement/splits/split-rule.ts';

/** Pure splits, one order after another, with the sum of the legs checked against what was paid. */
export interface SplitRow {
  readonly terms: string;
  readonly legs: number;
  readonly orders: number;
  readonly milliseconds: number;
  readonly splitsPerSecond: number;
  readonly nanosecondsPerLeg: number;
}

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const legCounts = [3, 10, 50];
const warmUp = 2_000;

/** What the terms are made of: shares that add up (largest remainder), and all kinds with bounds, fee and lifetime cap. */
const kinds = { 'weights, 100 %': weightsOf, 'fixed, ratios, tiers, remainder': mixtureOf };

export function benchSplitOrders(): SplitRow[] {
  return Object.entries(kinds).flatMap(([name, termsOf]) =>
    legCounts.flatMap((legs) => {
      const terms = termsOf(legs);
      const [fault] = checkTerms(terms);
      if (fault) throw new Error(`${name}: ${fault.path.join('/')}: ${fault.detail}`);
      splitAll(terms, legs, warmUp);
      return sizes.map((orders) => time(name, terms, legs, orders));
    }),
  );
}

function time(name: string, terms: SplitTerms, legs: number, orders: number): SplitRow {
  const started = performance.now();
  splitAll(terms, legs, orders);
  const milliseconds = performance.now() - started;
  return {
    terms: name,
    legs,
    orders,
    milliseconds: Math.round(milliseconds * 10) / 10,
    splitsPerSecond: Math.round((orders / milliseconds) * 1_000),
    nanosecondsPerLeg: Math.round((milliseconds * 1e6) / (orders * legs)),
  };
}

function splitAll(terms: SplitTerms, legs: number, orders: number): void {
  let left = 0n;
  for (let n = 0; n < orders; n += 1) {
    const amounts = amountsOf(n);
    const decision = splitOrder(terms, amounts);
    if (decision.outcome === 'REFUSED') throw new Error(`Order ${n} was refused: ${decision.fault.code}.`);
    if (decision.split.legs.length !== legs) throw new Error(`Order ${n} has ${decision.split.legs.length} legs.`);
    left += amounts.paid - amounts.fee;
    for (const { amount } of decision.split.legs) left -= amount;
  }
  if (left !== 0n) throw new Error(`The legs are off by ${left}.`);
}

/** From 200.00 to about 1,200.00, with a fee of 0.38 %. */
function amountsOf(n: number): SplitAmounts {
  const paid = 20_000n + BigInt((n * 7_919) % 100_003);
  return { order: paid, paid, fee: (paid * 38n) / 10_000n };
}

function weightsOf(legs: number): SplitTerms {
  const lines = Array.from({ length: legs }, (_, index) =>
    lineOf(index, { kind: 'WEIGHT', weight: BigInt(1 + (index % 7)) }),
  );
  return { base: 'PAID', method: 'RATIO', lines, feeBearer: { kind: 'LINE', sequence: 7 % legs || legs } };
}

/** The first is fixed, the last the merchant's remainder; between them ratios and tiers, every third capped. */
function mixtureOf(legs: number): SplitTerms {
  const each = BigInt(Math.floor(8_000 / legs));
  const lines = Array.from({ length: legs }, (_, index): SplitLine => {
    if (index === 0) return lineOf(index, { kind: 'FIXED', amount: 100n });
    if (index === legs - 1) return { sequence: legs, share: { kind: 'REMAINDER' } };
    const line = lineOf(index, index % 2 === 0 ? tiersOf(each) : { kind: 'RATIO', basisPoints: each });
    return index % 3 === 0 ? { ...line, cap: 5_000n, floor: 10n } : line;
  });
  return { base: 'ORDER', method: 'FIXED_THEN_RATIO', lines, lifetimeCapBasisPoints: 9_000n };
}

function tiersOf(basisPoints: bigint): Share {
  return {
    kind: 'TIERS',
    apply: 'MARGINAL',
    tiers: [
      { from: 0n, basisPoints },
      { from: 30_000n, basisPoints: basisPoints / 2n },
      { from: 80_000n, basisPoints: basisPoints / 4n },
    ],
  };
}

function lineOf(index: number, share: Share): SplitLine {
  return { sequence: index + 1, receiver: `merchant-${index}`, share };
}
