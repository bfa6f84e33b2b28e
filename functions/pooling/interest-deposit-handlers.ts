import pLimit from 'p-limit';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { interestContract } from './contract-interest.ts';
import { pageOfRuns, runWithLines } from './interest-runs/interest-run-pages.ts';
import type { DepositTerms, InterestTerms } from './interest-runs/interest-terms.ts';
import { presentInterestRun } from './interest-runs/present-interest-runs.ts';
import { presentDepositTerms } from './interest-runs/present-interest-terms.ts';
import { readDepositTerms } from './interest-runs/read-interest-terms.ts';
import { readSettling } from './interest-runs/read-settling.ts';
import { setDepositTerms } from './interest-runs/set-interest-terms.ts';
import { startInterestRun } from './interest-runs/start-interest-run.ts';
import { problems } from './problems.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof interestContract> = OperationHandler<(typeof interestContract)[Name]>;

const readsAtOnceMax = 8;

const setAgreedDeposit: Handler<'setAgreedDeposit'> = async ({ actor, path, body, now }) => {
  const { expectedVersion, terms } = body;
  const request = {
    content: readDepositTerms(body),
    currencies: terms.map(({ baseAmount }) => baseAmount.currency),
    ...defined({ expectedVersion }),
    cause: causeOf(actor),
  };
  const tools = poolingTools();
  return { body: await show(tools, await setDepositTerms(tools, actor.tenant, path.accountId, request, now)) };
};

const listAgreedDeposits: Handler<'listAgreedDeposits'> = async ({ actor, query }) => {
  const tools = poolingTools();
  const scope = { operation: 'listAgreedDeposits', tenant: actor.tenant };
  const after = query.cursor === undefined ? '' : (decodeCursor(scope, query.cursor).after ?? '');
  const { accountIds, more } = await tools.store.listDepositAccounts(actor.tenant, after, query.limit);
  const limit = pLimit(readsAtOnceMax);
  const found = await Promise.all(
    accountIds.map((id) => limit(async () => await show(tools, await findDeposit(tools, actor.tenant, id)))),
  );
  const last = accountIds.at(-1);
  return {
    body: {
      deposits: found,
      ...(more && last !== undefined && { nextCursor: encodeCursor(scope, { after: last }) }),
    },
  };
};

const getAgreedDeposit: Handler<'getAgreedDeposit'> = async ({ actor, path }) => {
  const tools = poolingTools();
  return { body: await show(tools, await findDeposit(tools, actor.tenant, path.accountId)) };
};

const startDepositInterestRun: Handler<'startDepositInterestRun'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const { ownerId } = await findDeposit(tools, actor.tenant, path.accountId);
  const run = await startInterestRun(
    tools,
    { tenant: actor.tenant, ownerId, ...body, startedBy: 'HAND' as const, cause: causeOf(actor) },
    now,
  );
  return { body: presentInterestRun(run) };
};

const listDepositInterestRuns: Handler<'listDepositInterestRuns'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const { tenant, ownerId } = await findDeposit(tools, actor.tenant, path.accountId);
  return { body: await pageOfRuns(tools.store, { operation: 'listDepositInterestRuns', tenant, ownerId }, query) };
};

const getDepositInterestRun: Handler<'getDepositInterestRun'> = async ({ actor: { tenant }, path, query }) => {
  const { accountId: ownerId, runId } = path;
  const asked = { operation: 'getDepositInterestRun', tenant, ownerId, kind: 'DEPOSIT', runId } as const;
  return { body: await runWithLines(poolingTools().store, asked, query) };
};

async function findDeposit({ store }: PoolingTools, tenant: string, accountId: string) {
  const terms = await store.readInterestTerms(tenant, accountId);
  if (terms?.content.kind === 'DEPOSIT') return { ...terms, content: terms.content };
  throw problems['deposit-not-agreed'].with({ detail: `No deposit is agreed on ${accountId}.`, accountId });
}

async function show({ store }: PoolingTools, terms: InterestTerms<DepositTerms>) {
  return presentDepositTerms(terms, await readSettling(store, terms));
}

/** Answers the operations on agreed deposits (协定存款). */
export const depositInterestHandlers = {
  setAgreedDeposit,
  listAgreedDeposits,
  getAgreedDeposit,
  startDepositInterestRun,
  listDepositInterestRuns,
  getDepositInterestRun,
};
