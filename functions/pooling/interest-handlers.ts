import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { interestContract } from './contract-interest.ts';
import type { InterestRun, OwnerKind } from './interest-run.ts';
import type { InterestTerms } from './interest-terms.ts';
import { type LinePosition, pageInterestLines } from './page-interest-lines.ts';
import { causeOf, findPool } from './pool-handlers.ts';
import { presentDepositTerms, presentInterestLine, presentInterestRun, presentPoolTerms } from './present-interest.ts';
import { problems } from './problems.ts';
import { readDepositTerms, readPoolTerms } from './read-interest-terms.ts';
import { setDepositTerms, setPoolTerms } from './set-interest-terms.ts';
import { startInterestRun as start } from './start-interest-run.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof interestContract> = OperationHandler<(typeof interestContract)[Name]>;

const setInterestTerms: Handler<'setInterestTerms'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const { expectedVersion } = body;
  const content = readPoolTerms(body, pool.currency);
  const request = { content, ...defined({ expectedVersion }), cause: causeOf(actor) };
  return { body: presentPoolTerms(await setPoolTerms(tools, pool, request, now), pool.currency) };
};

const getInterestTerms: Handler<'getInterestTerms'> = async ({ actor, path }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const terms = await tools.store.readInterestTerms(actor.tenant, pool.id);
  if (terms?.content.kind !== 'POOL') {
    throw problems['interest-terms-missing'].with({ detail: `No interest terms are set for ${pool.id}.` });
  }
  return { body: presentPoolTerms({ ...terms, content: terms.content }, pool.currency) };
};

const startInterestRun: Handler<'startInterestRun'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const { id: ownerId } = await findPool(tools, actor.tenant, path.poolId);
  const run = await start(tools, { tenant: actor.tenant, ownerId, ...body, cause: causeOf(actor) }, now);
  return { body: presentInterestRun(run) };
};

const listInterestRuns: Handler<'listInterestRuns'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const scope = { operation: 'listInterestRuns', tenant: actor.tenant, filters: { poolId: pool.id } };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { runs, more } = await tools.store.listInterestRuns(actor.tenant, pool.id, after, query.limit);
  const last = runs.at(-1)?.at;
  return {
    body: {
      runs: runs.map(({ run }) => presentInterestRun(run)),
      ...(more && last !== undefined && { nextCursor: encodeCursor(scope, { after: last }) }),
    },
  };
};

const getInterestRun: Handler<'getInterestRun'> = async ({ actor, path, query }) => {
  const { poolId: ownerId, runId } = path;
  return { body: await runWithLines(poolingTools(), { tenant: actor.tenant, ownerId, kind: 'POOL', runId }, query) };
};

const setAgreedDeposit: Handler<'setAgreedDeposit'> = async ({ actor, path, body, now }) => {
  const { expectedVersion, terms } = body;
  const request = {
    content: readDepositTerms(body),
    currencies: terms.map(({ baseAmount }) => baseAmount.currency),
    ...defined({ expectedVersion }),
    cause: causeOf(actor),
  };
  return {
    body: presentDepositTerms(await setDepositTerms(poolingTools(), actor.tenant, path.accountId, request, now)),
  };
};

const getAgreedDeposit: Handler<'getAgreedDeposit'> = async ({ actor, path }) => {
  const { terms, content } = await findDeposit(poolingTools(), actor.tenant, path.accountId);
  return { body: presentDepositTerms({ ...terms, content }) };
};

const startDepositInterestRun: Handler<'startDepositInterestRun'> = async ({ actor, path, body, now }) => {
  const tools = poolingTools();
  const { accountId: ownerId } = path;
  await findDeposit(tools, actor.tenant, ownerId);
  const run = await start(tools, { tenant: actor.tenant, ownerId, ...body, cause: causeOf(actor) }, now);
  return { body: presentInterestRun(run) };
};

const getDepositInterestRun: Handler<'getDepositInterestRun'> = async ({ actor, path, query }) => {
  const { accountId: ownerId, runId } = path;
  return { body: await runWithLines(poolingTools(), { tenant: actor.tenant, ownerId, kind: 'DEPOSIT', runId }, query) };
};

async function findDeposit({ store }: PoolingTools, tenant: string, accountId: string) {
  const terms: InterestTerms | undefined = await store.readInterestTerms(tenant, accountId);
  if (terms?.content.kind === 'DEPOSIT') return { terms, content: terms.content };
  throw problems['deposit-not-agreed'].with({ detail: `No deposit is agreed on ${accountId}.`, accountId });
}

interface AskedRun {
  readonly tenant: string;
  readonly ownerId: string;
  readonly kind: OwnerKind;
  readonly runId: string;
}

async function runWithLines(
  tools: PoolingTools,
  { tenant, ownerId, kind, runId }: AskedRun,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const run: InterestRun | undefined = await tools.store.readInterestRun(tenant, runId);
  if (run?.ownerId !== ownerId || run.ownerKind !== kind) {
    throw problems['interest-run-not-found'].with({ detail: `${ownerId} has no interest run ${runId}.`, runId });
  }
  const scope = { operation: 'getInterestRun', tenant, filters: { runId, linesId: run.computed?.linesId } };
  const from = cursor === undefined ? { block: 0, after: 0 } : positionOf(decodeCursor(scope, cursor));
  const { lines, next } = await pageInterestLines(tools.store, run, from, limit);
  return {
    ...presentInterestRun(run),
    lines: lines.map(({ line, outcome }) => presentInterestLine(line, outcome, run.currency)),
    ...(next && { nextCursor: encodeCursor(scope, { block: String(next.block), after: String(next.after) }) }),
  };
}

function positionOf({ block, after }: Readonly<Record<string, string>>): LinePosition {
  return { block: Number(block), after: Number(after) };
}

export const interestHandlers = {
  setInterestTerms,
  getInterestTerms,
  startInterestRun,
  listInterestRuns,
  getInterestRun,
  setAgreedDeposit,
  getAgreedDeposit,
  startDepositInterestRun,
  getDepositInterestRun,
};
