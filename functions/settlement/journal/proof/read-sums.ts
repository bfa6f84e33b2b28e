import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { sum as total } from '../../../../shared/money/sum.ts';
import type { Market } from '../../markets/market.ts';
import type { SettlementStore } from '../../store.ts';
import type { SumTotal } from '../../store-sums.ts';
import { type SplitSum, sumOfId } from '../../sums/sum.ts';
import { sumBaseOf } from '../../sums/sum-base.ts';
import type { Owner } from '../entry.ts';
import { addFigures, type Figures, noFigures } from '../figures.ts';
import type { AccountRole } from '../role-legs.ts';
import type { DayDifference } from './check-lines.ts';

type SumStore = Pick<SettlementStore, 'readSumTotals' | 'readSplitSums'>;
type MarketRef = Pick<Market, 'tenant' | 'id'>;

const sumsPerPage = 500;
const sumsAtOnce = 8;
const firstDay = '0000-01-01';
const endOfTime = '9999-12-31';

/** All sums of a market on a day: what their lines and totals come to, and whether they gave what came to them. */
export async function readSums(
  store: SumStore,
  market: MarketRef,
  date: PlainDate,
  linesOf: (owner: Owner) => Promise<Figures>,
): Promise<DayDifference[]> {
  const totals: SumTotal[] = [];
  for await (const page of sumTotals(store, market, { from: date, to: date })) totals.push(...page);
  const days: DayDifference[] = [];
  for (const [id, own] of Map.groupBy(totals, ({ owner }) => owner.id)) {
    const owner = { kind: 'SUM', id } as const;
    const splits = await splitsOf(store, market, id, date);
    const all = own.reduce((sum, { figures }) => addFigures(sum, figures), noFigures);
    const day = { owner, date, total: all, lines: await linesOf(owner) };
    days.push(splits.every((split) => isRight(split, own)) ? day : { ...day, isSplitWrong: true });
  }
  return days;
}

/** What all sums that were ever split moved, by account. Minor units. */
export async function movedBySums(store: SumStore, market: MarketRef): Promise<Map<AccountRole, bigint>> {
  const moved = new Map<AccountRole, bigint>();
  const limit = pLimit(sumsAtOnce);
  const seen = new Set<string>();
  for await (const page of sumTotals(store, market, { from: firstDay, to: endOfTime })) {
    // A day that was closed has a total for each settlement of it; its splits lie together.
    const fresh = page.filter(({ owner, date }) => !seen.has(`${date} ${owner.id}`) && seen.add(`${date} ${owner.id}`));
    const splits = await Promise.all(fresh.map(({ owner, date }) => limit(splitsOf, store, market, owner.id, date)));
    for (const { receiver, from = receiver, amount } of splits.flat().flatMap(({ shares }) => shares)) {
      moved.set(`payable:${from}`, (moved.get(`payable:${from}`) ?? 0n) + amount);
      moved.set('supervised', (moved.get('supervised') ?? 0n) - amount);
    }
  }
  return moved;
}

async function* sumTotals(
  store: SumStore,
  { tenant, id: marketId }: MarketRef,
  days: { readonly from: PlainDate; readonly to: PlainDate },
): AsyncGenerator<readonly SumTotal[]> {
  let after: string | undefined;
  do {
    const page = await store.readSumTotals({ tenant, marketId }, days, after, sumsPerPage);
    yield page.totals;
    after = page.next;
  } while (after !== undefined);
}

function splitsOf(store: SumStore, { tenant, id: marketId }: MarketRef, id: string, date: PlainDate) {
  return store.readSplitSums({ tenant, marketId, sum: sumOfId(id), date });
}

/** Whether a sum gives what came to it, all of it, and what came to it is what its running total says. */
function isRight({ sequence, base, shares, takenOver, lacking }: SplitSum, totals: readonly SumTotal[]): boolean {
  const came = totals.find((one) => one.sequence === sequence);
  const given = total(shares.map(({ amount }) => amount));
  const isAll = given === base.paid - base.fee + takenOver - lacking;
  return came !== undefined && isDeepStrictEqual(sumBaseOf(came.figures), base) && isAll;
}
