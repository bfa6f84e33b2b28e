import { formatAmount } from './amount.ts';
import type { CurrencyCode } from './currency.ts';

/** Minor units as they leave the system: `{"amount":"1234.56","currency":"CNY"}`, with all decimals of the currency. */
export function presentAmount(minor: bigint, currency: CurrencyCode): { amount: string; currency: CurrencyCode } {
  return { amount: formatAmount(minor, currency), currency };
}
