import type { BankRequirement } from './rail.ts';
import type { Refusal } from './refusals.ts';

/** How a bank is named in a request: one code or both. */
export interface BankCodes {
  /** 12 digits. */
  readonly cnaps?: string;
  /** 8 or 11 characters. */
  readonly bic?: string;
}

type AnyBank = Extract<BankRequirement, { same: 'ANY' }>;
export type BankPlace = 'payerBank' | 'payeeBank';

const TYPE_LENGTH = 3;
const BIC8_LENGTH = 8;

/** Why the two banks do not fit; nothing where they do. A code that is needed and missing is not guessed. */
export function bankRefusal(
  requirement: BankRequirement,
  payerBank: BankCodes | undefined,
  payeeBank: BankCodes | undefined,
): Refusal | undefined {
  const places = [
    ['payerBank', payerBank],
    ['payeeBank', payeeBank],
  ] as const;
  if (requirement.same === 'ANY') {
    return firstOf(places, (bank, place) => reachRefusal(requirement, bank, place));
  }
  const by = requirement.same === 'BIC8' ? 'bic' : 'cnaps';
  const unknown = firstOf(places, (bank, place) =>
    bank?.[by] === undefined ? { code: 'BANK_UNKNOWN', place, needed: by } : undefined,
  );
  if (unknown) return unknown;
  const [payer, payee] = [payerBank?.[by] ?? '', payeeBank?.[by] ?? ''];
  if (isSame(requirement, payer, payee)) return undefined;
  return { code: 'NOT_SAME_BANK', rule: requirement.same, payer, payee };
}

function isSame(requirement: Exclude<BankRequirement, AnyBank>, payer: string, payee: string): boolean {
  if (requirement.same === 'BIC8') return payer.slice(0, BIC8_LENGTH) === payee.slice(0, BIC8_LENGTH);
  const type = payer.slice(0, TYPE_LENGTH);
  return requirement.sharedTypes.includes(type) ? payer === payee : type === payee.slice(0, TYPE_LENGTH);
}

function reachRefusal({ only, except }: AnyBank, bank: BankCodes | undefined, place: BankPlace): Refusal | undefined {
  const isAllowed = only === undefined ? true : isListed(only, bank);
  const isExcepted = except === undefined ? false : isListed(except, bank);
  if (isAllowed === false || isExcepted === true) {
    return { code: 'BANK_NOT_REACHABLE', place, bank: Object.values(codesOf(bank)).flatMap((code) => code ?? []) };
  }
  if (isAllowed && isExcepted === false) return undefined;
  return { code: 'BANK_UNKNOWN', place, needed: bank?.cnaps === undefined ? 'cnaps' : 'bic' };
}

/** Whether a bank is in a list, by either of its codes; undefined where only the code that is missing could tell. */
function isListed(list: readonly string[], bank: BankCodes | undefined): boolean | undefined {
  const { type, bic8 } = codesOf(bank);
  if (list.some((code) => code === type || code === bic8)) return true;
  const missing = [type === undefined ? TYPE_LENGTH : [], bic8 === undefined ? BIC8_LENGTH : []].flat();
  return list.some((code) => missing.includes(code.length)) ? undefined : false;
}

function codesOf(bank: BankCodes | undefined) {
  return { type: bank?.cnaps?.slice(0, TYPE_LENGTH), bic8: bank?.bic?.slice(0, BIC8_LENGTH) };
}

function firstOf(
  places: readonly (readonly [BankPlace, BankCodes | undefined])[],
  check: (bank: BankCodes | undefined, place: BankPlace) => Refusal | undefined,
): Refusal | undefined {
  for (const [place, bank] of places) {
    const refusal = check(bank, place);
    if (refusal) return refusal;
  }
  return undefined;
}
