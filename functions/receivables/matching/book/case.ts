import type { OpenReceipt } from '../open-item.ts';
import type { Payer } from '../payers/payer.ts';
import type { FoundReferences } from '../references/find-references.ts';
import type { Account } from './account.ts';
import type { Pool } from './pool.ts';

/** A receipt within a run, with all that is read out of it. */
export interface Case {
  readonly receipt: OpenReceipt;
  readonly pool: Pool;
  readonly payer: Payer;
  readonly references: FoundReferences;
}

/** All that the explanations of a receipt depend on: what its payer owes, and those whose invoices it names. */
export function accountsOf({ pool, payer, references }: Case): ReadonlySet<Account> {
  const accounts = new Set<Account>();
  if (payer.customerId !== undefined) accounts.add(pool.account(payer.customerId));
  for (const { entries } of references.hits) {
    for (const { item } of entries) if (item.pool === pool) accounts.add(pool.account(item.invoice.customerId));
  }
  return accounts;
}
