import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { accountNotFound } from '../members/require-members.ts';
import type { Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';
import { requireByNumber, requireLedger } from './find-ledger.ts';
import { receiptOrder } from './receipt-order.ts';
import { type LedgerPool, requireCurrency, requireLedgerPool } from './require-ledger-pool.ts';

export interface ReceiptRequest {
  /** Either, or neither for the main ledger. */
  readonly virtualAccount?: string | undefined;
  readonly accountId?: string | undefined;
  readonly amount: { readonly minor: bigint; readonly currency: string };
  readonly debitAccountId?: string | undefined;
  readonly valueDate?: string | undefined;
  readonly description?: string | undefined;
  readonly references?: Readonly<Record<string, string>> | undefined;
}

export interface BookedReceipt {
  readonly id: string;
  readonly poolId: string;
  readonly transferId: string;
  /** The ledger that got the money. */
  readonly accountId: string;
  readonly virtualAccount?: string;
  readonly debitAccountId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly valueDate: string;
  readonly bookedAt: string;
}

/**
 * Books a receipt of the real account into one of its ledgers, as one transfer named after the request's key: the same
 * key books once, and what the ledger refused by state it refuses for ever.
 *
 * Problems: `pooling/kind-not-fitting`, `currency-mismatch`, `virtual-account-unknown`, `not-a-member`,
 * `account-not-found`, `debit-account-not-allowed`; of the ledger: value date, closed accounts, `idempotency-key-reused`.
 */
export async function bookReceipt(
  tools: PoolingTools,
  pool: Pool,
  request: ReceiptRequest,
  claim: KeyClaim,
  now: Date,
): Promise<BookedReceipt> {
  const ledgerPool = requireLedgerPool(pool);
  const { amount, valueDate, references = {} } = request;
  requireCurrency(pool, amount.currency, '/amount');
  const target = await findTarget(tools, ledgerPool, request);
  const debitAccountId = request.debitAccountId ?? ledgerPool.book.clearingAccountId;
  if (request.debitAccountId !== undefined) await requireSource(tools, ledgerPool, request.debitAccountId);
  const order = receiptOrder(ledgerPool, {
    debitAccountId,
    portions: [{ accountId: target.accountId, amount: amount.minor }],
    assignment: target.named ? 'ASSIGNED' : 'UNASSIGNED',
    order: {
      name: ['pooling', pool.id, 'receipt-of-key', claim.key],
      fingerprint: claim.fingerprint,
      ...defined({ valueDate, description: request.description }),
      references,
      cause: claim.cause,
    },
  });
  const [result] = await tools.ledger.postTransfers(pool.tenant, [order], now);
  if (!result) throw new Error('The ledger gave no answer.');
  if (result.outcome === 'REFUSED') throw inTermsOfRequest(result.problem);
  return {
    id: claim.id,
    poolId: pool.id,
    transferId: result.id,
    accountId: target.accountId,
    ...defined({ virtualAccount: target.masked }),
    debitAccountId,
    amount: amount.minor,
    currency: pool.currency,
    valueDate: valueDate ?? businessDateOf(new Date(result.bookedAt)),
    bookedAt: result.bookedAt,
  };
}

interface Target {
  readonly accountId: string;
  readonly masked?: string;
  /** Whether the request said where the money belongs. */
  readonly named: boolean;
}

async function findTarget(tools: PoolingTools, pool: LedgerPool, request: ReceiptRequest): Promise<Target> {
  const { virtualAccount, accountId } = request;
  if (virtualAccount !== undefined) return { ...(await requireByNumber(tools, pool, virtualAccount)), named: true };
  if (accountId === undefined) return { accountId: pool.rootAccountId, named: false };
  await requireLedger(tools, pool, accountId);
  return { accountId, named: true };
}

/** Money comes from outside: not from the real account itself, and not from inside any book. Only what never changes is asked. */
async function requireSource({ ledger }: PoolingTools, pool: LedgerPool, accountId: string): Promise<void> {
  const pointer = '/debitAccountId';
  const account = (await ledger.readAccounts(pool.tenant, [accountId])).get(accountId);
  if (!account) throw accountNotFound(accountId, pointer);
  const { currency, book } = account;
  if (currency !== pool.currency) {
    const detail = `The account ${accountId} is held in ${currency}, the pool in ${pool.currency}.`;
    throw problems['currency-mismatch'].with({ detail, currency: pool.currency }).at({ pointer, detail });
  }
  const isInside = book !== undefined && book.role !== 'REAL';
  if (!isInside && accountId !== pool.headerAccountId) return;
  const detail = isInside
    ? `The account ${accountId} is inside the book ${book.id}; a receipt comes from outside.`
    : `The account ${accountId} is the real account that the receipt comes into.`;
  throw problems['debit-account-not-allowed'].with({ detail, accountId }).at({ pointer, detail });
}

const fieldOf: Readonly<Record<string, string>> = {
  '/legs/0/debitAccountId': '/debitAccountId',
  '/legs/1/creditAccountId': '/accountId',
  '/valueDate': '/valueDate',
};

/** The ledger points into the transfer, which the caller never saw. */
function inTermsOfRequest(problem: Problem): Problem {
  const { errors = [], ...fields } = problem.fields;
  const located = errors.flatMap(({ pointer = '', detail }) => {
    const field = fieldOf[pointer];
    return field === undefined ? [] : [{ pointer: field, detail }];
  });
  const plain = new Problem(problem.code, problem.kind, fields, { cause: problem });
  return located.length > 0 ? plain.at(...located) : plain;
}
