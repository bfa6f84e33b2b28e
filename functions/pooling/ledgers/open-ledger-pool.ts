import type { Constraint, LedgerAccount, OpeningRequest } from '../../ledger/published.ts';
import type { Cause, Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';

export interface LedgerPoolRequest {
  readonly tenant: string;
  readonly poolId: string;
  /** The account at the bank. */
  readonly real: LedgerAccount;
  readonly cause: Cause;
}

/** Whether the ledger would bind it as it is, beyond what every header must be. Problem: `pooling/account-not-allowed`. */
export function requireBindable({ id, pendingIn, pendingOut }: LedgerAccount, pointer: string): void {
  if (pendingIn === 0n && pendingOut === 0n) return;
  const detail = `The account ${id} has pending amounts, which the ledgers of a book could not carry.`;
  throw problems['account-not-allowed'].with({ detail, accountId: id }).at({ pointer, detail });
}

/**
 * Opens what the book (账簿) of a real account is made of: its control account, its main ledger, which is to take over the
 * whole balance and holds whatever is not allotted to another, and a clearing account outside the book, the bank's side of
 * receipts. Each has a name of its own, so that doing it again changes nothing and answers the same; left alone they do
 * no harm.
 */
export async function openLedgerPool(
  tools: PoolingTools,
  request: LedgerPoolRequest,
  now: Date,
): Promise<Required<Pick<Pool, 'rootAccountId' | 'book'>>> {
  const { tenant, poolId, real } = request;
  const control = opening(request, 'control', '账簿 Control account', { type: 'NONE' }, 'CLEARING');
  const main = opening(request, 'main', '账簿 Main ledger', mainConstraint(real), 'GENERAL');
  const clearing = opening(request, 'clearing', '账簿 Bank clearing', { type: 'NONE' }, 'CLEARING');
  const { ledger } = tools;
  const [controlAccountId, rootAccountId, clearingAccountId] = await Promise.all([
    ledger.openAccountOnce(tenant, { ...control, book: { id: poolId, role: 'CONTROL' } }, now),
    ledger.openAccountOnce(tenant, { ...main, book: { id: poolId, role: 'LEDGER' } }, now),
    ledger.openAccountOnce(tenant, clearing, now),
  ]);
  return { rootAccountId, book: { controlAccountId, clearingAccountId } };
}

/**
 * Binds the real account to its book, once. Problems: `ledger/book-not-allowed` where the account cannot be the real one of
 * a book (pending amounts, hot, closed, in a book already); `ledger/insufficient-funds` where it went further into overdraft
 * meanwhile.
 */
export async function bindRealAccount({ ledger }: PoolingTools, pool: Pool, now: Date): Promise<void> {
  const { tenant, id, headerAccountId, rootAccountId, book, cause } = pool;
  if (!book) throw new Error(`The pool ${id} has no book to bind.`);
  const binding = {
    name: ['pooling', id, 'bind', headerAccountId],
    bookId: id,
    realAccountId: headerAccountId,
    controlAccountId: book.controlAccountId,
    mainLedgerId: rootAccountId,
    cause,
  };
  await ledger.bindBook(tenant, binding, now);
}

/**
 * The main ledger may be spent down to nothing, as money that is there. Where the real account is overdrawn when the book
 * is made, the main ledger takes the overdraft over and may go that low and no lower: what the bank lends beyond it is
 * agreed ledger by ledger.
 */
function mainConstraint({ posted }: LedgerAccount): Constraint {
  return posted < 0n ? { type: 'OVERDRAFT_LIMIT', minor: -posted } : { type: 'MIN_BALANCE', minor: 0n };
}

function opening(
  { poolId, real, cause }: LedgerPoolRequest,
  part: string,
  name: string,
  constraint: Constraint,
  purpose: OpeningRequest['account']['purpose'],
): Omit<OpeningRequest, 'book'> {
  const { currency, holder } = real;
  return {
    name: ['pooling', poolId, part, real.id],
    account: { currency, holder, name, purpose, references: { poolId } },
    constraint,
    cause,
  };
}
