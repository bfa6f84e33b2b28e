import { isCurrency } from '../money/currency.ts';
import { isValidIban } from './iban.ts';

/**
 * The one spelling of an account number under which it is compared and hashed: full-width characters as plain ones,
 * capitals, without spaces, dashes and dots. A slash stays, since it parts bank code and account.
 */
export function normaliseAccountNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}.]/gu, '');
}

/**
 * The spellings under which the account of a bank file may be known here, the surest first and each once: as it stands,
 * what follows the last slash ('20041010/0500013'), either without a currency at its end ('1234567EUR'). A valid IBAN is
 * itself and nothing else, though those of the Seychelles and Mauritius end in a currency.
 */
export function accountNumberCandidates(text: string): string[] {
  const full = normaliseAccountNumber(text);
  const spellings = [full, withoutCurrency(full)].flatMap((one) => [one, afterSlash(one)]);
  const candidates = isValidIban(full) ? [full] : spellings.filter((one) => /[0-9]/.test(one));
  return [...new Set(candidates)];
}

function withoutCurrency(number: string): string {
  const [, rest, currency = ''] = /^(.*[0-9])\/?([A-Z]{3})$/.exec(number) ?? [];
  return rest !== undefined && isCurrency(currency) ? rest : number;
}

function afterSlash(number: string): string {
  return number.slice(number.lastIndexOf('/') + 1);
}
