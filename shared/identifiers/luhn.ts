import { passesLuhn } from './check-digits.ts';

/**
 * What is wrong with a bank card number, or nothing: 16 to 19 digits, the last by Luhn. Spaces between groups are let
 * pass. For cards only: corporate account numbers (对公账户) follow no Luhn and must not be refused by it.
 */
export function checkBankCard(text: string): string | undefined {
  const digits = text.replaceAll(' ', '');
  if (!/^[0-9]{16,19}$/.test(digits)) return 'A bank card number has 16 to 19 digits.';
  if (!passesLuhn(digits)) return 'The last digit does not check; compare the card number.';
  return undefined;
}

export function isValidBankCard(text: string): boolean {
  return checkBankCard(text) === undefined;
}
