import type { Cause } from '../pool.ts';

/** INCOME takes money in and pays nobody outside the pool; EXPENSE is funded from above (收支两条线). */
export const ledgerPurposes = ['GENERAL', 'INCOME', 'EXPENSE'] as const;
export type LedgerPurpose = (typeof ledgerPurposes)[number];

/** An internal ledger (账簿) of a LEDGER pool: an account of the pool's book and what belongs to it here. */
export interface PoolLedger {
  readonly tenant: string;
  readonly poolId: string;
  readonly accountId: string;
  readonly name: string;
  /** The legal entity that owns the money. */
  readonly holder: string;
  readonly purpose: LedgerPurpose;
  /** Numbers that payers pay into it by, masked: a full number is kept nowhere. */
  readonly virtualAccounts: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly openedAt: string;
  readonly cause: Cause;
}

/** Where a virtual account number leads. */
export interface VirtualAccount {
  readonly poolId: string;
  readonly accountId: string;
  readonly masked: string;
}
