import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { LoanContract } from '../pool.ts';

export const contractStates = ['NOT_YET_EFFECTIVE', 'IN_FORCE', 'EXPIRED'] as const;
export type ContractState = (typeof contractStates)[number];

/** Where a contract stands on a day; both days of its term are in. */
export function contractState({ effectiveFrom, expiresOn }: LoanContract, date: PlainDate): ContractState {
  if (effectiveFrom !== undefined && date < effectiveFrom) return 'NOT_YET_EFFECTIVE';
  return expiresOn !== undefined && date > expiresOn ? 'EXPIRED' : 'IN_FORCE';
}

/** The contracts of each direction. */
export function contractsByDirection(contracts: readonly LoanContract[]): Map<string, LoanContract[]> {
  return Map.groupBy(contracts, directionOf);
}

export function directionOf({ lender, borrower }: { readonly lender: string; readonly borrower: string }): string {
  return JSON.stringify([lender, borrower]);
}

/**
 * The contract of a direction that counts on a day: the one in force, or the last that was, or the first to come. No two are
 * in force together. Undefined without any.
 */
export function contractOn(contracts: readonly LoanContract[] = [], date: PlainDate): LoanContract | undefined {
  const ordered = contracts.toSorted((one, other) =>
    (one.effectiveFrom ?? '') < (other.effectiveFrom ?? '') ? -1 : 1,
  );
  return ordered.findLast((one) => contractState(one, date) !== 'NOT_YET_EFFECTIVE') ?? ordered[0];
}

/**
 * How far a direction may be lent on a day: the ceiling of the contract in force, nothing where there are contracts and none
 * is in force, without bound (undefined) where it has no ceiling or there is no contract at all. Minor units.
 */
export function ceilingOn(contracts: readonly LoanContract[] | undefined, date: PlainDate): bigint | undefined {
  const contract = contractOn(contracts, date);
  if (!contract) return undefined;
  return contractState(contract, date) === 'IN_FORCE' ? contract.ceiling : 0n;
}
