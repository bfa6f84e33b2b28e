import type { LegOutcome, RunLeg } from '../run.ts';

/** What a leg is carried out with: its planned amount, or less where money that it was to pass on did not arrive. */
export interface DueLeg {
  readonly leg: RunLeg;
  readonly amount: bigint;
}

/**
 * What the legs of the next phase move, given what became of all phases before. Each account passes on what it planned to,
 * less what was to reach it and did not: its upward leg is cut first, then its downward legs, the last served first. A leg
 * that counts in full or not at all is then left out. A header that lends without bound waits for nobody. Follows from final
 * outcomes only, so it is the same however often the run is taken up again.
 */
export function reduceLegs(
  phase: readonly RunLeg[],
  earlier: readonly RunLeg[],
  outcomes: ReadonlyMap<number, LegOutcome>,
): DueLeg[] {
  const missing = missingMoney(earlier, outcomes);
  if (missing.size === 0) return phase.map((leg) => ({ leg, amount: leg.amount }));
  const reduced = new Map<number, bigint>();
  for (const leg of phase.toReversed()) {
    const payer = leg.direction === 'UP' ? leg.accountId : leg.parentId;
    const short = leg.payerKeeps === undefined ? 0n : (missing.get(payer) ?? 0n);
    const cut = short < leg.amount ? short : leg.amount;
    const amount = leg.whole && cut > 0n ? 0n : leg.amount - cut;
    missing.set(payer, short - (leg.amount - amount));
    reduced.set(leg.number, amount);
  }
  return phase.map((leg) => ({ leg, amount: reduced.get(leg.number) ?? leg.amount }));
}

/** What was to reach each account and did not, less what it therefore did not pass on. Minor units. */
function missingMoney(earlier: readonly RunLeg[], outcomes: ReadonlyMap<number, LegOutcome>): Map<string, bigint> {
  const missing = new Map<string, bigint>();
  for (const leg of earlier) {
    const outcome = outcomes.get(leg.number);
    const short = leg.amount - (outcome?.status === 'CONFIRMED' ? outcome.amount : 0n);
    if (short === 0n) continue;
    const [payer, payee] = leg.direction === 'UP' ? [leg.accountId, leg.parentId] : [leg.parentId, leg.accountId];
    missing.set(payee, (missing.get(payee) ?? 0n) + short);
    missing.set(payer, (missing.get(payer) ?? 0n) - short);
  }
  for (const [account, short] of missing) if (short <= 0n) missing.delete(account);
  return missing;
}
