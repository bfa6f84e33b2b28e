import pLimit from 'p-limit';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { groupOf } from '../journal/groups.ts';
import type { AgendaLine } from '../journal/line.ts';
import type { SettlementStore } from '../store.ts';
import { daysToLookAt } from './days-to-look-at.ts';
import type { AgendaPlace, Run } from './run.ts';
import type { EndWaiting } from './waiting-orders.ts';

/** Blocks that are read at once. */
const blocksAtOnce = 32;
const ordersAtOnce = 8;
const daysAtOnce = 16;

type Store = Pick<SettlementStore, 'readTotals' | 'readLines' | 'readLastRunDate' | 'listLateDays'>;

/** Sub-orders that are asked of in one step: some seconds, so that a turn of a hundred steps ends long before its function does. */
const ordersPerStep = 500;

/** What became of a step of a look. What was split before does not count, nor what is left as it is. */
export interface WorkedOff {
  /** Sub-orders that waited still and were split. */
  readonly ended: number;
  /** Where the look goes on; nowhere where it is through. */
  readonly next?: AgendaPlace;
}

/**
 * Splits what waited for its last day up to the run's, from a place on. One that fails is asked of once more, behind the others of its
 * step. Where it fails again it keeps nobody from being split or paid: it is told, and stays on the agenda for the next run.
 */
export async function workOffAgenda(
  store: Store,
  endWaiting: EndWaiting,
  run: Pick<Run, 'tenant' | 'marketId' | 'businessDate'>,
  from: AgendaPlace | undefined,
  now: Date,
): Promise<WorkedOff> {
  const { tenant, marketId, businessDate } = run;
  const limit = pLimit(ordersAtOnce);
  let ended = 0;
  const workOff = async ({ orderNo, subOrderNo }: AgendaLine) => {
    if (await endWaiting({ tenant, orderNo, subOrderNo }, { date: businessDate, now })) ended += 1;
  };
  const workOffAll = async (lines: readonly AgendaLine[]) => {
    const done = await Promise.allSettled(lines.map((line) => limit(() => workOff(line))));
    return lines.flatMap((line, place) => {
      const one = done[place];
      return one?.status === 'rejected' ? [{ line, error: one.reason }] : [];
    });
  };
  const tell = ({ line: { orderNo, subOrderNo }, error }: { readonly line: AgendaLine; readonly error: unknown }) => {
    const told = { tenant, marketId, orderNo, subOrderNo, error: describeError(error) };
    writeLog({ level: 'ERROR', message: 'waiting sub-order not worked off', ...told });
  };
  let left = ordersPerStep;
  const dates = (await daysToLookAt(store, run)).filter((date) => !from || date >= from.date);
  for (const date of await daysWithWaiting(store, { tenant, marketId }, dates)) {
    const after = from?.date === date ? from.after : '';
    const waiting = (await readWaiting(store, tenant, marketId, date)).filter(({ place }) => place > after);
    const asked = waiting.slice(0, left);
    const failed = await workOffAll(asked.map(({ line }) => line));
    (await workOffAll(failed.map(({ line }) => line))).forEach(tell);
    left -= asked.length;
    const last = asked.at(-1);
    if (left === 0 && last) return { ended, next: { date, after: last.place } };
  }
  return { ended };
}

/** Of days those on which something waits still, by running totals. */
async function daysWithWaiting(
  store: Pick<Store, 'readTotals'>,
  { tenant, marketId }: Pick<Run, 'tenant' | 'marketId'>,
  dates: readonly PlainDate[],
): Promise<PlainDate[]> {
  const limit = pLimit(daysAtOnce);
  const group = groupOf(tenant, { kind: 'AGENDA', id: marketId });
  const found = await Promise.all(
    dates.map((date) => limit(() => store.readTotals({ tenant, marketId, date, group }))),
  );
  return dates.filter((_, place) => {
    const own = (found[place] ?? []).filter(({ owner }) => owner.kind === 'AGENDA');
    return own.reduce((all, { figures }) => all + figures.lines, 0n) !== 0n;
  });
}

interface Waiting {
  /** The same for the same sub-order, whoever reads it. */
  readonly place: string;
  readonly line: AgendaLine;
}

/** What waits still on a day, over all settlements of it, by its place: what was taken back waits no more. */
async function readWaiting(
  store: Pick<Store, 'readLines'>,
  tenant: string,
  marketId: string,
  date: PlainDate,
): Promise<Waiting[]> {
  const owner = { kind: 'AGENDA', id: marketId } as const;
  const counts = new Map<string, { readonly line: AgendaLine; count: number }>();
  let after: string | undefined;
  do {
    const place = after === undefined ? {} : { after };
    const { lines, next } = await store.readLines(tenant, owner, date, { ...place, blocks: blocksAtOnce });
    for (const line of lines) {
      if (line.kind !== 'WAITS') continue;
      const key = `${line.orderNo}\t${line.subOrderNo}`;
      const one = counts.get(key) ?? { line, count: 0 };
      one.count += line.takesBack ? -1 : 1;
      counts.set(key, one);
    }
    after = next;
  } while (after !== undefined);
  const waiting = [...counts].flatMap(([place, { line, count }]) => (count > 0 ? [{ place, line }] : []));
  return waiting.sort((one, other) => (one.place < other.place ? -1 : 1));
}
