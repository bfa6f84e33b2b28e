/**
 * The accounts of a market by what they are for; `payable` is by merchant, `subsidy` by who gives to coupons: PLATFORM, or the
 * merchant that stands for a brand. Only lines move what is `payable`. A credit adds to the balance of an account.
 */
export type AccountRole = 'supervised' | `channel:${string}` | `payable:${string}` | `subsidy:${string}`;

/** Minor units, above zero. */
export interface RoleLeg {
  readonly debit: AccountRole;
  readonly credit: AccountRole;
  readonly amount: bigint;
}

/** What each account gains by legs, below zero where it loses. They add up to zero. */
export function gainsOf(legs: Iterable<RoleLeg>): Map<AccountRole, bigint> {
  const gains = new Map<AccountRole, bigint>();
  for (const { debit, credit, amount } of legs) {
    gains.set(debit, (gains.get(debit) ?? 0n) - amount);
    gains.set(credit, (gains.get(credit) ?? 0n) + amount);
  }
  return gains;
}

/** A leg of an amount that may be below zero: then it goes the other way. None of zero. */
export function legOf(debit: AccountRole, credit: AccountRole, amount: bigint): RoleLeg[] {
  if (amount === 0n) return [];
  return amount > 0n ? [{ debit, credit, amount }] : [{ debit: credit, credit: debit, amount: -amount }];
}
