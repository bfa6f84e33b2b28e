import type { Problem } from '../../../shared/problems/problem.ts';
import type { Party } from '../terms/parties.ts';
import { type PostedSet, payersOf } from './posting-order.ts';
import type { Barred, Resolution } from './resolution.ts';

/** A set that the ledger did not take. */
export interface RefusedSet {
  readonly set: PostedSet;
  readonly problem: Problem;
  /** Those of its payers that had a part in one before it that did not settle: they may have lacked what they were to get by it. */
  readonly waitedFor: readonly Party[];
}

/** Refusals that other movements explain, so that a decision on newer balances may do: so many times. */
const overtaken: ReadonlySet<string> = new Set(['ledger/insufficient-funds', 'ledger/condition-not-met']);
const newBalancesMax = 2;

/**
 * Whose payments wait for the rest of a resolution after a round: those whose accounts the ledger refuses again and again, or for
 * what no new decision mends; not who only lacked what others were to pay. The first that was refused waited for nobody. So each round
 * settles all that it decided, or bars somebody, or is one of the first two that did not.
 */
export function barAfter(
  { barred, refusedRounds }: Pick<Resolution, 'barred' | 'refusedRounds'>,
  refused: readonly RefusedSet[],
  partyOf: (accountId: string) => Party | undefined,
): Barred[] {
  const all = new Map(barred.map((one) => [one.participant, one]));
  for (const { set, problem, waitedFor } of refused) {
    const isOvertaken = overtaken.has(problem.code);
    if (isOvertaken && refusedRounds < newBalancesMax) continue;
    const detail = `The ledger refuses (${problem.code}): ${problem.fields.detail}`;
    for (const participant of blamed(set, problem, partyOf)) {
      if (!isOvertaken || !waitedFor.includes(participant)) all.set(participant, { participant, detail });
    }
  }
  return [...all.values()];
}

function blamed(set: PostedSet, { fields }: Problem, partyOf: (accountId: string) => Party | undefined): Party[] {
  const accountId: unknown = fields.accountId;
  const party = typeof accountId === 'string' ? partyOf(accountId) : undefined;
  return party === undefined ? payersOf(set) : [party];
}
