/** What other capabilities may call. Everything else of the rates is their own. */
import type { ExactRate } from '../../shared/money/convert.ts';
import { requireRate } from './require-rate.ts';
import { defaultStore } from './store.ts';

/** Pure, so it stands in shared/money; files of a domain take both from there. */
export { convertMinor, type ExactRate } from '../../shared/money/convert.ts';

/**
 * The rate by which one major unit of `base` becomes units of `quote`, from the tenant's rate set of that name on `date`
 * (YYYY-MM-DD), or the latest one before it; `date` of the answer says which. Nothing is rounded.
 *
 * A direct pair (base/quote) beats the inverse one (quote/base), and that beats a cross: both currencies against one
 * third, the alphabetically first that both have in the set, either way round. Older sets of the name are not looked
 * into. Of a currency to itself the rate is 1, on `date`, whatever the set holds.
 *
 * The set is read at each call. A run that must not see a correction half-way keeps the rates it has got.
 *
 * @throws Problem `rates/rate-missing` (409) naming pair and set, where the set has no such rate or there is no set.
 */
export function rateBetween(
  tenant: string,
  setName: string,
  date: string,
  base: string,
  quote: string,
): Promise<ExactRate> {
  return requireRate(defaultStore(), { tenant, setName, date, base, quote });
}
