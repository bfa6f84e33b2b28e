import { newId } from '../../../shared/identifiers/id.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { RateMissingError } from '../interest/rate-schedule.ts';
import { notFinal } from '../ledger-answers.ts';
import { problems } from '../problems.ts';
import type { PoolingTools } from '../tools.ts';
import { adjustEarlierPeriods } from './adjust-earlier-periods.ts';
import { computeFigures } from './interest-figures.ts';
import { inBookingOrder, linesOf } from './interest-lines.ts';
import { readExchange, readOwnersAccounts } from './interest-owner.ts';
import type { ComputedLines, InterestRun, Refusal } from './interest-run.ts';
import { writeOnce } from './interest-writes.ts';

/**
 * Computes a run and fixes its lines: from then on they are what is booked, whatever moves later. Two that compute at the
 * same time end with the lines of one of them. What cannot be computed ends the run as FAILED, with nothing booked.
 */
export async function computeInterestRun(tools: PoolingTools, run: InterestRun, now: Date): Promise<void> {
  try {
    await fixLines(tools, run, now);
  } catch (error) {
    const problem = refusalOf(error);
    if (!problem) throw error;
    await fail(tools, run, problem, now);
  }
}

async function fixLines(tools: PoolingTools, run: InterestRun, now: Date): Promise<void> {
  const { store, ledger } = tools;
  const { tenant, ownerId, from, to, termsVersion, currency } = run;
  const terms = await store.readInterestTerms(tenant, ownerId, termsVersion);
  if (!terms) throw new Error(`Version ${termsVersion} of the terms of ${ownerId} is not there.`);
  const accounts = await readOwnersAccounts(tools, terms);
  const { bearers } = accounts;
  const exchange = await readExchange(tools, terms, accounts, run);
  const ids = bearers.map(({ accountId }) => accountId);
  const positions = await ledger.readValueDatedBalances(tenant, ids, from);
  const { content } = terms;
  const computed = computeFigures({ period: { from, to }, content, currency, bearers, positions, exchange });
  const adjustments = await adjustEarlierPeriods(tools, run, positions, now);
  const lines = inBookingOrder([...adjustments, ...linesOf(computed.figures)]);
  const linesId = newId('lin', now);
  const blocks = await store.writeInterestLines(run, linesId, bearers, lines);
  const adjusted = [...new Set(adjustments.flatMap(({ adjusts }) => adjusts?.from ?? []))].sort();
  const fixed: ComputedLines = { linesId, lines: lines.length, blocks, adjusted, exchange };
  const { notional } = computed;
  const next: InterestRun = {
    ...withoutProblem(run),
    status: 'COMPUTED',
    computed: fixed,
    ...(notional && { notional }),
    changedAt: now.toISOString(),
  };
  const isFixed = await writeOnce(store, [
    store.replaceInterestRun(next, run),
    ...store.putInterestPeriod(next, fixed),
  ]);
  if (!isFixed) await requireOvertaken(tools, run);
}

/** Someone else fixed the run's lines, or ended it; where that is not so, another period came in between. */
async function requireOvertaken({ store }: PoolingTools, run: InterestRun): Promise<void> {
  const current = await store.readInterestRun(run.tenant, run.id);
  if (current?.status !== run.status || current.round !== run.round) return;
  const head = await store.readInterestHead(run.tenant, run.ownerId);
  const detail = `Another period was computed meanwhile, which ends on ${head?.to ?? run.from}.`;
  throw problems['interest-period-not-next'].with({ detail, ...(head && { expectedFrom: head.to }) });
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RateMissingError) {
    return { code: problems['interest-rate-missing'].code, detail: error.message };
  }
  if (!(error instanceof Problem) || notFinal.has(error.code)) return undefined;
  return { code: error.code, detail: error.fields.detail };
}

/** A false answer means that another got further; the run is read again in any case. */
async function fail({ store }: PoolingTools, run: InterestRun, problem: Refusal, now: Date): Promise<void> {
  const failed: InterestRun = { ...run, status: 'FAILED', problem, changedAt: now.toISOString() };
  await writeOnce(store, [store.replaceInterestRun(failed, run)]);
}

function withoutProblem({ problem: _, ...run }: InterestRun): InterestRun {
  return run;
}
