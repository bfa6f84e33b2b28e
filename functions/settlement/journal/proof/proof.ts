import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../../shared/http/cause.ts';
import type { AskedWork } from '../../background/asked-work.ts';
import type { OrderFigures } from '../order-figures.ts';
import type { OrderSums } from '../order-sums.ts';
import type { LostOrder } from './changed-orders.ts';
import type { DayDifference } from './check-lines.ts';
import type { AccountProof } from './prove-accounts.ts';

export interface MarketRef {
  readonly tenant: string;
  readonly marketId: string;
}

/** The proof of a market. */
export interface Proof extends MarketRef, AskedWork {
  /** The next time begins from nothing, whatever stands. */
  readonly isAnew?: true;
  /** The last day with closing figures: the next proof begins behind it. */
  readonly closedOn?: PlainDate;
  /** How far the time is that is worked off. */
  readonly begun?: BegunProof;
  readonly result?: ProofResult;
  /** Why the last time came to nothing. */
  readonly problem?: { readonly code: string; readonly detail: string };
  readonly provedAt?: string;
  readonly cause: Cause;
}

/** What was found before it broke off; `until` is the last day that it has been through. */
export interface BegunProof extends FoundWrong {
  readonly time: number;
  /** The closing figures that it began with. */
  readonly from?: PlainDate;
  readonly until?: PlainDate;
  /** The last day of those that fit into memory next, where that is known already. */
  readonly upTo?: PlainDate;
  readonly changed: number;
  readonly days: number;
  /** The last day whose figures stand for good; none beyond where something was wrong. */
  readonly closedOn?: PlainDate;
}

/** What is wrong, the first of it by name. */
export interface FoundWrong {
  readonly lost: Counted<LostOrder>;
  readonly differences: Counted<DayDifference>;
  /** Orders that were changed while their lines were looked for. */
  readonly moving: number;
}

export interface Counted<One> {
  readonly count: number;
  readonly first: readonly One[];
}

/** Named in an answer, at most. */
export const namedMax = 100;

export const nothingWrong: FoundWrong = {
  lost: { count: 0, first: [] },
  differences: { count: 0, first: [] },
  moving: 0,
};

/** Whether everything that is written of a market's orders says the same as the orders. */
export interface ProofResult extends FoundWrong {
  /** The closing figures from which it went on; none: from the first order. */
  readonly from?: PlainDate;
  /** Orders that were changed since, and days of owners on which their lines were looked for. */
  readonly changed: number;
  readonly days: number;
  /** Orders paid in all. */
  readonly orders: number;
  readonly sums: OrderSums;
  readonly accounts: number;
  /** Those of the market itself, and those of merchants that are wrong: the first of them. */
  readonly shown: readonly AccountProof[];
  /**
   * The orders add up, and no more is given than is theirs; each has its lines; lines and totals say the same; and the accounts hold it.
   */
  readonly isBalanced: boolean;
}

/** The figures of a market at the end of a day: what orders came to by then, and how the day moved them. */
export interface ClosedDay extends MarketRef {
  readonly date: PlainDate;
  /** Orders that were changed last on the day, when it was proved. */
  readonly changed: number;
  readonly opening: DayFigures;
  readonly closing: DayFigures;
}

export type DayFigures = Omit<OrderFigures, 'gains'>;

export function counted<One>({ count, first }: Counted<One>, more: readonly One[]): Counted<One> {
  return { count: count + more.length, first: [...first, ...more].slice(0, namedMax) };
}
