import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { readNetted } from '../../../shared/events/netted.ts';
import { isFinal, isRemembered, NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import { readConfiguration } from '../members/read-configuration.ts';
import { pairOf } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import { type NettedLoan, repayOrder } from './netted-loan.ts';
import { noteDueLoans } from './note-due-loans.ts';

/**
 * Pays back in the books of pools the loans that a netting cycle has settled, each once however often it is told; then notes what is
 * outstanding of the loans by now. What the ledger refuses waits and is asked for again. Of other sources: nothing. Throws, after
 * all was tried, where some are not booked.
 */
export async function takeNetted(tools: PoolingTools, event: DomainEvent, now: Date): Promise<void> {
  const netted = readNetted(event, 'POOL_LOANS');
  if (!netted) return;
  const { cycleId, valueDate, parts } = netted;
  const { tenant, actor: cause } = event;
  const failures: unknown[] = [];
  for (const { subject: loanId, amount, currency } of parts) {
    try {
      const loan = await tools.store.readDueLoan(tenant, loanId);
      if (!loan) throw new Error(`There is no loan ${loanId} that has fallen due, and it was netted.`);
      const facts = { tenant, loanId, cycleId, poolId: loan.poolId, amount, currency, valueDate, attempt: 1, cause };
      await keepOnce(tools, { ...facts, revision: 1, changedAt: now.toISOString() });
      await bookNetted(tools, { tenant, loanId, cycleId }, now);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some loans that were netted are not booked.');
}

async function keepOnce({ store }: PoolingTools, netted: NettedLoan): Promise<void> {
  const { tenant, loanId, cycleId } = netted;
  await decideAndWrite(async () => {
    const isKept = await store.readNettedLoan(tenant, loanId, cycleId);
    return { answer: undefined, ...(!isKept && { write: () => store.putNettedLoan(netted) }) };
  });
}

/** Which it is. */
type NettedName = Pick<NettedLoan, 'tenant' | 'loanId' | 'cycleId'>;

/** Books what was netted, if it is not booked yet. Throws NotAnsweredError where the ledger did not. */
export async function bookNetted(
  tools: PoolingTools,
  { tenant, loanId, cycleId }: NettedName,
  now: Date,
): Promise<void> {
  const { store, ledger } = tools;
  const [netted, loan] = await Promise.all([
    store.readNettedLoan(tenant, loanId, cycleId),
    store.readDueLoan(tenant, loanId),
  ]);
  if (!netted || !loan || netted.bookedAt !== undefined) return;
  const pool = await store.readPool(tenant, loan.poolId);
  if (!pool) throw new Error(`There is no pool ${loan.poolId}.`);
  const { loanBooks } = await readConfiguration(tools, pool);
  const book = loanBooks.find(({ pair }) => pair === pairOf(loan.lender, loan.borrower));
  if (!book) throw new Error(`The loan ${loanId} has no book.`);
  const order = repayOrder(book, loan, netted, businessDateOf(now));
  const [result] = await ledger.postTransfers(tenant, [order], now);
  const at = now.toISOString();
  if (result?.outcome === 'POSTED') {
    const { reason: _, ...booked } = netted;
    // Before it counts as done: where this breaks off, it is done again.
    await noteDueLoans(tools, { tenant, poolId: pool.id }, now);
    await change(tools, netted, { ...booked, bookedAt: at });
    return;
  }
  const detail = result?.problem.fields.detail ?? 'The ledger gave no answer.';
  if (result && isFinal(result.problem)) {
    const attempt = netted.attempt + (isRemembered(result.problem) ? 1 : 0);
    await change(tools, netted, { ...netted, attempt, reason: detail, changedAt: at });
  }
  throw new NotAnsweredError(`The ledger did not book ${order.name.join(' ')}: ${detail}`);
}

/** Nothing where another was faster: it has had the same answer. */
async function change({ store }: PoolingTools, before: NettedLoan, next: NettedLoan): Promise<void> {
  const { tenant, loanId, cycleId, revision } = before;
  await decideAndWrite(async () => {
    const there = await store.readNettedLoan(tenant, loanId, cycleId);
    if (there?.revision !== revision) return { answer: undefined };
    return { answer: undefined, write: () => store.putNettedLoan({ ...next, revision: revision + 1 }) };
  });
}
