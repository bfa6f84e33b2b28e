import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { sum } from '../../shared/money/sum.ts';
import type { poolContract } from './contract-pools.ts';
import { createPool as create } from './create-pool.ts';
import { readTreeMembers } from './ledgers/unplaced-ledgers.ts';
import { listLoans as loansOf, positionsOf } from './loans/list-loans.ts';
import { presentLoan } from './loans/present-loan.ts';
import { readLoanBalances } from './loans/read-loan-balances.ts';
import { sweptTree } from './members/investment.ts';
import { presentMembers } from './members/present-members.ts';
import { readConfiguration } from './members/read-configuration.ts';
import { requireOpen } from './members/require-members.ts';
import { setMembers as set } from './members/set-members.ts';
import type { Pool } from './pool.ts';
import { presentPool, presentTotals, presentTree } from './present-pools.ts';
import { problems } from './problems.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof poolContract> = OperationHandler<(typeof poolContract)[Name]>;

export async function findPool({ store }: PoolingTools, tenant: string, poolId: string): Promise<Pool> {
  const pool = await store.readPool(tenant, poolId);
  if (pool) return pool;
  throw problems['pool-not-found'].with({ detail: `There is no pool ${poolId}.`, poolId });
}

const createPool: Handler<'createPool'> = async (request) => {
  const { actor, body, now } = request;
  const tools = poolingTools();
  const claim = await claimOf(tools, 'createPool', 'pool', request);
  const pool = await create(tools, actor.tenant, body, claim, now);
  return { body: presentPool(pool) };
};

const listPools: Handler<'listPools'> = async ({ actor, query }) => {
  const scope = { operation: 'listPools', tenant: actor.tenant };
  const after = query.cursor ? (decodeCursor(scope, query.cursor).after ?? '') : '';
  const { pools, more } = await poolingTools().store.listPools(actor.tenant, after, query.limit);
  const last = pools.at(-1)?.id;
  const next = more && last ? { nextCursor: encodeCursor(scope, { after: last }) } : {};
  return { body: { pools: pools.map(presentPool), ...next } };
};

const getPool: Handler<'getPool'> = async ({ actor, path }) => {
  return { body: presentPool(await findPool(poolingTools(), actor.tenant, path.poolId)) };
};

const setMembers: Handler<'setMembers'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  return { body: presentPool(await set(tools, pool, body, causeOf(actor), now)) };
};

const getMembers: Handler<'getMembers'> = async ({ actor, path }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  return { body: presentMembers(pool, await readConfiguration(tools, pool)) };
};

const getTree: Handler<'getTree'> = async ({ actor, path }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  requireOpen(pool);
  const swept = sweptTree(pool, await readTreeMembers(tools, pool));
  const { rootAccountId, configuration } = swept;
  const ids = [rootAccountId, ...configuration.members.map(({ accountId }) => accountId)];
  const [accounts, { states }] = await Promise.all([
    tools.ledger.readAccounts(actor.tenant, [...ids, pool.headerAccountId]),
    tools.store.readStates(pool, ids),
  ]);
  const inTree = ids.flatMap((accountId) => accounts.get(accountId) ?? []);
  const body = {
    poolId: pool.id,
    kind: pool.kind,
    version: pool.configVersion,
    totals: presentTotals(inTree),
    ...(pool.book && { real: presentReal(pool, inTree, accounts.get(pool.headerAccountId)?.posted ?? 0n) }),
    tree: presentTree(swept, { accounts, states }),
  };
  return { body };
};

function presentReal(pool: Pool, ledgers: readonly { readonly posted: bigint }[], posted: bigint) {
  const total = ledgers.reduce((sum, ledger) => sum + ledger.posted, 0n);
  const show = (minor: bigint) => presentAmount(minor, pool.currency);
  return {
    accountId: pool.headerAccountId,
    posted: show(posted),
    ledgers: show(total),
    difference: show(posted - total),
  };
}

const listLoans: Handler<'listLoans'> = async ({ actor, path, now }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  requireOpen(pool);
  const configuration = await readTreeMembers(tools, pool);
  const { balances, net } = await readLoanBalances(tools, pool, configuration);
  const loans = pool.kind === 'NOTIONAL' ? [] : loansOf(pool, configuration, balances, businessDateOf(now));
  const show = (minor: bigint) => presentAmount(minor, pool.currency);
  const entities = positionsOf(loans);
  const body = {
    loans: loans.map((loan) => presentLoan(loan, show)),
    entities: entities.map(({ entity, lent, borrowed }) => ({
      entity,
      lent: show(lent),
      borrowed: show(borrowed),
      net: show(lent - borrowed),
    })),
    net: show(net ?? sum(entities.map(({ lent, borrowed }) => lent - borrowed))),
  };
  return { body };
};

export const poolHandlers = { createPool, listPools, getPool, setMembers, getMembers, getTree, listLoans };
