import { unlessOvertaken } from '../../../shared/runs/replace-run.ts';
import { DAY_MS } from '../../../shared/time/durations.ts';
import { type AskedWork, type KeptWork, leaseMs } from './asked-work.ts';

const perPage = 100;
/** What comes to nothing whoever begins is begun less and less often, and once a day at least. */
const silenceMaxMs = DAY_MS;

/** A page of what is under way, of all tenants, from behind a place. */
export type ListUnderWay<Work> = (
  after: string | undefined,
  count: number,
) => Promise<{ readonly found: readonly Work[]; readonly next?: string }>;

/** Hands on the work of all tenants that broke off without a word, or whose word never came. */
export async function handOn<Work extends AskedWork>(
  listUnderWay: ListUnderWay<Work>,
  write: KeptWork<Work>['write'],
  now: Date,
): Promise<void> {
  let after: string | undefined;
  do {
    const { found, next } = await listUnderWay(after, perPage);
    for (const work of found) {
      if (!isDue(work, now)) continue;
      const { turns, revision } = work;
      const handedOn: Work = { ...work, turns: turns + 1, revision: revision + 1, changedAt: now.toISOString() };
      await unlessOvertaken(handedOn, () => write(handedOn));
    }
    after = next;
  } while (after !== undefined);
}

function isDue({ asked, done, lease, tries = 1, changedAt }: AskedWork, now: Date): boolean {
  if (done >= asked || (lease && lease.until > now.toISOString())) return false;
  const silent = now.getTime() - Date.parse(changedAt);
  return silent >= Math.min(leaseMs * 2 ** (tries - 1), silenceMaxMs);
}
