import type { Candidate } from './assess-rail.ts';
import type { RailKind } from './rail.ts';

/**
 * CHEAPEST: the lowest fee. FASTEST: the earliest settlement. BALANCED: within one bank a book transfer; else the batched
 * rails, or the immediate ones where the item is urgent or no gross rail is open at the moment; gross rails for what no
 * other takes. What is equal goes on by fee, settlement, success and id.
 */
export const policies = ['CHEAPEST', 'FASTEST', 'BALANCED'] as const;
export type Policy = (typeof policies)[number];

/** How a rail moves money, which is what BALANCED goes by. */
export const manners = ['BOOK', 'BATCHED', 'IMMEDIATE', 'GROSS'] as const;
export type Manner = (typeof manners)[number];

const mannerOfKind: Readonly<Record<RailKind, Manner>> = {
  BOOK: 'BOOK',
  HVPS: 'GROSS',
  BEPS: 'BATCHED',
  IBPS: 'IMMEDIATE',
  UNIONPAY: 'IMMEDIATE',
  NETSUNION: 'IMMEDIATE',
  FILE: 'BATCHED',
};

/** Why a candidate was not chosen: the first criterion in which it is worse, and its figure against the chosen one's. */
export type Loss =
  | { readonly code: 'DEARER'; readonly fee: bigint; readonly against: bigint }
  | { readonly code: 'SETTLES_LATER'; readonly settlement: Date; readonly against: Date }
  | { readonly code: 'LESS_RELIABLE'; readonly successMillionths: number; readonly against: number }
  | { readonly code: 'OPENS_LATER'; readonly earliestExecution: Date; readonly against: Date }
  | { readonly code: 'LESS_FITTING'; readonly manner: Manner; readonly against: Manner }
  | { readonly code: 'LATER_IN_ALPHABET'; readonly against: string };

export const losses = {
  DEARER: 'Its fee is higher.',
  SETTLES_LATER: 'Its money is expected later.',
  LESS_RELIABLE: 'Fewer of its items arrive.',
  OPENS_LATER: 'By BALANCED a rail that takes the item at once goes before one that opens later, since it presses.',
  LESS_FITTING: 'By BALANCED another manner of moving the money fits better.',
  LATER_IN_ALPHABET: 'Equal in everything that counts; the id decides.',
} as const;
export const lossCodes = Object.keys(losses) as [Loss['code'], ...Loss['code'][]];

export interface RankedRoute {
  readonly candidate: Candidate;
  /** Absent for the first, which is chosen. */
  readonly lost?: Loss;
}

interface Criterion {
  /** Below zero where `one` is better. */
  readonly compare: (one: Candidate, other: Candidate) => number;
  readonly lossOf: (loser: Candidate, chosen: Candidate) => Loss;
}

const fee: Criterion = {
  compare: (one, other) => (one.fee < other.fee ? -1 : one.fee > other.fee ? 1 : 0),
  lossOf: (loser, chosen) => ({ code: 'DEARER', fee: loser.fee, against: chosen.fee }),
};

const settlement: Criterion = {
  compare: (one, other) => one.expectedSettlement.getTime() - other.expectedSettlement.getTime(),
  lossOf: (loser, chosen) => ({
    code: 'SETTLES_LATER',
    settlement: loser.expectedSettlement,
    against: chosen.expectedSettlement,
  }),
};

const success: Criterion = {
  compare: (one, other) => other.rail.successMillionths - one.rail.successMillionths,
  lossOf: (loser, chosen) => ({
    code: 'LESS_RELIABLE',
    successMillionths: loser.rail.successMillionths,
    against: chosen.rail.successMillionths,
  }),
};

const id: Criterion = {
  compare: (one, other) => (one.rail.id < other.rail.id ? -1 : one.rail.id > other.rail.id ? 1 : 0),
  lossOf: (_, chosen) => ({ code: 'LATER_IN_ALPHABET', against: chosen.rail.id }),
};

const calmPlaces: Readonly<Record<Manner, number>> = { BOOK: 0, BATCHED: 1, IMMEDIATE: 2, GROSS: 3 };
const calmManner: Criterion = {
  compare: (one, other) => calmPlaces[mannerOf(one.rail)] - calmPlaces[mannerOf(other.rail)],
  lossOf: lessFitting,
};

/** A pressing item goes by speed where no book transfer and no immediate rail takes it at once. */
const pressingPlaces: Readonly<Record<Manner, number>> = { BOOK: 0, IMMEDIATE: 1, BATCHED: 2, GROSS: 2 };
const pressingPlace = ({ rail, takesNow }: Candidate) => (takesNow ? pressingPlaces[mannerOf(rail)] : 2);
const pressingManner: Criterion = {
  compare: (one, other) => pressingPlace(one) - pressingPlace(other),
  lossOf: (loser, chosen) =>
    loser.takesNow
      ? lessFitting(loser, chosen)
      : {
          code: 'OPENS_LATER',
          earliestExecution: loser.earliestExecution,
          against: chosen.earliestExecution,
        },
};

function lessFitting(loser: Candidate, chosen: Candidate): Loss {
  return { code: 'LESS_FITTING', manner: mannerOf(loser.rail), against: mannerOf(chosen.rail) };
}

/** The candidates, the best first. Their order does not matter: ids are different, so no two are equal. */
export function rankRoutes(candidates: readonly Candidate[], policy: Policy, isPressing: boolean): RankedRoute[] {
  const criteria = criteriaOf(policy, isPressing);
  const [chosen, ...losers] = candidates.toSorted((one, other) => {
    for (const { compare } of criteria) {
      const order = compare(one, other);
      if (order !== 0) return order;
    }
    return 0;
  });
  if (!chosen) return [];
  return [
    { candidate: chosen },
    ...losers.map((candidate) => ({ candidate, lost: lossOf(candidate, chosen, criteria) })),
  ];
}

function criteriaOf(policy: Policy, isPressing: boolean): readonly Criterion[] {
  if (policy === 'CHEAPEST') return [fee, settlement, success, id];
  if (policy === 'FASTEST') return [settlement, fee, success, id];
  return isPressing ? [pressingManner, settlement, fee, success, id] : [calmManner, fee, settlement, success, id];
}

function lossOf(loser: Candidate, chosen: Candidate, criteria: readonly Criterion[]): Loss {
  const telling = criteria.find(({ compare }) => compare(loser, chosen) > 0) ?? id;
  return telling.lossOf(loser, chosen);
}

export function mannerOf({ kind }: { readonly kind: RailKind }): Manner {
  return mannerOfKind[kind];
}
