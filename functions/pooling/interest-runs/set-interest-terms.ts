import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { newId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { readTreeMembers } from '../ledgers/unplaced-ledgers.ts';
import type { Cause, Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingTools } from '../tools.ts';
import { settlementDayFaults, type TermsFault, termsFaults } from './check-interest-terms.ts';
import { knownAccounts } from './interest-owner.ts';
import type { DepositTerms, InterestTerms, PoolTerms, TermsContent } from './interest-terms.ts';
import { dueUnder } from './settlement.ts';

const faultsToldMax = 50;

export interface TermsRequest<Content> {
  readonly content: Content;
  /** The version that the caller looked at; 0 for none yet. */
  readonly expectedVersion?: number;
  readonly cause: Cause;
}

/**
 * Replaces the interest terms of a pool as a whole; the version before is kept, since earlier periods are repriced by it.
 * The same terms again change nothing. Problems: `pooling/interest-terms-malformed` with a pointer to each fault,
 * `pooling/version-conflict`, `request/conflict-retry`.
 */
export async function setPoolTerms(
  tools: PoolingTools,
  pool: Pool,
  request: TermsRequest<PoolTerms>,
  now: Date,
): Promise<InterestTerms<PoolTerms>> {
  const { content } = request;
  const configuration = await readTreeMembers(tools, pool);
  const faults = termsFaults(content, knownAccounts(pool, configuration));
  requireFaultless([
    ...faults,
    ...(await settlementFaults(tools, pool, content)),
    ...(await dayFaults(tools, pool.tenant, pool.id, content, now)),
  ]);
  return await putTerms(tools, pool.tenant, pool.id, request, now);
}

/** The accounts on which members of other currencies are settled are there, in the pool's currency. */
async function settlementFaults({ ledger }: PoolingTools, pool: Pool, { members }: PoolTerms): Promise<TermsFault[]> {
  const named = members.flatMap(({ settlementAccountId }) => settlementAccountId ?? []);
  if (named.length === 0) return [];
  const accounts = await ledger.readAccounts(pool.tenant, named);
  return members.flatMap(({ settlementAccountId }, index) => {
    if (settlementAccountId === undefined) return [];
    const account = accounts.get(settlementAccountId);
    if (account?.currency === pool.currency) return [];
    const pointer = `/members/${index}/settlementAccountId`;
    if (!account) return [{ pointer, detail: `There is no account ${settlementAccountId}.` }];
    return [{ pointer, detail: `The account is held in ${account.currency}, the pool in ${pool.currency}.` }];
  });
}

async function dayFaults(
  { store }: PoolingTools,
  tenant: string,
  ownerId: string,
  content: TermsContent,
  now: Date,
): Promise<TermsFault[]> {
  const head = content.settlementDay && (await store.readInterestHead(tenant, ownerId));
  return settlementDayFaults(content, { today: businessDateOf(now), isBegun: head !== undefined });
}

/**
 * Agrees on the tiers of a deposit (协定存款), replacing what was agreed before. Problems: `pooling/account-not-found`,
 * `pooling/interest-terms-malformed`, `pooling/version-conflict`, `request/conflict-retry`.
 */
export async function setDepositTerms(
  tools: PoolingTools,
  tenant: string,
  accountId: string,
  request: TermsRequest<Omit<DepositTerms, 'currency'>> & { readonly currencies: readonly string[] },
  now: Date,
): Promise<InterestTerms<DepositTerms>> {
  const { content, currencies, ...rest } = request;
  const { payerAccountId } = content;
  const accounts = await tools.ledger.readAccounts(tenant, [accountId, payerAccountId]);
  const account = accounts.get(accountId);
  if (!account) {
    throw problems['account-not-found'].with({ detail: `There is no account ${accountId}.`, accountId });
  }
  const { currency } = account;
  const agreed: DepositTerms = { ...content, currency };
  requireFaultless([
    ...payerFaults(accountId, payerAccountId, currency, accounts.get(payerAccountId)?.currency),
    ...currencies.flatMap((one, index) => {
      if (one === currency) return [];
      const pointer = `/terms/${index}/baseAmount/currency`;
      return [{ pointer, detail: `The account is held in ${currency}, not in ${one}.` }];
    }),
    ...(await dayFaults(tools, tenant, accountId, agreed, now)),
  ]);
  return await putTerms(tools, tenant, accountId, { ...rest, content: agreed }, now);
}

function payerFaults(accountId: string, payerId: string, currency: string, held: string | undefined): TermsFault[] {
  const pointer = '/payerAccountId';
  if (payerId === accountId) return [{ pointer, detail: 'Name another account: none pays interest to itself.' }];
  if (held === undefined) return [{ pointer, detail: `There is no account ${payerId}.` }];
  if (held === currency) return [];
  return [{ pointer, detail: `The account is held in ${held}; the deposit is in ${currency}.` }];
}

export function requireFaultless(faults: readonly TermsFault[]): void {
  const [first] = faults;
  if (!first) return;
  throw problems['interest-terms-malformed'].with({ detail: first.detail }).at(...faults.slice(0, faultsToldMax));
}

async function putTerms<Content extends TermsContent>(
  { store }: PoolingTools,
  tenant: string,
  ownerId: string,
  { content, expectedVersion, cause }: TermsRequest<Content>,
  now: Date,
): Promise<InterestTerms<Content>> {
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const current = await store.readInterestTerms(tenant, ownerId);
    const version = current?.version ?? 0;
    if (current && isSame(current.content, content)) return { ...current, content };
    if (expectedVersion !== undefined && expectedVersion !== version) throw otherVersion(version, expectedVersion);
    const [head, due] = await Promise.all([
      store.readInterestHead(tenant, ownerId),
      store.readSettlement(tenant, ownerId),
    ]);
    const next = { tenant, ownerId, version: version + 1, content, setAt: now.toISOString(), cause };
    try {
      await store.writeInterestTerms(next, newId('trm', now), dueUnder(next, head?.to, due?.unsettled));
      return next;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'Others are changing these terms. Nothing was changed.' });
}

function otherVersion(version: number, expected: number) {
  const detail = `The terms have version ${version}, not ${expected}.`;
  return problems['version-conflict'].with({ detail, version }).at({ pointer: '/expectedVersion', detail });
}

/** By what is kept of them, whatever the order of their fields. */
function isSame(one: TermsContent, other: TermsContent): boolean {
  return textOf(one) === textOf(other);
}

function textOf(content: TermsContent): string {
  const sorted = sortKeys(content);
  const { text, amounts } = writeText(sorted);
  return `${text}\n${amounts.join(' ')}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}
