import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { readTreeMembers } from '../ledgers/unplaced-ledgers.ts';
import { type Pool, scheduleCause } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import { type DueLoan, nameOf, newlyDue } from './due-loan.ts';
import { listLoans } from './list-loans.ts';
import { readLoanBalances } from './read-loan-balances.ts';

/**
 * Notes which loans of a pool have fallen due, and what is outstanding of those by now: each change is told. Of a pool without
 * contracts that end, no balance is read. Done again it notes nothing. Throws Error where the ledger's sides of its loans do not
 * fit together at the moment; and those of decideAndWrite.
 */
export async function noteDueLoans(
  tools: PoolingTools,
  { tenant, poolId }: { readonly tenant: string; readonly poolId: string },
  now: Date,
): Promise<void> {
  const { store } = tools;
  const pool = await store.readPool(tenant, poolId);
  if (!pool || pool.opening || pool.kind === 'NOTIONAL') return;
  const today = businessDateOf(now);
  const configuration = await readTreeMembers(tools, pool);
  await decideAndWrite(async () => {
    const known = await store.readDueLoans(tenant, poolId);
    const ends = configuration.contracts.some(({ expiresOn }) => expiresOn !== undefined && expiresOn <= today);
    if (!ends && known.every(({ outstanding }) => outstanding === 0n)) return { answer: undefined };
    const { balances, net = 0n } = await readLoanBalances(tools, pool, configuration);
    if (net !== 0n) throw new Error(`The loans of the pool ${poolId} moved while they were read.`);
    const found = newlyDue(listLoans(pool, configuration, balances, today), known, today);
    const next = found.map((one) => nextOf(pool, known, one, now));
    return { answer: undefined, ...(next.length > 0 && { write: () => store.putDueLoans(next) }) };
  });
}

function nextOf(
  { tenant, id: poolId, currency }: Pool,
  known: readonly DueLoan[],
  { lender, borrower, contract, dueOn, outstanding }: ReturnType<typeof newlyDue>[number],
  now: Date,
): DueLoan {
  const loan = { lender, borrower, contract, dueOn };
  const id = deriveId('dln', tenant, poolId, nameOf(loan));
  const revision = (known.find((one) => one.id === id)?.revision ?? 0) + 1;
  const changed = { revision, changedAt: now.toISOString(), cause: scheduleCause };
  return { tenant, id, poolId, ...loan, currency: currency as CurrencyCode, outstanding, ...changed };
}
