import pLimit from 'p-limit';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { groupOf } from '../journal/groups.ts';
import type { AgendaLine } from '../journal/line.ts';
import type { SettlementStore } from '../store.ts';
import { daysToLookAt } from './days-to-look-at.ts';
import type { Run } from './run.ts';
import type { EndWaiting } from './waiting-orders.ts';

/** Blocks that are read at once. */
const blocksAtOnce = 32;
const ordersAtOnce = 8;

type Store = Pick<SettlementStore, 'readTotals' | 'readLines' | 'readLastRunDate' | 'listLateDays'>;

/** How many sub-orders waited still and were split, and how many could not be. What was split before does not count. */
export interface WorkedOff {
  readonly ended: number;
  readonly failed: number;
}

/**
 * Splits what waited for its last day up to the run's. One that fails keeps no other from it, nor anybody from being paid: it is
 * told, and stays on the agenda.
 */
export async function workOffAgenda(
  store: Store,
  endWaiting: EndWaiting,
  run: Pick<Run, 'tenant' | 'marketId' | 'businessDate'>,
  now: Date,
): Promise<WorkedOff> {
  const { tenant, marketId, businessDate } = run;
  const limit = pLimit(ordersAtOnce);
  let ended = 0;
  let failed = 0;
  const workOff = async ({ orderNo, subOrderNo }: AgendaLine) => {
    try {
      if (await endWaiting({ tenant, orderNo, subOrderNo }, { date: businessDate, now })) ended += 1;
    } catch (error) {
      failed += 1;
      const told = { tenant, marketId, orderNo, subOrderNo, error: describeError(error) };
      writeLog({ level: 'ERROR', message: 'waiting sub-order not worked off', ...told });
    }
  };
  for (const date of await daysToLookAt(store, run)) {
    const waiting = await readWaiting(store, tenant, marketId, date);
    await Promise.all(waiting.map((one) => limit(() => workOff(one))));
  }
  return { ended, failed };
}

/** What waits still on a day, over all settlements of it: what was taken back waits no more. */
async function readWaiting(store: Store, tenant: string, marketId: string, date: PlainDate): Promise<AgendaLine[]> {
  const owner = { kind: 'AGENDA', id: marketId } as const;
  const totals = await store.readTotals({ tenant, marketId, date, group: groupOf(tenant, owner) });
  const left = totals
    .filter((one) => one.owner.kind === 'AGENDA')
    .reduce((all, { figures }) => all + figures.lines, 0n);
  if (left === 0n) return [];
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
  return [...counts.values()].flatMap(({ line, count }) => (count > 0 ? [line] : []));
}
