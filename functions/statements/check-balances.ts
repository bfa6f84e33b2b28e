import type { StatementBalance } from '../../shared/formats/statement-events.ts';

export type StatementStatus = 'BALANCED' | 'BALANCE_MISMATCH' | 'NOT_CHECKED';

/** Booked entries of one direction. `total` is never negative, in minor units. */
export interface Movement {
  readonly count: number;
  readonly total: bigint;
}

export interface BalanceCheck {
  readonly status: StatementStatus;
  /** Opening + credits − debits. */
  readonly computedClosing?: bigint;
  /** Computed − declared closing: what the entries leave too little (−) or too much (+). Zero when BALANCED. */
  readonly difference?: bigint;
}

/** Whether booked entries lead from the opening to the closing balance, in minor units, credit positive. */
export function checkBalances(
  opening: bigint | undefined,
  closing: bigint | undefined,
  credits: bigint,
  debits: bigint,
): BalanceCheck {
  if (opening === undefined) return { status: 'NOT_CHECKED' };
  const computedClosing = opening + credits - debits;
  if (closing === undefined) return { status: 'NOT_CHECKED', computedClosing };
  const difference = computedClosing - closing;
  return { status: difference === 0n ? 'BALANCED' : 'BALANCE_MISMATCH', computedClosing, difference };
}

/**
 * The balance a statement opens with: the opening booked one (OPBD, 60F), else that of the page before (60M), else the
 * previous closing one (PRCD). The earliest where there are several. Currency: the statement's only.
 */
export function openingBalance(balances: readonly StatementBalance[], currency: string): StatementBalance | undefined {
  const own = balances.filter((balance) => balance.currency === currency);
  const booked = own.filter(({ type }) => type === 'OPBD');
  const previous = own.filter(({ type }) => type === 'PRCD').toSorted(byDate);
  return pickFinal(booked.toSorted(byDate)) ?? previous.at(-1);
}

/** The balance it closes with: closing booked (CLBD, 62F), else that of an unfinished page (62M). The latest of several. */
export function closingBalance(balances: readonly StatementBalance[], currency: string): StatementBalance | undefined {
  const booked = balances.filter((balance) => balance.currency === currency && balance.type === 'CLBD');
  return pickFinal(booked.toSorted(byDate).toReversed());
}

function pickFinal(sorted: readonly StatementBalance[]): StatementBalance | undefined {
  return sorted.find(({ intermediate }) => !intermediate) ?? sorted[0];
}

function byDate(a: StatementBalance, b: StatementBalance): number {
  return (a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0;
}
