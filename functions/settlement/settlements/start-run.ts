import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type Decided, decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { requireBegun } from '../markets/require-begun.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { isUnderWay, noRunFigures, type Run } from './run.ts';

export interface AskedRun {
  readonly marketId: string;
  readonly businessDate: PlainDate;
}

/**
 * Starts a run, or answers the one of that day that is under way; a later one finds what came late. Problems:
 * `settlement/market-not-found`, `settlement/business-date-ahead`, `settlement/business-date-past`, `request/idempotency-key-reused`; and
 * those of decideAndWrite.
 */
export async function startRun(
  store: SettlementStore,
  tenant: string,
  asked: AskedRun,
  claim: KeyClaim,
  now: Date,
): Promise<Run> {
  const market = await findMarket(store, tenant, asked.marketId, '/marketId');
  requireDay(market, asked.businessDate, now);
  return decideAndWrite(async () => {
    const earlier = await requireSameRequest(store, tenant, claim);
    if (earlier) return { answer: await findRun(store, tenant, earlier.id) };
    const number = await store.readRunNumber(tenant, market.id, asked.businessDate);
    const last = number === 0 ? undefined : await findRun(store, tenant, runIdOf(market, asked.businessDate, number));
    if (last && isUnderWay(last)) return handOn(store, last, now);
    const run = runOf(market, asked.businessDate, number + 1, claim);
    return { answer: run, write: () => store.createRun(run, { ...claim, id: run.id }) };
  });
}

/** One that waits for its next attempt goes on at once. */
function handOn(store: Pick<SettlementStore, 'replaceRun'>, run: Run, now: Date): Decided<Run> {
  if (run.retryAt === undefined) return { answer: run };
  const { retryAt: _, ...rest } = run;
  const next = { ...rest, turn: run.turn + 1, revision: run.revision + 1, changedAt: now.toISOString() };
  return { answer: next, write: () => store.replaceRun(next, run) };
}

/** Starts the first run of a market's day, where there is none. Those of decideAndWrite. */
export async function startDaily(
  store: Pick<SettlementStore, 'readRunNumber' | 'createRun'>,
  market: Market,
  businessDate: PlainDate,
  now: Date,
): Promise<void> {
  await decideAndWrite(async () => {
    const number = await store.readRunNumber(market.tenant, market.id, businessDate);
    if (number > 0) return { answer: undefined };
    const cause = { client: 'daily-settlement', role: 'system', requestId: businessDate };
    const run = runOf(market, businessDate, 1, { at: now.toISOString(), cause });
    return { answer: undefined, write: () => store.createRun(run) };
  });
}

/** Problem: `settlement/run-not-found`. */
export async function findRun(store: Pick<SettlementStore, 'readRun'>, tenant: string, runId: string): Promise<Run> {
  const run = await store.readRun(tenant, runId);
  if (run) return run;
  throw problems['run-not-found'].with({ detail: `There is no settlement run ${runId}.`, runId });
}

/** Before any order of a market: a run looks at days around its last one, and each day has its own run. */
const daysBackMax = 3_660;

/** Money that is due on a day is not paid before it; and a day of long ago has nothing that a later one does not find. */
function requireDay(market: Market, businessDate: PlainDate, now: Date): void {
  const earliest = addDays(businessDateOf(now, market.zone), -daysBackMax);
  if (businessDate < earliest) {
    const detail = `Send a day from ${earliest} on; a run settles all that is due up to its day.`;
    throw problems['business-date-past'].with({ detail, earliest }).at({ pointer: '/businessDate', detail });
  }
  requireBegun(market, businessDate, now, { pointer: '/businessDate' });
}

function runIdOf({ tenant, id }: Pick<Market, 'tenant' | 'id'>, businessDate: PlainDate, number: number): string {
  return deriveId('run', tenant, 'settlement', id, businessDate, String(number));
}

function runOf(
  market: Market,
  businessDate: PlainDate,
  number: number,
  { at, cause }: { readonly at: string; readonly cause: Cause },
): Run {
  const { tenant, id: marketId, currency } = market;
  return {
    ...{ tenant, id: runIdOf(market, businessDate, number), marketId, currency, businessDate, number },
    ...{ state: 'LOOKING', days: [], place: { day: 0, group: 0 }, left: [], leftSums: [] },
    figures: noRunFigures,
    ...{ looks: 0, waited: 0, turn: 0, failures: 0, createdAt: at, changedAt: at, revision: 1, cause },
  };
}
