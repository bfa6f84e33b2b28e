import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { sum as total } from '../../../../shared/money/sum.ts';
import type { Market } from '../../markets/market.ts';
import type { SettlementStore } from '../../store.ts';
import type { SumTotal } from '../../store-sums.ts';
import { type SplitSum, sumOfId } from '../../sums/sum.ts';
import type { Owner } from '../entry.ts';
import { addFigures, noFigures } from '../figures.ts';
import type { JournalLine } from '../line.ts';
import type { AccountRole } from '../role-legs.ts';
import { type JournalDay, journalDay } from './market-proof.ts';

/** What there is of sums of orders on a day. Minor units. */
export interface SumsOfDay {
  readonly days: readonly JournalDay[];
  /** What those that were split moved, by account. */
  readonly moved: ReadonlyMap<AccountRole, bigint>;
}

const sumsPerPage = 500;

/** All sums of a market on a day, with their lines and with what became of them. */
export async function readSums(
  store: Pick<SettlementStore, 'readSumTotals' | 'readSplitSums'>,
  { tenant, id: marketId }: Pick<Market, 'tenant' | 'id'>,
  date: PlainDate,
  linesOf: (owner: Owner) => Promise<readonly JournalLine[]>,
): Promise<SumsOfDay> {
  const totals: SumTotal[] = [];
  let after: string | undefined;
  do {
    const page = await store.readSumTotals({ tenant, marketId }, { from: date, to: date }, after, sumsPerPage);
    totals.push(...page.totals);
    after = page.next;
  } while (after !== undefined);
  const days: JournalDay[] = [];
  const moved = new Map<AccountRole, bigint>();
  for (const [id, own] of Map.groupBy(totals, ({ owner }) => owner.id)) {
    const owner = { kind: 'SUM', id } as const;
    const splits = await store.readSplitSums({ tenant, marketId, sum: sumOfId(id), date });
    const all = own.reduce((sum, { figures }) => addFigures(sum, figures), noFigures);
    const day = journalDay({ owner, date }, all, await linesOf(owner));
    days.push(splits.every((split) => isRight(split, own)) ? day : { ...day, isSplitWrong: true });
    for (const { receiver, amount } of splits.flatMap(({ shares }) => shares)) {
      moved.set(`payable:${receiver}`, (moved.get(`payable:${receiver}`) ?? 0n) + amount);
      moved.set('supervised', (moved.get('supervised') ?? 0n) - amount);
    }
  }
  return { days, moved };
}

/** Whether a sum gives what came to it, all of it, and what came to it is what its running total says. */
function isRight({ sequence, base, shares, takenOver, lacking }: SplitSum, totals: readonly SumTotal[]): boolean {
  const net = totals.find((one) => one.sequence === sequence)?.figures.net;
  const given = total(shares.map(({ amount }) => amount));
  return net === base.paid - base.fee && given === base.paid - base.fee + takenOver - lacking;
}
