import { mod1110CheckDigit } from './check-digits.ts';

/**
 * What is wrong with a CNAPS bank code (支付系统行号), or nothing. 12 digits: 3 bank type, 4 area, 4 branch serial, and
 * one check digit by GB/T 17710. That a code is well formed does not say that the branch exists.
 */
export function checkCnaps(text: string): string | undefined {
  if (!/^[0-9]{12}$/.test(text)) return 'A CNAPS bank code has 12 digits.';
  if (mod1110CheckDigit(text.slice(0, 11)) !== text[11]) return 'The last digit does not check; compare the bank code.';
  return undefined;
}

export function isValidCnaps(text: string): boolean {
  return checkCnaps(text) === undefined;
}
