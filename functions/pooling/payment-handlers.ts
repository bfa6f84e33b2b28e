import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { presentAmount } from '../../shared/money/present.ts';
import type { poolContract } from './contract-pools.ts';
import { accountNotFound } from './members/require-members.ts';
import { payFromPool as pay } from './payments/pay-from-pool.ts';
import type { Payment } from './payments/payment.ts';
import type { Pool } from './pool.ts';
import { findPool } from './pool-handlers.ts';
import { presentPayment } from './present-pools.ts';
import { problems } from './problems.ts';
import { requireSwept } from './runs/start-run.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof poolContract> = OperationHandler<(typeof poolContract)[Name]>;

const payFromPool: Handler<'payFromPool'> = async (request) => {
  const { actor, path, body, now } = request;
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  requirePaying(pool, body.amount.currency);
  await requirePayee(tools, pool, body.creditAccountId);
  const claim = await claimOf(tools, 'payFromPool', 'pay', request);
  const { amount, description, references = {}, ...accounts } = body;
  const payment = await pay(
    tools,
    pool,
    {
      ...accounts,
      amount: amount.minor,
      ...(description !== undefined && { description }),
      references,
      cause: causeOf(actor),
    },
    claim,
    now,
  );
  if (payment.status === 'REFUSED') throw refusalOf(payment);
  return { status: payment.status === 'PAID' ? 201 : 202, body: presentPayment(payment) };
};

function requirePaying(pool: Pool, currency: string): void {
  requireSwept(pool);
  if (currency === pool.currency) return;
  const detail = `The pool is in ${pool.currency}, the amount in ${currency}.`;
  throw problems['currency-mismatch']
    .with({ detail, currency: pool.currency })
    .at({ pointer: '/amount/currency', detail });
}

async function requirePayee({ ledger }: PoolingTools, pool: Pool, creditAccountId: string): Promise<void> {
  const payee = (await ledger.readAccounts(pool.tenant, [creditAccountId])).get(creditAccountId);
  if (!payee) throw accountNotFound(creditAccountId, '/creditAccountId');
  if (payee.currency === pool.currency) return;
  const detail = `The account ${creditAccountId} is held in ${payee.currency}, the pool in ${pool.currency}.`;
  throw problems['currency-mismatch']
    .with({ detail, currency: pool.currency })
    .at({ pointer: '/creditAccountId', detail });
}

function refusalOf({ id, refusal, amount, currency }: Payment) {
  const { detail = '', reason, code, accountId, short } = refusal ?? {};
  const facts = {
    paymentId: id,
    ...(accountId !== undefined && { accountId }),
    ...(short !== undefined && { short: presentAmount(short, currency) }),
    required: presentAmount(amount, currency),
  };
  if (reason !== undefined) return problems['funding-refused'].with({ detail, reason, ...facts });
  return problems['payment-refused'].with({ detail, because: { code, detail }, ...facts });
}

export async function findPayment(
  tools: PoolingTools,
  tenant: string,
  { poolId, paymentId }: { poolId: string; paymentId: string },
): Promise<Payment> {
  const payment = await tools.store.readPayment(tenant, paymentId);
  if (payment && payment.poolId === poolId) return payment;
  await findPool(tools, tenant, poolId);
  throw problems['payment-not-found'].with({ detail: `The pool has no payment ${paymentId}.` });
}

const getPoolPayment: Handler<'getPoolPayment'> = async ({ actor, path }) => {
  return { body: presentPayment(await findPayment(poolingTools(), actor.tenant, path)) };
};

const listPoolPayments: Handler<'listPoolPayments'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const scope = { operation: 'listPoolPayments', tenant: actor.tenant, filters: path };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { payments, more } = await tools.store.listPayments(actor.tenant, pool.id, after, query.limit);
  const last = payments.at(-1)?.at;
  const next = more && last ? { nextCursor: encodeCursor(scope, { after: last }) } : {};
  return { body: { payments: payments.map(({ payment }) => presentPayment(payment)), ...next } };
};

export const paymentHandlers = { payFromPool, listPoolPayments, getPoolPayment };
