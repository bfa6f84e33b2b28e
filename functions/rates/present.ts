import type * as z from 'zod';
import { defined } from '../../shared/objects/defined.ts';
import type { RateSet } from './rate-set.ts';
import type * as shapes from './shapes.ts';

/** A rate set as it leaves the capability. */
export function presentRateSet(set: RateSet): z.input<typeof shapes.rateSet> {
  const { name, date, version, source, changedAt, changedBy } = set;
  return { name, date, version, ...defined({ source }), rates: [...set.rates], changedAt, changedBy };
}
