/** An account number as it is compared: capitals, without blanks and dashes. The slash of 'bank/account' stays. */
export function normaliseAccountNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/**
 * What an account number in a bank file may stand for, the most literal first: as it is; the part after the slash
 * ('bank code/account'); each without a currency at the end ('1234567EUR').
 */
export function accountNumberCandidates(text: string): string[] {
  const whole = normaliseAccountNumber(text);
  const afterSlash = whole.slice(whole.lastIndexOf('/') + 1);
  const candidates = [whole, afterSlash].flatMap((number) => [number, number.replace(/(?<=\d)[A-Z]{3}$/, '')]);
  return [...new Set(candidates)].filter((number) => number !== '');
}
