import { larger, smaller } from '../../../shared/money/compare.ts';
import type { LegOutcome, RunLeg } from '../runs/run.ts';
import { sidesOf } from './net-legs.ts';

/** What a leg is carried out with: its planned amount, or less where money that it was to pass on did not arrive. */
export interface DueLeg {
  readonly leg: RunLeg;
  readonly amount: bigint;
  /** What the payer must still have free; undefined where it may go below zero without bound. */
  readonly keeps?: bigint;
}

/**
 * What the legs of the next phase move, given what became of all phases before. Each account passes on what it planned to,
 * less what was to reach it and did not, as far as it has not enough of its own: its upward leg is cut first, then its
 * downward legs, the last served first. A leg that counts in full or not at all is then left out. What was to rest with the
 * payer and did not come cuts nothing that it was to pass on. A header that lends without bound waits for nobody. A leg that is
 * cut so may be no whole unit, or below its minimum. Follows from final outcomes only, so it is the same however often the run
 * is taken up again.
 */
export function reduceLegs(
  phase: readonly RunLeg[],
  earlier: readonly RunLeg[],
  outcomes: ReadonlyMap<number, LegOutcome>,
): DueLeg[] {
  const missing = missingMoney(earlier, outcomes);
  const missingRest = missingAtRest(earlier, outcomes);
  const amounts = new Map(phase.map((leg) => [leg.number, leg.amount]));
  for (const leg of phase.toReversed()) {
    const { payer } = sidesOf(leg);
    const own = (leg.payerSpare ?? 0n) + relief(leg, missingRest);
    const short = leg.payerKeeps === undefined ? 0n : (missing.get(payer) ?? 0n) - own;
    if (short <= 0n) continue;
    const cut = short < leg.amount ? short : leg.amount;
    const amount = leg.whole ? 0n : leg.amount - cut;
    amounts.set(leg.number, amount);
    // A leg that is left out whole may free more than is missing; that stays with the payer.
    missing.set(payer, (missing.get(payer) ?? 0n) - (leg.amount - amount));
  }
  const toCome = missingMoney(earlier, outcomes);
  return phase.map((leg) => {
    const amount = amounts.get(leg.number) ?? leg.amount;
    const { payer } = sidesOf(leg);
    const short = (toCome.get(payer) ?? 0n) - (leg.amount - amount);
    toCome.set(payer, short);
    return { leg, amount, ...keptAfter(leg, short, relief(leg, missingRest)) };
  });
}

/** Where the payer has less than was planned, and a later leg will be cut for it, it cannot have kept that already. */
function keptAfter({ payerKeeps, payerLeft }: RunLeg, short: bigint, relieved: bigint): { keeps?: bigint } {
  if (payerKeeps === undefined) return {};
  const left = short > 0n ? payerLeft - short : payerLeft;
  return { keeps: smaller(left, payerKeeps - relieved) };
}

/** What the payer need not keep because the money that was to rest with it did not come. */
function relief({ payerKeeps, keptAtRest, ...leg }: RunLeg, missingRest: ReadonlyMap<string, bigint>): bigint {
  if (payerKeeps === undefined || !keptAtRest) return 0n;
  const gone = smaller(missingRest.get(sidesOf(leg).payer) ?? 0n, keptAtRest.atRest);
  return payerKeeps - larger(smaller(keptAtRest.besides, payerKeeps), payerKeeps - gone);
}

/** What was to rest with each account and did not come: of a leg that came in part, what may go farther is missed first. */
function missingAtRest(earlier: readonly RunLeg[], outcomes: ReadonlyMap<number, LegOutcome>): Map<string, bigint> {
  const missing = new Map<string, bigint>();
  for (const leg of earlier) {
    if (leg.rests === undefined) continue;
    const outcome = outcomes.get(leg.number);
    const came = outcome?.status === 'CONFIRMED' ? outcome.amount : 0n;
    const rests = smaller(came, leg.rests);
    const { payee } = sidesOf(leg);
    missing.set(payee, (missing.get(payee) ?? 0n) + leg.rests - rests);
  }
  return missing;
}

/** What was to reach each account and did not, less what it therefore did not pass on. Minor units. */
function missingMoney(earlier: readonly RunLeg[], outcomes: ReadonlyMap<number, LegOutcome>): Map<string, bigint> {
  const missing = new Map<string, bigint>();
  for (const leg of earlier) {
    const outcome = outcomes.get(leg.number);
    const short = leg.amount - (outcome?.status === 'CONFIRMED' ? outcome.amount : 0n);
    if (short === 0n) continue;
    const { payer, payee } = sidesOf(leg);
    missing.set(payee, (missing.get(payee) ?? 0n) + short);
    missing.set(payer, (missing.get(payer) ?? 0n) - short);
  }
  for (const [account, short] of missing) if (short <= 0n) missing.delete(account);
  return missing;
}
