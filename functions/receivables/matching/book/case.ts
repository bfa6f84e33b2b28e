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
  /** What its payer owes, where that is known. */
  readonly account: Account | undefined;
  readonly references: FoundReferences;
}

/** All that the explanations of a receipt depend on: what its payer owes, and those whose invoices it names. */
export function accountsOf({ pool, payer, account, references }: Case): ReadonlySet<Account> {
  const accounts = new Set<Account>();
  if (account) accounts.add(account);
  for (const { entries } of references.hits) {
    for (const { item } of entries) {
      const { customerId } = item.invoice;
      if (item.pool === pool && customerId !== payer.customerId) accounts.add(pool.account(customerId));
    }
  }
  return accounts;
}
