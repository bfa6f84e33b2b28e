import type { Chance } from '../chance.ts';
import { fullWidth } from '../names/spellings.ts';

/** The number as somebody else types it: lower case, other separators or none, full width. Still the whole number. */
export function respelt(number: string, chance: Chance): string {
  if (/^\d+$/.test(number)) return fullWidth(number);
  const how = chance.weighted({ lower: 3, separators: 4, none: 3, fullWidth: 2, both: 1 });
  const separated = number.replace(/[-/ ]/g, chance.pick(['/', ' ', '.', '_', '-', ' - ']));
  if (how === 'lower') return number.toLowerCase();
  if (how === 'separators') return separated;
  if (how === 'none') return number.replace(/[-/ ]/g, '');
  return how === 'fullWidth' ? fullWidth(number) : separated.toLowerCase();
}

/** Without its last characters. */
export function cut(number: string, chance: Chance): string {
  return number.slice(0, -chance.whole(1, 3));
}

/** Only its last group, or its last six digits: what people copy who know that the rest is always the same. */
export function tailOf(number: string): string {
  return number.split(/[-/]/).at(-1)?.slice(-6) ?? number;
}

/** A plain number of few digits may be anything: an order of the payer's, a date, an amount. */
export function isPlain(number: string): boolean {
  return /^\d{1,11}$/.test(number);
}
