import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { receiptContract } from './contract-receipts.ts';
import { findPayment } from './payment-handlers.ts';
import type { Payment } from './payments/payment.ts';
import type { SweepReceipt } from './receipts/derive-receipts.ts';
import { namedAccounts, presentReceipt } from './receipts/present-receipts.ts';
import { readRunReceipts, receiptsOfPayment } from './receipts/read-receipts.ts';
import { findRun } from './run-handlers.ts';
import type { Run } from './runs/run.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof receiptContract> = OperationHandler<(typeof receiptContract)[Name]>;

const listRunReceipts: Handler<'listRunReceipts'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const { limit, cursor, ...filter } = query;
  const scope = { operation: 'listRunReceipts', tenant: actor.tenant, filters: { ...path, ...defined(filter) } };
  const run = await findRun(tools, actor.tenant, path);
  const shown = cursor === undefined ? 0 : Number(decodeCursor(scope, cursor).shown);
  const all = await readRunReceipts(tools, run, filter);
  const end = shown + limit;
  const body = {
    runId: run.id,
    receipts: await withNames(tools, run, all.slice(shown, end)),
    ...(end < all.length && { nextCursor: encodeCursor(scope, { shown: String(end) }) }),
  };
  return { body };
};

const listPaymentReceipts: Handler<'listPaymentReceipts'> = async ({ actor, path }) => {
  const tools = poolingTools();
  const payment = await findPayment(tools, actor.tenant, path);
  return { body: { paymentId: payment.id, receipts: await withNames(tools, payment, receiptsOfPayment(payment)) } };
};

async function withNames({ ledger }: PoolingTools, source: Run | Payment, receipts: readonly SweepReceipt[]) {
  const accounts = await ledger.readAccounts(source.tenant, namedAccounts(receipts));
  return receipts.map((receipt) => presentReceipt(receipt, source, accounts));
}

export const receiptHandlers = { listRunReceipts, listPaymentReceipts };
