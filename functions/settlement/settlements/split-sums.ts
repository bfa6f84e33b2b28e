import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { bookPostings } from '../journal/booking/book-postings.ts';
import { RoleAccounts } from '../journal/booking/role-accounts.ts';
import { isSameFigures } from '../journal/figures.ts';
import { groupOf } from '../journal/groups.ts';
import type { RuleVersion } from '../rules/stored-rule.ts';
import type { SettlementStore } from '../store.ts';
import type { SumTotal } from '../store-sums.ts';
import { sumLines, sumPostings } from '../sums/give-shares.ts';
import { splitSum } from '../sums/split-sum.ts';
import { type SplitSum, sumOfId } from '../sums/sum.ts';
import type { PayoutTools } from '../tools.ts';
import { readSum } from './read-sum.ts';
import type { Run, RunPlace } from './run.ts';

/** Sums that are split together, and at once. */
const sumsPerPage = 50;
const sumsAtOnce = 4;

/** Sums of a page that could not be split; what caused it is in `errors`. The others are. */
export class SumsNotSplitError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} ${errors.length === 1 ? 'sum' : 'sums'} of it could not be split.`);
  }
}

type Tools = Pick<PayoutTools, 'store' | 'ledger'>;

/**
 * Splits the next page of sums (汇总) of a run, whose days are closed and not settled yet: each once, and what its receivers get is on
 * the same days before these are settled. It is booked at once, so that it can be paid out. Killed anywhere and done again it comes to
 * the same. Answers where the run goes on; nowhere where it was the last. Throws SumsNotSplitError after the others of the page.
 */
export async function splitSums(tools: Tools, run: Run, now: Date): Promise<RunPlace | undefined> {
  const page = await readPage(tools.store, run);
  if (!page) return undefined;
  const { place, totals, next } = page;
  const rules = await readVersions(tools.store, run, totals);
  const limit = pLimit(sumsAtOnce);
  const tried = await Promise.allSettled(
    totals.map((total) => limit(() => splitOne(tools.store, run, total, rules, now))),
  );
  const split = tried.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  const failures = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  await bookPostings(tools, new RoleAccounts(), split.flatMap(sumPostings), now);
  if (failures.length > 0) throw new SumsNotSplitError(failures);
  if (next !== undefined) return { ...place, after: next };
  return place.day + 1 < run.days.length ? { day: place.day + 1, group: 0 } : undefined;
}

/** The next sums of a run; days without any are passed over. Nothing where there are none any more. */
async function readPage(store: Pick<SettlementStore, 'readSumTotals'>, { tenant, marketId, days, place: begin }: Run) {
  for (let place: RunPlace = begin; ; place = { day: place.day + 1, group: 0 }) {
    const day = days[place.day];
    if (!day) return undefined;
    const on = { from: day.date, to: day.date, sequence: day.sequence };
    const { totals, next } = await store.readSumTotals({ tenant, marketId }, on, place.after, sumsPerPage);
    if (totals.length > 0) return { place, totals, ...defined({ next }) };
  }
}

type Versions = ReadonlyMap<string, readonly RuleVersion[]>;

async function readVersions(
  store: Pick<SettlementStore, 'readRule'>,
  { tenant }: Run,
  totals: readonly SumTotal[],
): Promise<Versions> {
  const ids = new Set(totals.map(({ owner }) => sumOfId(owner.id).ruleId));
  const found = await Promise.all([...ids].map((id) => store.readRule(tenant, id)));
  return new Map(found.flatMap((rule) => (rule ? [[rule.head.id, rule.versions] as const] : [])));
}

/** The sum as it was split; nothing where nothing is in it. */
async function splitOne(
  store: SettlementStore,
  { tenant, marketId, id: runId }: Run,
  { owner, date, sequence, figures }: SumTotal,
  versions: Versions,
  now: Date,
): Promise<SplitSum | undefined> {
  const sum = sumOfId(owner.id);
  const day = { tenant, marketId, sum, date };
  const ownerDay = { tenant, marketId, owner, date, sequence, group: groupOf(tenant, owner) };
  const { base, figures: proved } = await readSum(store, ownerDay);
  if (!isSameFigures(proved, figures)) {
    throw new Error(`The sum ${owner.id} of ${date} is ${figures.net}, and its lines come to ${proved.net}.`);
  }
  const rule = versions.get(sum.ruleId)?.find(({ version }) => version === sum.version);
  if (!rule) throw new Error(`There is no version ${sum.version} of the rule ${sum.ruleId}.`);
  const merchants = await store.readMerchants(tenant, new Set(rule.lines.flatMap(({ receiver }) => receiver ?? [])));
  return decideAndWrite(async () => {
    const splits = await store.readSplitSums(day);
    const before = splits.find((one) => one.sequence === sequence);
    if (before) return { answer: before };
    const state = await store.readSumState(day);
    const made = splitSum(base, { rule, sellerId: sum.sellerId, merchants, ...(state && { state }) });
    if (made.shares.length === 0 && made.lacking === made.takenOver) return { answer: undefined };
    const split: SplitSum = { ...day, sequence, runId, base, ...made, splitAt: now.toISOString() };
    const giving = { lines: sumLines(split), postings: sumPostings(split) };
    return { answer: split, write: () => store.writeSplitSum(split, state, giving) };
  });
}
