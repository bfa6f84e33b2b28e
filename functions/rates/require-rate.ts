import type { ExactRate } from '../../shared/money/convert.ts';
import { findRate } from './find-rate.ts';
import { problems } from './problems.ts';
import { pairOf } from './rate-set.ts';
import type { RateStore } from './store.ts';

export interface AskedRate {
  readonly tenant: string;
  readonly setName: string;
  readonly date: string;
  readonly base: string;
  readonly quote: string;
}

/** See rateBetween of published.ts. */
export async function requireRate(store: Pick<RateStore, 'readNewest'>, asked: AskedRate): Promise<ExactRate> {
  const { tenant, setName, date, base, quote } = asked;
  if (base === quote) return { numerator: 1n, denominator: 1n, date };
  const set = await store.readNewest(tenant, setName, date);
  if (!set) throw missing(asked, `There is no rate set ${setName} on or before ${date}.`);
  const ratio = findRate(set.rates, base, quote);
  if (ratio) return { ...ratio, date: set.date };
  throw missing(asked, `The rate set ${setName} of ${set.date} has none, inverse and cross included.`, set.date);
}

function missing({ setName, date, base, quote }: AskedRate, why: string, setDate?: string) {
  return problems['rate-missing'].with({
    detail: `No rate for ${pairOf({ base, quote })}: ${why}`,
    base,
    quote,
    rateSet: setName,
    date,
    ...(setDate !== undefined && { rateSetDate: setDate }),
  });
}
