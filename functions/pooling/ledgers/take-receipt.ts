import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { writeLog } from '../../../shared/http/log.ts';
import type { TransferResult } from '../../ledger/published.ts';
import { notFinal } from '../ledger-answers.ts';
import { requireOpen } from '../members/require-members.ts';
import type { PoolingTools } from '../tools.ts';
import { type Allotment, allotReceipt, type BankReceipt, candidatesOf } from './allot-receipt.ts';
import { describeReceipt } from './describe-receipt.ts';
import { bankReceiptOf, type ReceiptRecorded, readReceiptEvent } from './receipt-event.ts';
import { receiptOrder } from './receipt-order.ts';
import { receiptValueDate } from './receipt-value-date.ts';
import { isLedgerPool, type LedgerPool } from './require-ledger-pool.ts';

/** Numbers looked up for one receipt, at most. */
export const candidatesMax = 2_000;

/**
 * Takes what a bank statement tells of: a credit of the real account of a LEDGER pool is booked once, however many reports
 * tell it, into the ledgers whose virtual account numbers stand in it, and else into the main ledger with the reference
 * `assignment: UNASSIGNED`. Receipts of other accounts are none of this capability's; reversals, amounts in another
 * currency than the pool's, and what the bank booked before the pool was made are left alone with a line in the log.
 *
 * Throws where the ledger gives no final answer, or refuses even the main ledger: the event comes again.
 */
export async function takeReceipt(tools: PoolingTools, event: DomainEvent, now: Date): Promise<void> {
  const told = readReceiptEvent(event.data);
  const pool = await findPool(tools, event.tenant, told.accountId);
  if (!pool) return;
  const because = whyLeftAlone(pool, told);
  if (because !== undefined) return logLeft(event, told, because);
  const receipt = bankReceiptOf(told);
  if (receipt.amount <= 0n) return logLeft(event, told, 'NOT_POSITIVE');
  const { numbers, ...allotment } = await allot(tools, pool, receipt);
  const taking = { pool, event, told, numbers };
  const result = await post(tools, taking, allotment, 'receipt', now);
  if (result.outcome === 'REFUSED') await postToMain(tools, taking, receipt, result.problem.code, now);
}

/** What a receipt is booked from. */
interface Taking {
  readonly pool: LedgerPool;
  readonly event: DomainEvent;
  readonly told: ReceiptRecorded;
  /** Virtual account numbers that stand in it. */
  readonly numbers: readonly string[];
}

/** The LEDGER pool whose real account this is. */
async function findPool(
  { store }: PoolingTools,
  tenant: string,
  accountId: string | undefined,
): Promise<LedgerPool | undefined> {
  if (accountId === undefined) return undefined;
  const poolId = (await store.readMemberships(tenant, [accountId])).get(accountId);
  const pool = poolId === undefined ? undefined : await store.readPool(tenant, poolId);
  if (!pool || !isLedgerPool(pool) || pool.headerAccountId !== accountId) return undefined;
  // The event comes again; then the book is there to take it.
  requireOpen(pool);
  return pool;
}

/** What was booked at the bank before the day on which the main ledger took the balance over is in that balance. */
function whyLeftAlone({ currency, createdAt }: LedgerPool, told: ReceiptRecorded): string | undefined {
  const { reversal, amount, bookingDate } = told;
  if (reversal) return 'REVERSAL';
  if (bookingDate !== undefined && bookingDate < businessDateOf(new Date(createdAt))) return 'BEFORE_TAKEOVER';
  return amount.currency === currency ? undefined : 'OTHER_CURRENCY';
}

function logLeft({ id, tenant }: DomainEvent, { entryId }: ReceiptRecorded, because: string): void {
  writeLog({ level: 'WARN', message: 'receipt left alone', eventId: id, tenant, entryId, because });
}

/** A search that is cut short proves nothing: what is too long to read goes to the main ledger. */
async function allot(
  tools: PoolingTools,
  pool: LedgerPool,
  receipt: BankReceipt,
): Promise<Allotment & Pick<Taking, 'numbers'>> {
  const candidates = candidatesOf(receipt);
  const hashes = new Map(
    candidates.length > candidatesMax ? [] : candidates.map((number) => [number, tools.hashNumber(number)]),
  );
  const known = await tools.store.readVirtualAccounts(pool.tenant, hashes.values());
  const ledgerOf = (number: string) => {
    const found = known.get(hashes.get(number) ?? '');
    return found?.poolId === pool.id ? found.accountId : undefined;
  };
  const numbers = [...hashes].flatMap(([number, hash]) => (known.has(hash) ? [number] : []));
  return { ...allotReceipt(receipt, ledgerOf, pool.rootAccountId), numbers };
}

/** The fingerprint leaves the ledgers out: another report of the same credit may know less of where it belongs. */
async function post(
  { ledger }: PoolingTools,
  { pool, event, told, numbers }: Taking,
  allotment: Allotment,
  part: 'receipt' | 'receipt-to-main',
  now: Date,
): Promise<TransferResult> {
  const { creditKey, entryId, amount, valueDate, remittance } = told;
  const { client, role, requestId } = event.actor;
  const dates = receiptValueDate(valueDate, businessDateOf(now));
  const order = receiptOrder(pool, {
    ...allotment,
    debitAccountId: pool.book.clearingAccountId,
    order: {
      name: ['pooling', pool.id, part, creditKey],
      fingerprint: `${amount.amount} ${amount.currency}`,
      ...(dates.valueDate !== undefined && { valueDate: dates.valueDate }),
      ...(remittance !== undefined && { description: describeReceipt(remittance, numbers) }),
      references: { creditKey, entryId, ...dates.references },
      cause: { client, role, requestId },
    },
  });
  const [result] = await ledger.postTransfers(pool.tenant, [order], now);
  if (!result) throw new Error('The ledger gave no answer.');
  if (result.outcome === 'REFUSED' && notFinal.has(result.problem.code)) throw result.problem;
  return result;
}

/** A ledger that takes no money any more does not keep the real account from having it. */
async function postToMain(
  tools: PoolingTools,
  taking: Taking,
  { amount }: BankReceipt,
  refusal: string,
  now: Date,
): Promise<void> {
  const portions = [{ accountId: taking.pool.rootAccountId, amount }];
  const result = await post(tools, taking, { portions, assignment: 'UNASSIGNED' }, 'receipt-to-main', now);
  if (result.outcome === 'REFUSED') throw result.problem;
  const { id, tenant } = taking.event;
  writeLog({ level: 'WARN', message: 'receipt kept in the main ledger', eventId: id, tenant, refusal });
}
