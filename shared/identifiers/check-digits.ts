/** Check digits of payment identifiers. Each works on text, since leading zeros count. */

/** Luhn (ISO/IEC 7812-1): whether a run of digits, its check digit last, passes. */
export function passesLuhn(digits: string): boolean {
  let total = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    total += value > 9 ? value - 9 : value;
  }
  return total % 10 === 0;
}

/** The check digit that ISO 7064 MOD 11,10 (GB/T 17710) adds to a run of digits. */
export function mod1110CheckDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const total = (product + Number(digit)) % 10 || 10;
    product = (total * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** The remainder of ISO 7064 MOD 97,10: digits as they are, letters as 10 to 35. */
export function mod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
