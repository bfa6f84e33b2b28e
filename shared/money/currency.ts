import { currenciesByMinorUnitDigits, withdrawnByMinorUnitDigits } from './currency-table.ts';

/** A code of ISO 4217 in capitals, such as 'CNY'. */
export type CurrencyCode = string;

export class UnknownCurrencyError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`${JSON.stringify(code.slice(0, 10))} is not a currency of ISO 4217.`);
    this.name = 'UnknownCurrencyError';
    this.code = code;
  }
}

const inUse = digitsByCode(currenciesByMinorUnitDigits);
const withdrawn = digitsByCode(withdrawnByMinorUnitDigits);

/** Whether the code is a currency of ISO 4217 that is in use and has a minor unit. Case counts. */
export function isCurrency(code: string): code is CurrencyCode {
  return inUse.has(code);
}

/** All currencies in use, in alphabetical order. */
export function currencies(): CurrencyCode[] {
  return [...inUse.keys()].sort();
}

/**
 * How many decimals an amount of the currency has: 2 for CNY, 0 for JPY, 3 for KWD. Answers for currencies withdrawn
 * since 2011 as well, so that old statements can be read. Throws UnknownCurrencyError.
 */
export function minorUnitDigits(currency: CurrencyCode): number {
  const digits = inUse.get(currency) ?? withdrawn.get(currency);
  if (digits === undefined) throw new UnknownCurrencyError(currency);
  return digits;
}

function digitsByCode(table: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  const pairs = Object.entries(table).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)] as const),
  );
  return new Map(pairs);
}
