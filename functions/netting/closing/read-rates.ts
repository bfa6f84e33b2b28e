import { daysBetween } from '../../../shared/calendar/plain-date.ts';
import type { ExactRate } from '../../../shared/money/convert.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import type { Centre } from '../centres/centre.ts';
import { findCentre } from '../centres/keep-centre.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { ClosingTools } from '../tools.ts';
import type { LackingRates, LockedRate, MissingRate } from './closing.ts';

export interface ReadRates {
  readonly rates: readonly LockedRate[];
  readonly missing: readonly MissingRate[];
}

/**
 * The rates of a centre's rate set to its home currency on the cut-off date of a cycle, by currency; none where each currency is
 * paid by itself. One that is older than the centre's terms allow is as good as none, once the cycle is cut off: until then a newer
 * one may come. Throws what the rates capability throws besides that there is none.
 */
export async function readRates(
  rateBetween: ClosingTools['rateBetween'],
  { tenant, settlement, homeCurrency, currencies, rateSet, rateDaysMax }: Centre,
  { cutOffDate: date, state }: Pick<Cycle, 'cutOffDate' | 'state'>,
): Promise<ReadRates> {
  const rates: LockedRate[] = [];
  const missing: MissingRate[] = [];
  if (settlement !== 'HOME_CURRENCY' || rateSet === undefined) return { rates, missing };
  for (const currency of [...currencies].sort()) {
    if (currency === homeCurrency) continue;
    const rate = await unlessMissing(rateBetween(tenant, rateSet, date, currency, homeCurrency));
    const lacking: MissingRate = { base: currency, quote: homeCurrency, rateSet, date };
    const daysOld = rate ? daysBetween(rate.date, date) : 0;
    if (!rate) missing.push(lacking);
    else if (daysOld > rateDaysMax && state !== 'OPEN') missing.push({ ...lacking, lastDate: rate.date, daysOld });
    else rates.push({ currency, numerator: rate.numerator, denominator: rate.denominator, date: rate.date });
  }
  return { rates, missing };
}

async function unlessMissing(rate: Promise<ExactRate>): Promise<ExactRate | undefined> {
  try {
    return await rate;
  } catch (error) {
    if (error instanceof Problem && error.code === 'rates/rate-missing') return undefined;
    throw error;
  }
}

/**
 * What a cycle that was worked out before lacks still, asked without a look at its lines; nothing where all is there, or its centre has
 * other terms by now. Throws as readRates.
 */
export async function stillLacking(
  { store, rateBetween }: ClosingTools,
  cycle: Cycle,
  lacking: LackingRates | undefined,
): Promise<LackingRates | undefined> {
  if (!lacking) return undefined;
  const centre = await findCentre(store, cycle);
  if (centre.revision !== lacking.centreVersion) return undefined;
  const bases = new Set(lacking.missing.map(({ base }) => base));
  const currencies = centre.currencies.filter((currency) => bases.has(currency));
  const { missing } = await readRates(rateBetween, { ...centre, currencies }, cycle);
  return missing.length > 0 ? { ...lacking, missing } : undefined;
}
