import type { TransferResult } from '../../../functions/ledger/post-transfers.ts';
import { type BookedReceipt, bookReceipt } from '../../../functions/pooling/ledgers/book-receipt.ts';
import { ledgerIn, receiptIn } from '../../../functions/pooling/ledgers/ledger-shapes.ts';
import { openLedger } from '../../../functions/pooling/ledgers/open-ledger.ts';
import type { PoolLedger } from '../../../functions/pooling/ledgers/pool-ledger.ts';
import { type LedgerPool, requireLedgerPool } from '../../../functions/pooling/ledgers/require-ledger-pool.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { newPool } from './pools.ts';
import { balancesOf, cause, fund, move, now, openAccount, type TestPooling, worldOf } from './support.ts';

/** The claim of a key as a handler makes it; the fingerprint is that of the content. */
export function claimOf(tenant: string, operation: string, key: string, body: unknown): KeyClaim {
  const fingerprint = JSON.stringify(body);
  return { operation, key, fingerprint, id: deriveId('rcp', tenant, key), at: now.toISOString(), cause };
}

/** A LEDGER pool over an account at the bank that holds so much, negative for an overdraft. */
export async function ledgerPool(
  pooling: TestPooling,
  tenant: string,
  balance: bigint,
  limit = 'overdraft 1000.00',
): Promise<LedgerPool> {
  const bank = await openAccount(pooling, tenant, { name: 'bank', holder: 'Group', limit });
  if (balance > 0n) await fund(pooling, tenant, bank, balance);
  if (balance < 0n) {
    const world = await worldOf(pooling, tenant);
    await move(pooling, tenant, { from: bank, to: world, minor: -balance });
  }
  return requireLedgerPool(await newPool(pooling, tenant, bank, 'LEDGER'));
}

/** Opens a ledger from the body of a request; the key is its name. */
export function ledgerOf(
  tools: PoolingTools,
  pool: Pool,
  body: { readonly name: string } & Readonly<Record<string, unknown>>,
  key = body.name,
): Promise<PoolLedger> {
  const claim = claimOf(pool.tenant, 'openLedger', key, body);
  return openLedger(tools, pool, ledgerIn.parse(body), claim, now);
}

/** Books a receipt from the body of a request. */
export function receive(tools: PoolingTools, pool: Pool, key: string, body: object, at = now): Promise<BookedReceipt> {
  return bookReceipt(tools, pool, receiptIn.parse(body), claimOf(pool.tenant, 'bookReceipt', key, body), at);
}

/** Pays out of a ledger: it hands the money to the control account, and the real account pays. */
export function payOut(pooling: TestPooling, pool: LedgerPool, from: string, to: string, minor: bigint, at = now) {
  return move(
    pooling,
    pool.tenant,
    { from, to: pool.book.controlAccountId, minor, now: at },
    { from: pool.headerAccountId, to, minor },
  );
}

/** The real balance, what the ledgers hold together, and the control account's. */
export async function figuresOf(pooling: TestPooling, pool: LedgerPool) {
  const ledgers = await pooling.store.readLedgers(pool.tenant, pool.id);
  const ids = [pool.rootAccountId, ...ledgers.map(({ accountId }) => accountId)];
  const [real = 0n, control = 0n, ...held] = await balancesOf(pooling, pool.tenant, [
    pool.headerAccountId,
    pool.book.controlAccountId,
    ...ids,
  ]);
  return { real, control, ledgers: held.reduce((sum, one) => sum + one, 0n) };
}

/** How the ledger answered: 'POSTED', or the code of its refusal. */
export function answerOf(result: TransferResult): string {
  return result.outcome === 'REFUSED' ? result.problem.code : 'POSTED';
}
