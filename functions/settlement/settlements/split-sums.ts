import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { bookPostings } from '../journal/booking/book-postings.ts';
import { RoleAccounts } from '../journal/booking/role-accounts.ts';
import { isSameFigures } from '../journal/figures.ts';
import { groupOf } from '../journal/groups.ts';
import { noteLateDays } from '../journal/late-days.ts';
import { dayKey, type OwnerDay } from '../journal/transaction.ts';
import type { RuleVersion } from '../rules/stored-rule.ts';
import type { JournalingStore, SettlementStore } from '../store.ts';
import type { SumSettlement } from '../store-split-sums.ts';
import type { SumTotal } from '../store-sums.ts';
import { sumLines, sumPostings } from '../sums/give-shares.ts';
import { barredOn, splitSum } from '../sums/split-sum.ts';
import { type SplitSum, sumOfId } from '../sums/sum.ts';
import { sumBaseOf } from '../sums/sum-base.ts';
import type { PayoutTools } from '../tools.ts';
import { placeAfter } from './place-after.ts';
import { figuresOfLines } from './prove-lines.ts';
import type { Run, RunPlace } from './run.ts';
import { takeSummedAlong } from './take-along.ts';
import { tellFailed } from './tell-failed.ts';

/** Sums that are split together, and at once. */
const sumsPerPage = 50;
const sumsAtOnce = 4;

/** Sums are split and booked. */
export interface SumTools extends Pick<PayoutTools, 'ledger'> {
  readonly store: JournalingStore;
}

/** What became of a page of sums, and where the run goes on; nowhere where it was the last. */
export interface SplitPage {
  /** Where it begins: days without sums are passed over. */
  readonly place: RunPlace;
  readonly next?: RunPlace;
  /** Why some of its sums could not be split or booked; the others are. */
  readonly errors: readonly unknown[];
}

/**
 * Splits a page of sums (汇总) of a run, from a place on; nothing where there are none any more. Its days are closed: each sum is split once,
 * and what its receivers get is on the same days before these are settled; once a run settles them, it is in the settlement that they are
 * in now. It is booked at once, so that it can be paid out. Killed anywhere and done again it comes to the same. Throws what the store
 * throws where it cannot read the page.
 */
export async function splitSums(tools: SumTools, run: Run, from: RunPlace, now: Date): Promise<SplitPage | undefined> {
  const page = await readPage(tools.store, run, from);
  if (!page) return undefined;
  const { place, totals, after } = page;
  const rules = await readVersions(tools.store, run, totals);
  const limit = pLimit(sumsAtOnce);
  const errors: unknown[] = [];
  const failed = (of: Readonly<Record<string, unknown>>) => (error: unknown) => {
    errors.push(error);
    tellFailed(run, 'sums of a run not split or booked', of, error);
    return undefined;
  };
  const tried = await Promise.all(
    totals.map((total) => {
      const { owner, date, sequence } = total;
      return limit(() => splitOne(tools.store, run, total, rules, now)).catch(
        failed({ sum: owner.id, date, sequence }),
      );
    }),
  );
  const postings = tried.flatMap((split) => (split ? sumPostings(split) : []));
  await bookPostings(tools, new RoleAccounts(), postings, now).catch(failed({ postings: postings.length }));
  return { place, ...defined({ next: placeAfter(run, place, after, 1) }), errors };
}

/** The next sums of a run; days without any are passed over. Nothing where there are none any more. */
async function readPage(store: Pick<SettlementStore, 'readSumTotals'>, run: Run, from: RunPlace) {
  const { tenant, marketId, days } = run;
  for (let place: RunPlace | undefined = from; place; place = placeAfter(run, place, undefined, 1)) {
    const day = days[place.day];
    if (!day) return undefined;
    const on = { from: day.date, to: day.date, sequence: day.sequence };
    const { totals, next: after } = await store.readSumTotals({ tenant, marketId }, on, place.after, sumsPerPage);
    if (totals.length > 0) return { place, totals, ...defined({ after }) };
  }
  return undefined;
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
  store: JournalingStore,
  run: Run,
  total: SumTotal,
  versions: Versions,
  now: Date,
): Promise<SplitSum | undefined> {
  const { tenant, marketId, id: runId } = run;
  const { owner, date, sequence } = total;
  const sum = sumOfId(owner.id);
  const day = { tenant, marketId, sum, date };
  const ownerDay = { tenant, marketId, owner, date, sequence, group: groupOf(tenant, owner) };
  const hasChanged = await takeSummedAlong(store, ownerDay);
  const { figures = total.figures } = (hasChanged && (await store.readTotalsOf([ownerDay]))[0]) || {};
  const proved = await figuresOfLines(store, ownerDay);
  if (!isSameFigures(proved, figures)) {
    throw new Error(`The sum ${owner.id} of ${date} is ${figures.net}, and its lines come to ${proved.net}.`);
  }
  const rule = versions.get(sum.ruleId)?.find(({ version }) => version === sum.version);
  if (!rule) throw new Error(`There is no version ${sum.version} of the rule ${sum.ruleId}.`);
  const base = sumBaseOf(proved);
  const merchants = await store.readMerchants(tenant, new Set(rule.lines.flatMap(({ receiver }) => receiver ?? [])));
  const barred = barredOn(run.businessDate, merchants);
  return decideAndWrite(async () => {
    const splits = await store.readSplitSums(day);
    const before = splits.find((one) => one.sequence === sequence);
    if (before) return { answer: before };
    const state = await store.readSumState(day);
    const made = splitSum(base, { rule, sellerId: sum.sellerId, merchants, barred, ...(state && { state }) });
    if (made.shares.length === 0 && made.lacking === made.takenOver) return { answer: undefined };
    const split: SplitSum = { ...day, sequence, runId, base, ...made, splitAt: now.toISOString() };
    const into = await settlementFor(store, ownerDay, now);
    const giving = { lines: sumLines(split, into), postings: sumPostings(split) };
    return { answer: split, write: () => store.writeSplitSum(split, state, giving, into) };
  });
}

/** Which settlement of the day takes the shares of a sum: its own until merchants are settled in it, then the one that it is in now. */
async function settlementFor(
  store: Pick<SettlementStore, 'isBegun' | 'readSequences' | 'noteLateDay'>,
  day: OwnerDay,
  now: Date,
): Promise<SumSettlement> {
  if (!(await store.isBegun(day))) return { sequence: day.sequence, until: 'BEGUN' };
  await noteLateDays(store, [day], now);
  const sequence = (await store.readSequences([day])).get(dayKey(day)) ?? 0;
  return { sequence, until: 'CLOSED' };
}
