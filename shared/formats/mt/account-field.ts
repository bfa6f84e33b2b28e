import { defined } from '../../objects/defined.ts';
import type { StatementAccount } from '../statement-events.ts';

const ibanWithCurrency = /^([A-Z]{2}\d{2}[A-Z0-9]{11,30}?)([A-Z]{3})?$/;
const bicForm = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/**
 * Fields 25 and 25P: an IBAN, a national number, `bank code/number` or `BIC/number`, some with the currency behind. A
 * number that is no IBAN stays as the file has it. 25P carries the BIC in its second line.
 */
export function readAccountField(lines: readonly string[], currency: string | undefined): StatementAccount {
  const [first = '', second = ''] = lines.map((line) => line.trim());
  const [, iban, suffix] = ibanWithCurrency.exec(first.replaceAll(' ', '')) ?? [];
  const isCurrency = suffix === undefined || suffix === currency;
  const isIban = iban !== undefined;
  const beforeSlash = first.split('/', 1)[0] ?? '';
  return defined({
    iban: isIban ? (isCurrency ? iban : `${iban}${suffix}`) : undefined,
    number: isIban || first === '' ? undefined : first,
    bic: bicForm.test(second) ? second : first.includes('/') && bicForm.test(beforeSlash) ? beforeSlash : undefined,
    currency,
  });
}

/** The currency behind a number, where there is one: `1234567EUR`. */
export function currencySuffix(first: string): string | undefined {
  return /\d ?([A-Z]{3})$/.exec(first.trim())?.[1];
}
