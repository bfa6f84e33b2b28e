import type { FloorLimit, StatementBalance } from '../../shared/formats/statement-events.ts';
import { type FlagTally, tally } from './flags.ts';
import type { Page } from './page.ts';

/** What is kept with a statement of what its pages say beside their entries; more than that is flagged. */
export const balancesKeptMax = 400;
export const informationCharactersMax = 20_000;
export const floorLimitsKeptMax = 20;

/** The first balances of all pages. The opening and closing ones are kept by themselves. */
export function joinBalances(pages: readonly Page[], flags: FlagTally): StatementBalance[] {
  const all = pages.flatMap(({ balances }) => balances);
  const left = all.length - balancesKeptMax;
  if (left > 0) flags.set('BALANCES_NOT_KEPT', { code: 'BALANCES_NOT_KEPT', count: left, where: ['balances'] });
  return all.slice(0, balancesKeptMax);
}

/** What the bank says on the pages, each text once, a line each. */
export function joinInformation(pages: readonly Page[], flags: FlagTally): string | undefined {
  const texts = new Set(pages.map(({ information }) => information).filter((text) => text !== undefined));
  if (texts.size === 0) return undefined;
  const joined = [...texts].join('\n');
  if (joined.length <= informationCharactersMax) return joined;
  tally(flags, 'INFORMATION_CUT', 'information');
  return joined.slice(0, informationCharactersMax).toWellFormed();
}

/** The floor limits of all pages, each once. */
export function joinFloorLimits(pages: readonly Page[], flags: FlagTally): FloorLimit[] | undefined {
  const limits = new Map<string, FloorLimit>();
  for (const limit of pages.flatMap(({ floorLimits = [] }) => floorLimits)) {
    limits.set(`${limit.currency}|${limit.amount}|${limit.creditDebit ?? ''}`, limit);
  }
  if (limits.size === 0) return undefined;
  if (limits.size > floorLimitsKeptMax) tally(flags, 'FLOOR_LIMITS_NOT_KEPT', 'floor limits');
  return [...limits.values()].slice(0, floorLimitsKeptMax);
}
