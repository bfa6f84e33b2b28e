import type { OpenReceipt } from '../open-item.ts';
import type { Payer } from '../payers/payer.ts';
import type { FoundReferences } from '../references/find-references.ts';
import type { Named } from '../rules/named-invoices.ts';
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
  /** What the numbers name that count whatever the amount. */
  readonly sure: Named;
  /** All that its explanations depend on: what its payer owes, and those whose invoices it names. */
  readonly accounts: readonly Account[];
}

/** The account of the payer, and those of all whose invoices are named in a pool. */
export function accountsOf(pool: Pool, payers: Account | undefined, { hits }: FoundReferences): readonly Account[] {
  const accounts = payers ? [payers] : [];
  for (const { entries } of hits) {
    for (const { item } of entries) {
      if (item.pool !== pool) continue;
      const account = pool.account(item.invoice.customerId);
      if (!accounts.includes(account)) accounts.push(account);
    }
  }
  return accounts;
}
