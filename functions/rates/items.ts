import type { Plain } from '../../shared/dynamo/items.ts';
import { keys } from './keys.ts';
import { pairOf, type Rate, type RateSet } from './rate-set.ts';

/** Items as plain objects ↔ the model. Rates are text, a line for each pair: an item of 500 pairs stays below 20 KB. */
export function rateSetToPlain(set: RateSet): Plain {
  return {
    pk: keys.sets(set.tenant, set.name),
    sk: set.date,
    kind: 'RATE_SET',
    ...set,
    rates: set.rates.map((rate) => `${pairOf(rate)} ${rate.rate}`).join('\n'),
  };
}

export function rateSetFromPlain(plain: Plain): RateSet {
  const { pk: _pk, sk: _sk, kind: _kind, ...rest } = plain;
  const set = rest as unknown as Omit<RateSet, 'rates'> & { readonly rates: string };
  return { ...set, version: Number(set.version), rates: set.rates.split('\n').map(rateFromLine) };
}

function rateFromLine(line: string): Rate {
  const [pair = '', rate = ''] = line.split(' ');
  const [base = '', quote = ''] = pair.split('/');
  return { base, quote, rate };
}

/** A name among those of its tenant, and the latest date that it has a set for. */
export interface NamedSet {
  readonly name: string;
  readonly latestDate: string;
}

export function nameToPlain({ tenant, name, date, changedAt, changedBy }: RateSet): Plain {
  return { pk: keys.names(tenant), sk: name, kind: 'NAME', latestDate: date, changedAt, changedBy };
}

export function nameFromPlain({ sk, latestDate }: Plain): NamedSet {
  return { name: String(sk), latestDate: String(latestDate) };
}
