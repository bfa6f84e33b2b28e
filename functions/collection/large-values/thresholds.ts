import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CollectionItem } from '../items/item.ts';
import type { PayerKind } from '../mandates/mandate.ts';

const thresholds: Readonly<Record<PayerKind, ReadonlyMap<CurrencyCode, bigint>>> = {
  COMPANY: new Map([
    ['CNY', 2_000_000_00n],
    ['USD', 200_000_00n],
  ]),
  PERSON: new Map([
    ['CNY', 500_000_00n],
    ['USD', 100_000_00n],
  ]),
};

/**
 * From what a payer transfers on one day, at once or together, a report is due; inclusive, minor units. Undefined for a
 * currency without an amount of its own: the rule counts it by its equivalent in US dollars, and no rate is assumed here.
 *
 * Source: 金融机构大额交易和可疑交易报告管理办法, PBOC Order 2016-3, art. 5 (2) and (3), in force since 2017-07-01; of
 * natural persons the amounts for domestic transfers.
 */
export function largeValueThreshold(kind: PayerKind, currency: CurrencyCode): bigint | undefined {
  return thresholds[kind].get(currency);
}

/** Whether one try of an item has brought so much that it is to be reported by itself, also where the money went back. */
export function isLargeValue({ tries, payerKind, currency }: CollectionItem): boolean {
  const threshold = largeValueThreshold(payerKind ?? 'COMPANY', currency);
  return threshold !== undefined && tries.some(({ settled = 0n }) => settled >= threshold);
}
