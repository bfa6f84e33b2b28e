import { addDays, businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { backdatingDaysMax } from '../../../shared/calendar/value-date.ts';
import type { ValueDatedBalance } from '../../ledger/published.ts';
import type { PoolingTools } from '../tools.ts';
import { computeFigures } from './interest-figures.ts';
import { addStanding, adjustmentsOf, type NewLine } from './interest-lines.ts';
import type { Bearer, ComputedPeriod, InterestLine, InterestRun } from './interest-run.ts';
import type { TermsContent } from './interest-terms.ts';

/** An earlier period with the terms that were in force for it, and the accounts whose figure may have changed. */
interface AffectedPeriod {
  readonly period: ComputedPeriod;
  readonly content: TermsContent;
  readonly bearers: readonly Bearer[];
}

/**
 * The differences that back-valued items (倒起息) make to earlier periods: each period that such an item reaches is computed
 * again, by its own terms, accounts and rates of exchange, and compared with all that stands for it. In a NOTIONAL pool one
 * item changes the net and so everyone's share; elsewhere only the account's own figure. Periods that ended more than 366
 * days ago are left alone.
 */
export async function adjustEarlierPeriods(
  tools: PoolingTools,
  run: InterestRun,
  balances: ReadonlyMap<string, ValueDatedBalance>,
  now: Date,
): Promise<NewLine[]> {
  const late = new Map([...balances].flatMap(([id, { reachesBack }]) => (reachesBack ? [[id, reachesBack]] : [])));
  const reached = [...late.values()].sort()[0];
  if (reached === undefined) return [];
  const endedFrom = addDays(businessDateOf(now), -backdatingDaysMax);
  const periods = (await tools.store.readInterestPeriods(run.tenant, run.ownerId, endedFrom)).filter(
    ({ to }) => to <= run.from,
  );
  const affected: AffectedPeriod[] = [];
  for (const period of periods) {
    if (period.to > reached) affected.push(...(await affectedIn(tools, run, period, late)));
  }
  return await differences(tools, run, affected, periods);
}

/** What an item valued on a day changes: every period that ends after it, since its balance goes on. */
async function affectedIn(
  { store }: PoolingTools,
  { tenant, ownerId }: InterestRun,
  period: ComputedPeriod,
  late: ReadonlyMap<string, PlainDate>,
): Promise<AffectedPeriod[]> {
  const terms = await store.readInterestTerms(tenant, ownerId, period.termsVersion);
  if (!terms) throw new Error(`Version ${period.termsVersion} of the terms of ${ownerId} is not there.`);
  const { content } = terms;
  const isLate = ({ accountId }: Bearer) => (late.get(accountId) ?? period.to) < period.to;
  const all = await store.readBearers(tenant, period);
  const lateOnes = all.filter(isLate);
  if (lateOnes.length === 0) return [];
  const isShared = content.kind === 'POOL' && content.allocation !== undefined;
  return [{ period, content, bearers: isShared ? all : lateOnes }];
}

async function differences(
  { store, ledger }: PoolingTools,
  { tenant, currency }: InterestRun,
  affected: readonly AffectedPeriod[],
  periods: readonly ComputedPeriod[],
): Promise<NewLine[]> {
  const [first] = affected;
  if (!first) return [];
  const ids = new Set(affected.flatMap(({ bearers }) => bearers.map(({ accountId }) => accountId)));
  // One position serves all periods: what is valued before a period is part of its first day's balance.
  const positions = await ledger.readValueDatedBalances(tenant, ids, first.period.from);
  const read = new Map<string, InterestLine[]>();
  const linesOf = async ({ runId, computed }: ComputedPeriod) => {
    const lines = read.get(runId) ?? (await store.readInterestLines(tenant, runId, computed.linesId));
    read.set(runId, lines);
    return lines;
  };
  const found: NewLine[] = [];
  for (const { period, content, bearers } of affected) {
    const { exchange } = period.computed;
    const { figures } = computeFigures({ period, content, currency, bearers, positions, exchange });
    const booked = new Map<string, bigint>();
    for (const other of periods) {
      const tells = other.runId === period.runId || other.computed.adjusted.includes(period.from);
      if (tells) addStanding(booked, other.runId, await linesOf(other), period);
    }
    found.push(...adjustmentsOf(period, bearers, figures, booked));
  }
  return found;
}
