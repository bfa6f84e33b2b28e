import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { BackgroundRun } from '../../../shared/runs/replace-run.ts';
import type { Party } from '../terms/parties.ts';

/**
 * DECIDING: it is to read the queue and decide what settles. SETTLING: that is decided, and is posted and marked. ENDED: all that
 * could settle has.
 */
export const resolutionStates = ['DECIDING', 'SETTLING', 'ENDED'] as const;

/** A list that is kept beside the resolution, in so many blocks. Named by what it says: who writes it twice writes the same. */
export interface StoredList {
  readonly name: string;
  readonly blocks: number;
}

/** Amounts in minor units. */
export interface ResolutionFigures {
  readonly settledPayments: number;
  readonly settledAmount: bigint;
  /** What moved between accounts for it. */
  readonly movedAmount: bigint;
  readonly bilateralSets: number;
  readonly multilateralSets: number;
  readonly waitingPayments: number;
  readonly waitingAmount: bigint;
}

export const noFigures: ResolutionFigures = {
  ...{ settledPayments: 0, settledAmount: 0n, movedAmount: 0n, bilateralSets: 0, multilateralSets: 0 },
  ...{ waitingPayments: 0, waitingAmount: 0n },
};

/** Whose payments wait for the rest of the resolution, since the ledger does not take what it decides for them. */
export interface Barred {
  readonly participant: Party;
  readonly detail: string;
}

/** What was decided in a round. */
export interface Decision {
  /** A list of SetLine. */
  readonly sets: StoredList;
  /** A list of PostedParty: what is asked of the ledger is the same however often it is asked. */
  readonly parties: StoredList;
  /** A list of WaitingLine. */
  readonly waiting: StoredList;
  /** Whether more could settle than is done in one round: then there is a next. */
  readonly hasMore: boolean;
}

/** 排队撮合: settles together what of a queue can settle. A queue has one under way at most. */
export interface Resolution extends BackgroundRun {
  readonly tenant: string;
  readonly id: string;
  readonly centreId: string;
  readonly currency: CurrencyCode;
  readonly state: (typeof resolutionStates)[number];
  /** From 1: a set that the ledger refuses, as balances moved meanwhile, is decided again in the next. */
  readonly round: number;
  /** Rounds in which the ledger refused something. */
  readonly refusedRounds: number;
  /** Sets that were decided in all rounds: numbers go on behind it. */
  readonly setsDecided: number;
  /** SETTLING: what stands. */
  readonly decision?: Decision;
  /** What has settled, a list of SetLine for each round that settled something. */
  readonly settled: readonly StoredList[];
  /** ENDED: a list of WaitingLine. */
  readonly waiting?: StoredList;
  readonly barred: readonly Barred[];
  readonly figures: ResolutionFigures;
}

export function isUnderWay({ state }: Pick<Resolution, 'state'>): boolean {
  return state !== 'ENDED';
}

/** The state of a queue as a whole. */
export interface QueueHead {
  /** 0 where nothing was ever done to it. */
  readonly revision: number;
  /** The resolution that is under way. */
  readonly resolutionId?: string;
  /** What each gave and got on a day, and pairs with a limit, a list of DaySum kept with a resolution. */
  readonly day?: { readonly date: string; readonly resolutionId: string; readonly sums: StoredList };
}
