import { addDays } from '../../../shared/calendar/plain-date.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { readTreeMembers } from '../ledgers/unplaced-ledgers.ts';
import type { Configuration, Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';
import { type KnownAccounts, outdatedFault } from './check-interest-terms.ts';
import { bearersOf, depositBearer } from './interest-bearers.ts';
import type { Bearer, ExchangeRate, InterestPeriod } from './interest-run.ts';
import type { DepositTerms, InterestTerms, PoolTerms } from './interest-terms.ts';

/** The accounts that bear interest for an owner now, and what their balances are counted in. */
export interface OwnersAccounts {
  readonly currency: string;
  readonly bearers: readonly Bearer[];
}

/** The accounts of a pool as its terms see them. */
export function knownAccounts(pool: Pool, { members }: Pick<Configuration, 'members'>): KnownAccounts {
  const currencies = new Map(members.map(({ accountId, currency }) => [accountId, currency]));
  if (pool.kind === 'NOTIONAL') currencies.set(pool.headerAccountId, pool.currency);
  return { pool, currencies };
}

/**
 * The accounts of the owner that bear interest by these terms. Problems: `pooling/pool-not-found`,
 * `interest-terms-outdated` where the terms no longer fit the members.
 */
export async function readOwnersAccounts(tools: PoolingTools, terms: InterestTerms): Promise<OwnersAccounts> {
  const { tenant, ownerId, content } = terms;
  if (content.kind === 'DEPOSIT') return await depositAccounts(tools, tenant, ownerId, content);
  const pool = await tools.store.readPool(tenant, ownerId);
  if (!pool) throw problems['pool-not-found'].with({ detail: `There is no pool ${ownerId}.`, poolId: ownerId });
  return await poolAccounts(tools, pool, content);
}

async function depositAccounts(tools: PoolingTools, tenant: string, accountId: string, content: DepositTerms) {
  const account = (await tools.ledger.readAccounts(tenant, [accountId])).get(accountId);
  if (!account) throw new Error(`The account ${accountId} of a deposit is not in the ledger.`);
  return { currency: account.currency, bearers: [depositBearer(account, content)] };
}

async function poolAccounts(tools: PoolingTools, pool: Pool, content: PoolTerms): Promise<OwnersAccounts> {
  const configuration = await readTreeMembers(tools, pool);
  const fault = outdatedFault(content, knownAccounts(pool, configuration));
  if (fault) throw problems['interest-terms-outdated'].with({ detail: fault.detail, because: fault });
  return { currency: pool.currency, bearers: bearersOf(pool, configuration, content) };
}

/**
 * The rates by which a period's foreign balances are counted: of the terms' rate set, on the last day that counts, or the
 * latest set before it. Problem: `pooling/interest-rate-missing` naming pair and set.
 */
export async function readExchange(
  tools: PoolingTools,
  terms: InterestTerms,
  { currency, bearers }: OwnersAccounts,
  { to }: Pick<InterestPeriod, 'to'>,
): Promise<ExchangeRate[]> {
  const { content, tenant } = terms;
  const rateSet = content.kind === 'POOL' ? content.rateSet : undefined;
  const foreign = [...new Set(bearers.map((bearer) => bearer.currency))].filter((one) => one !== currency).sort();
  if (rateSet === undefined || foreign.length === 0) return [];
  const lastDay = addDays(to, -1);
  return await Promise.all(
    foreign.map(async (base) => {
      const { numerator, denominator, date } = await tools
        .rateBetween(tenant, rateSet, lastDay, base, currency)
        .catch(ownProblem);
      return { base, numerator, denominator, date };
    }),
  );
}

/** The rates' refusal as pooling's own, with what it names. */
function ownProblem(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'rates/rate-missing') throw error;
  throw problems['interest-rate-missing'].with(error.fields, { cause: error });
}
