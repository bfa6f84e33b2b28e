import { addDays, businessDateOf, daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Cause } from '../pool.ts';
import { problems } from '../problems.ts';
import { planPolicy } from '../runs/start-run.ts';
import type { PoolingTools } from '../tools.ts';
import { sameEndSince } from './earlier-end.ts';
import { isUnderWay } from './interest-items.ts';
import { type OwnersAccounts, readExchange, readOwnersAccounts } from './interest-owner.ts';
import type { InterestPeriod, InterestRun, StartedBy } from './interest-run.ts';
import { firstDayWithoutRate, type InterestTerms, schedulesOf } from './interest-terms.ts';
import { writeOnce } from './interest-writes.ts';

/** Days of a period, and how far back it may begin to matter. */
const interestDaysMax = 366;

export interface InterestRequest extends InterestPeriod {
  readonly tenant: string;
  /** The pool, or the account of the deposit. */
  readonly ownerId: string;
  readonly startedBy: StartedBy;
  readonly cause: Cause;
}

export function interestRunIdOf({ tenant, ownerId, from, to }: Omit<InterestRequest, 'startedBy' | 'cause'>): string {
  return deriveId('irn', tenant, ownerId, from, to);
}

/**
 * Starts the interest run of a period; the stream carries it out. The same period again answers the same run, and where
 * that was refused lines, or could not be computed, it goes on with them. Checked before it is accepted: the period and
 * that it follows the last one, the rates of every day, the rates of exchange.
 *
 * Problems: `pooling/interest-period-malformed`, `interest-period-not-next`, `interest-terms-missing`,
 * `interest-terms-outdated`, `interest-rate-missing`, `request/conflict-retry`.
 */
export async function startInterestRun(tools: PoolingTools, request: InterestRequest, now: Date): Promise<InterestRun> {
  const { store } = tools;
  const { tenant } = request;
  const id = interestRunIdOf(request);
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await store.readInterestRun(tenant, id);
    if (earlier && (isUnderWay(earlier) || earlier.status === 'COMPLETED')) return earlier;
    const changed = { changedAt: now.toISOString(), cause: request.cause };
    if (earlier?.status === 'PARTIAL') {
      const again = bookedAgain({ ...earlier, ...changed });
      if (await writeOnce(store, [store.replaceInterestRun(again, earlier), store.putInterestStart(again)]))
        return again;
    } else {
      const { terms, accounts } = await requireComputable(tools, request, now);
      const run = begun(request, terms, accounts, { ...changed, round: (earlier?.round ?? 0) + 1 });
      const items = earlier
        ? [store.replaceInterestRun(takenUp(run, earlier), earlier), store.putInterestStart(run)]
        : [store.putInterestRun(run)];
      if (await writeOnce(store, items)) return run;
    }
    await backOff(attempt, planPolicy);
  }
  throw general['conflict-retry'].with({ detail: 'The same run is being started by others. Ask for it again.' });
}

/** The lines that were refused are sent again, under names of a new attempt. */
function bookedAgain(run: InterestRun): InterestRun {
  const { ended: _, ...rest } = run;
  return { ...rest, status: 'COMPUTED', attempt: run.attempt + 1, endedBefore: sameEndSince(run) };
}

/** A run that is computed again is the same run: it started when it first did. */
function takenUp(run: InterestRun, earlier: InterestRun): InterestRun {
  return { ...run, startedAt: earlier.startedAt, endedBefore: sameEndSince(earlier) };
}

function begun(
  { tenant, ownerId, from, to, startedBy }: InterestRequest,
  terms: InterestTerms,
  { currency }: OwnersAccounts,
  { round, changedAt, cause }: Pick<InterestRun, 'round' | 'changedAt' | 'cause'>,
): InterestRun {
  return {
    tenant,
    id: interestRunIdOf({ tenant, ownerId, from, to }),
    ownerId,
    ownerKind: terms.content.kind,
    currency,
    from,
    to,
    status: 'COMPUTING',
    termsVersion: terms.version,
    round,
    attempt: 1,
    startedBy,
    startedAt: changedAt,
    changedAt,
    cause,
  };
}

async function requireComputable(tools: PoolingTools, request: InterestRequest, now: Date) {
  const { tenant, ownerId } = request;
  requirePeriod(request, businessDateOf(now));
  const terms = await tools.store.readInterestTerms(tenant, ownerId);
  if (!terms) {
    throw problems['interest-terms-missing'].with({ detail: `No interest terms are set for ${ownerId}.`, ownerId });
  }
  await requireNext(tools, terms, request);
  requireRates(terms, request);
  const accounts = await readOwnersAccounts(tools, terms);
  await readExchange(tools, terms, accounts, request);
  return { terms, accounts };
}

function requirePeriod({ from, to }: InterestPeriod, today: PlainDate): void {
  const fault = periodFault({ from, to }, today);
  if (fault) throw problems['interest-period-malformed'].with({ detail: fault }).at({ pointer: '/to', detail: fault });
}

function periodFault({ from, to }: InterestPeriod, today: PlainDate): string | undefined {
  const days = daysBetween(from, to);
  if (days < 1) return 'Send a `to` after `from`: the last day does not count.';
  if (days > interestDaysMax) return `Send a period of at most ${interestDaysMax} days; this one has ${days}.`;
  return to > today
    ? `Send a \`to\` not after today, ${today}: interest is computed once the days are over.`
    : undefined;
}

/**
 * Periods follow each other without gap, also from the first day that the settlement day counts: what were left out could
 * never be computed later. And one is booked before the next is computed, which builds on it.
 */
async function requireNext(
  { store }: PoolingTools,
  { content }: InterestTerms,
  { tenant, ownerId, from }: InterestRequest,
): Promise<void> {
  const head = await store.readInterestHead(tenant, ownerId);
  const expectedFrom = head?.to ?? content.settlementDay?.from;
  if (expectedFrom !== undefined && expectedFrom !== from) {
    const detail = head
      ? `The last period ended on ${expectedFrom}; the next one begins there, not on ${from}.`
      : `By the settlement day the first period begins on ${expectedFrom}, not on ${from}.`;
    throw problems['interest-period-not-next'].with({ detail, expectedFrom }).at({ pointer: '/from', detail });
  }
  if (!head) return;
  const last = await store.readInterestRun(tenant, head.runId);
  if (!last || !isUnderWay(last)) return;
  throw general['conflict-retry'].with({ detail: `The run ${last.id} of the period before is still being booked.` });
}

function requireRates({ content }: InterestTerms, { from, to }: InterestPeriod): void {
  const period = { from, lastDay: addDays(to, -1) };
  for (const named of schedulesOf(content)) {
    const date = firstDayWithoutRate(named, period);
    if (date === undefined) continue;
    const detail = `The rates for ${named.of} begin after ${date}.`;
    throw problems['interest-rate-missing'].with({ detail, date });
  }
}
