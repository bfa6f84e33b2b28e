import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { normaliseAccountNumber } from '../../../shared/identifiers/account-number.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Payer, type PayerKind, payerKindOf } from '../mandates/mandate.ts';
import type { Settlement } from './settlements.ts';
import { largeValueThreshold } from './thresholds.ts';

/** What one payer paid on one day in one currency, where it is to be reported. Minor units. */
export interface LargeValue {
  /** The same for a payer, day and currency for ever. */
  readonly id: string;
  readonly date: PlainDate;
  readonly payer: Payer;
  readonly kind: PayerKind;
  readonly currency: string;
  readonly total: bigint;
  readonly threshold: bigint;
  readonly count: number;
  /** One of them reaches the threshold by itself. */
  readonly singleReached: boolean;
  /** By the bank's order number, which is the order of acceptance. */
  readonly settlements: readonly Settlement[];
}

/** Whose day it is, and how an account number is hidden in an id. */
export interface PayerDay {
  readonly tenant: string;
  readonly date: PlainDate;
  readonly hashNumber: (number: string) => string;
}

/**
 * The payers whose money of a day in a currency reaches the threshold, by id. An account is one payer, under however many
 * mandates; where these differ in its kind it is a person, whose threshold is the lower one. Accounts of the same number at
 * different banks count together: rather told once too often. Throws Error where a payer is missing, for a sum without its
 * money would be a wrong one.
 */
export function largeValuesOf(
  { tenant, date, hashNumber }: PayerDay,
  settlements: readonly Settlement[],
  payers: ReadonlyMap<string, Payer>,
): LargeValue[] {
  const byPayer = Map.groupBy(settlements, ({ mandateId, currency }) => {
    return `${currency} ${normaliseAccountNumber(payerOf(payers, mandateId).account.number)}`;
  });
  const found = [...byPayer].flatMap(([key, some]): LargeValue[] => {
    const currency = key.slice(0, key.indexOf(' '));
    const mandateIds = [...new Set(some.map(({ mandateId }) => mandateId))].sort();
    const [payer, ...others] = mandateIds.map((mandateId) => payerOf(payers, mandateId));
    if (!payer) return [];
    const kind = [payer, ...others].some((one) => payerKindOf(one) === 'PERSON') ? 'PERSON' : 'COMPANY';
    const reached = reachedBy(some, kind, currency);
    const id = deriveId('lv', tenant, date, currency, hashNumber(payer.account.number));
    return reached ? [{ id, date, payer, kind, currency, ...reached }] : [];
  });
  return found.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The figures of a payer's day; undefined below the threshold, and where the currency has none. */
function reachedBy(some: readonly Settlement[], kind: PayerKind, currency: string) {
  const threshold = largeValueThreshold(kind, currency);
  const total = sum(some.map(({ amount }) => amount));
  if (threshold === undefined || total < threshold) return undefined;
  return {
    total,
    threshold,
    count: some.length,
    singleReached: some.some(({ amount }) => amount >= threshold),
    settlements: [...some].sort((one, other) => (one.orderId < other.orderId ? -1 : 1)),
  };
}

function payerOf(payers: ReadonlyMap<string, Payer>, mandateId: string): Payer {
  const payer = payers.get(mandateId);
  if (!payer) throw new Error(`There is no mandate ${mandateId}.`);
  return payer;
}
