import { sum } from '../../../shared/money/sum.ts';
import type { Configuration, Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';

/** Each account is read at a moment of its own, so that both sides of a loan that moves meanwhile may not fit. */
const looksMax = 4;

export interface LoanBalances {
  /** Minor units, by account: of a PHYSICAL pool's loans both sides, of a LEDGER pool its ledgers. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** PHYSICAL: Σ of both sides of all loans as the ledger has them; zero, or the books are wrong. */
  readonly net?: bigint;
}

/** What the ledger has of a pool's loans. */
export async function readLoanBalances(
  tools: PoolingTools,
  pool: Pool,
  { members, loanBooks }: Configuration,
): Promise<LoanBalances> {
  if (pool.kind === 'NOTIONAL') return { balances: new Map() };
  if (pool.kind === 'LEDGER') {
    const ledgers = members.map(({ accountId }) => accountId);
    return { balances: await readBalances(tools, pool, ledgers) };
  }
  const sides = loanBooks.flatMap(({ accountId, controlId }) => [accountId, controlId]);
  for (let look = 1; ; look++) {
    const balances = await readBalances(tools, pool, sides);
    const net = sum(balances.values());
    if (net === 0n || look >= looksMax) return { balances, net };
  }
}

async function readBalances({ ledger }: PoolingTools, { tenant }: Pool, accountIds: readonly string[]) {
  const accounts = await ledger.readAccounts(tenant, accountIds);
  return new Map([...accounts].map(([id, { posted }]) => [id, posted]));
}
