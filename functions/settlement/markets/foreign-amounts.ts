import type { Money } from '../../../shared/http/schemas.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';

/** An amount that a request may hold, and where. */
export type PlacedAmount = readonly [pointer: string, money: Money | undefined];

/** Those that are not in the currency of the market. */
export function foreignAmong(amounts: readonly PlacedAmount[], currency: string): FieldFault[] {
  return amounts
    .filter(([, money]) => money !== undefined && money.currency !== currency)
    .map(([pointer]) => ({ pointer: `${pointer}/currency`, detail: `The market is in ${currency}; send that.` }));
}
