import pLimit from 'p-limit';
import type { ReadMembers } from '../members/read-members.ts';
import type { Cause, LoanBook, Pool } from '../pool.ts';
import type { PoolingTools } from '../tools.ts';
import { loanPairsOf } from './loan-books.ts';

const openingsAtOnceMax = 16;
/** Of the name of an account, in characters. */
const nameLengthMax = 140;

/**
 * The accounts on which loans between entities are booked: one for each pair that an edge joins, and one for each second
 * entity of a pair. Opened once, kept for ever: the known ones come first, as they were, then the new pairs in the order of
 * `loanPairsOf`.
 *
 * They are a book of their own without a real account, so a leg from any other account to them is refused: the loans of a
 * pool add up to zero whoever posts.
 */
export async function openLoanBooks(
  { ledger }: PoolingTools,
  pool: Pool,
  read: Pick<ReadMembers, 'header' | 'members'>,
  known: readonly LoanBook[],
  cause: Cause,
  now: Date,
): Promise<LoanBook[]> {
  const limit = pLimit(openingsAtOnceMax);
  const open = (holder: string, name: string, ...key: string[]) =>
    limit(() =>
      ledger.openAccountOnce(
        pool.tenant,
        {
          name: ['pooling', pool.id, ...key],
          account: { currency: pool.currency, holder, name, purpose: 'LOAN', references: { poolId: pool.id } },
          constraint: { type: 'NONE' },
          book: { id: pool.id, role: 'LEDGER' },
          cause,
        },
        now,
      ),
    );
  const pairs = new Set(known.map(({ pair }) => pair));
  const fresh = loanPairsOf(pool, read).filter(({ pair }) => !pairs.has(pair));
  const knownControls = new Map(known.map(({ second, controlId }) => [second, controlId]));
  const controls = new Map<string, Promise<string> | string>(knownControls);
  for (const { second } of fresh) {
    if (!controls.has(second)) controls.set(second, open(second, 'Intercompany loans', 'loans-of', second));
  }
  const opened = fresh.map(async ({ pair, first, second }): Promise<LoanBook> => {
    const [accountId, controlId] = await Promise.all([
      open(first, shortened(`Loan to ${second}`), 'loan', first, second),
      controls.get(second) ?? '',
    ]);
    return { pair, first, second, accountId, controlId };
  });
  return [...known, ...(await Promise.all(opened))];
}

function shortened(name: string): string {
  return [...name].slice(0, nameLengthMax).join('');
}
