import type { PutRateSet } from '../../../functions/rates/decide-rate-set.ts';
import type { Rate, RateSet } from '../../../functions/rates/rate-set.ts';

export const cause = { client: 'treasurer', role: 'treasurer', requestId: 'req-1' };
export const at = '2026-03-31T08:30:00.000Z';

export const dollar: Rate = { base: 'USD', quote: 'CNY', rate: '7.1234' };
export const euro: Rate = { base: 'EUR', quote: 'CNY', rate: '7.8105' };

/** A put of the two rates for `month-end`, 2026-03-31, of tenant `demo`. */
export function aPut(content: Partial<PutRateSet['content']> = {}, more: Partial<PutRateSet> = {}): PutRateSet {
  return {
    tenant: 'demo',
    content: { name: 'month-end', date: '2026-03-31', rates: [euro, dollar], ...content },
    at,
    by: cause,
    ...more,
  };
}

/** The same as it is kept. */
export function aSet(more: Partial<RateSet> = {}): RateSet {
  return {
    tenant: 'demo',
    name: 'month-end',
    date: '2026-03-31',
    rates: [euro, dollar],
    version: 1,
    changedAt: at,
    changedBy: cause,
    ...more,
  };
}
