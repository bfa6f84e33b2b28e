import { type CurrencyCode, minorUnitDigits } from '../../money/currency.ts';

/** No currency of ISO 4217 has more decimals. */
const decimalsMax = 4;

/** Of a decimal number in ISO 20022, and so of a control sum. */
export const sumDigitsMax = 18;

/**
 * CtrlSum: the figures of all amounts added up, whatever their currencies, exactly: 100 JPY and 1.234 KWD are 101.234.
 * `count` is NbOfTxs.
 */
export class ControlSum {
  #count = 0;
  /** In 10⁻⁴. */
  #units = 0n;
  #decimals = 0;

  /** Throws UnknownCurrencyError. */
  add(minor: bigint, currency: CurrencyCode): void {
    const decimals = minorUnitDigits(currency);
    this.#count += 1;
    this.#units += minor * 10n ** BigInt(decimalsMax - decimals);
    if (decimals > this.#decimals) this.#decimals = decimals;
  }

  get count(): number {
    return this.#count;
  }

  /** With as many decimals as the currency of the most decimals has. */
  get text(): string {
    const full = this.#units.toString().padStart(decimalsMax + 1, '0');
    const whole = full.slice(0, -decimalsMax);
    const fraction = full.slice(-decimalsMax).slice(0, this.#decimals);
    return fraction === '' ? whole : `${whole}.${fraction}`;
  }

  get tooLong(): boolean {
    return this.text.replace('.', '').length > sumDigitsMax;
  }
}

const decimal = /^\+?(\d*)(?:\.(\d*))?$/;

/** Whether two decimal texts are the same number: 12.5 and 012.500 are. Undefined where the first is no decimal. */
export function sameNumber(stated: string, found: string): boolean | undefined {
  const [one, other] = [canonical(stated), canonical(found)];
  return one === undefined ? undefined : one === other;
}

/** Written by hand, since a pattern for trailing zeros takes quadratic time. */
function canonical(text: string): string | undefined {
  const [, whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (whole === '' && fraction === '') return undefined;
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  return `${whole.replace(/^0+/, '')}.${fraction.slice(0, end)}`;
}
