import { findCustomer } from '../customers/keep-customer.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Period } from './dso.ts';
import { type BookFilter, isOf } from './fact.ts';
import { ReadBudget } from './read-budget.ts';
import { readFacts } from './read-facts.ts';
import { type Statement, statementOf } from './statement.ts';

export interface StatementAsked extends BookFilter, Period {
  readonly customerId: string;
}

/**
 * A customer's statement of account, by all that happened up to its last day. Problems: `receivables/customer-not-found`,
 * `receivables/report-too-large`.
 */
export async function readStatement(
  store: ReceivablesStore,
  tenant: string,
  asked: StatementAsked,
): Promise<{ readonly customerNumber: string; readonly name: string; readonly statement: Statement }> {
  const { number, names } = await findCustomer(store, tenant, asked.customerId);
  const facts = await readFacts(store, tenant, asked.customerId, { to: asked.to }, new ReadBudget());
  const { accounts, lines } = statementOf(facts, asked);
  const isWanted = isOf(asked);
  const statement = { accounts: accounts.filter(isWanted), lines: lines.filter(isWanted) };
  return { customerNumber: number, name: names[0] ?? '', statement };
}
