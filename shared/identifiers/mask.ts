import { accountLikeNumbers } from './number-patterns.ts';

const STARS = '****';
const TAIL_LENGTH = 4;
const CARD_HEAD_LENGTH = 6;

/** Below it a number is too short to show ten of its digits. */
const CARD_LENGTH_MIN = 13;

/** A bank card: the first 6 and the last 4, 622202****1234. What is too short for a card is masked as an account. */
export function maskCard(number: string): string {
  const digits = compact(number);
  if (digits.length < CARD_LENGTH_MIN) return maskAccount(number);
  return digits.slice(0, CARD_HEAD_LENGTH) + maskTail(digits);
}

/** An account number or IBAN: the last 4, ****1234; of a short one never more than half. */
export function maskAccount(number: string): string {
  return maskTail(compact(number));
}

/** An identity card, passport or credit code: the last 4. */
export function maskIdentity(number: string): string {
  return maskTail(compact(number));
}

/** A mobile number of mainland China, with 86 or without: 138****1234. Of any other number the last 4. */
export function maskPhone(number: string): string {
  const [, head] = /^(?:\+?86|0086)?(1[0-9]{2})[0-9]{8}$/.exec(compact(number)) ?? [];
  return (head ?? '') + maskTail(compact(number));
}

/**
 * Free text fit for a log: every number that could be an account, card, identity or phone is masked to its last 4.
 * Amounts of nine digits and more go with them; a log does without. Ids of this system and UUIDs stay.
 */
export function maskNumbersIn(text: string): string {
  return text.replace(accountLikeNumbers, (match: string, id: string | undefined) => id ?? maskAccount(match));
}

/** Stars for all but the end. How many characters there were is not told. */
function maskTail(compacted: string): string {
  const characters = [...compacted];
  const shown = Math.min(TAIL_LENGTH, Math.floor(characters.length / 2));
  return STARS + characters.slice(characters.length - shown).join('');
}

function compact(text: string): string {
  return text.replace(/[\s\p{Pd}]/gu, '');
}
