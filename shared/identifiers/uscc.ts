/** GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its place here. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 3^(i−1) mod 31 for the 17 characters before the check character. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/**
 * What is wrong with a unified social credit code (统一社会信用代码), or nothing. 18 characters: department, category,
 * 6 digits of area, 9 of the subject, one check character. Capitals only.
 */
export function checkUscc(text: string): string | undefined {
  if (text.length !== 18) return 'A unified social credit code has 18 characters.';
  const strange = [...text].find((character) => !alphabet.includes(character));
  if (strange)
    return `${JSON.stringify(strange)} is in no unified social credit code: digits and capitals but I, O, S, V, Z.`;
  if (!/^.{2}[0-9]{6}/.test(text)) return 'Characters 3 to 8, the area, are digits.';
  if (usccCheckCharacter(text.slice(0, 17)) !== text[17]) {
    return 'The last character does not check; compare the unified social credit code.';
  }
  return undefined;
}

export function isValidUscc(text: string): boolean {
  return checkUscc(text) === undefined;
}

/** The check character of the first 17 characters. */
export function usccCheckCharacter(first17: string): string {
  const total = weights.reduce((sum, weight, place) => sum + weight * alphabet.indexOf(first17[place] ?? '0'), 0);
  return alphabet[(31 - (total % 31)) % 31] ?? '';
}
