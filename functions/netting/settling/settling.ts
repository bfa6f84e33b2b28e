import type { StoredList } from '../resolutions/resolution.ts';
import type { Party } from '../terms/parties.ts';

/**
 * HOLDING: the money of its legs is set aside, and nothing moves until that is so of each of them. POSTING: all is set aside, and is
 * posted. RELEASING: what was set aside is given free again, for it is to be closed anew without somebody.
 */
export const settlingStates = ['HOLDING', 'POSTING', 'RELEASING'] as const;

/** SHORT_OF_FUNDS: there is too little on its account. ACCOUNT: its account cannot be used. LEDGER: the ledger refuses it. */
export const waitReasons = ['SHORT_OF_FUNDS', 'ACCOUNT', 'LEDGER'] as const;

/** Who stands in the way of a settlement, and what to do about it. */
export interface WaitingParty {
  readonly participant: Party;
  readonly code: (typeof waitReasons)[number];
  readonly currency: string;
  /** What it has to pay and is not set aside yet; of one that cannot be paid what it is to get. Minor units. */
  readonly amount: bigint;
  /** What is missing of it, where that is known. */
  readonly missing?: bigint;
  readonly accountId?: string;
  readonly detail: string;
}

/** The way of a cycle from its value date until it is SETTLED; of the cycle's item, so it is kept small. */
export interface Settling {
  readonly state: (typeof settlingStates)[number];
  readonly askedAt: string;
  /** From 1: legs that are not set aside are asked for in rounds, each under names of its own. */
  readonly round: number;
  /** What of a round is asked of the ledger, a list of LegPart, and how many of its blocks have been. */
  readonly plan?: { readonly parts: StoredList; readonly done: number };
  /** What is set aside, lists of HeldPart. */
  readonly held: readonly StoredList[];
  readonly legsHeld: number;
  /** Some of a round were refused together: who is short is found out in the next. */
  readonly isUnclear: boolean;
  /** Who stands in the way in this round; the first of them are named. */
  readonly waiting: { readonly count: number; readonly first: readonly WaitingParty[] };
  /** It is at rest until it is asked again, by the job or by a person. */
  readonly isWaiting: boolean;
  /** Whom it waited for last: the world is told once, until that is somebody else or another amount. */
  readonly waitsFor?: string;
  /** Lists that are posted (each twice: what is paid in, what is paid out) or released. */
  readonly ended: number;
  /** RELEASING: participants without whom it is closed anew. */
  readonly leaveOut?: readonly string[];
  /** How often it was handed on: who carries it on is told of it. */
  readonly turn: number;
  readonly failures: number;
  readonly failure?: string;
  /** When it is handed on by itself. */
  readonly askAgainAt: string;
}

export const nobodyWaits: Settling['waiting'] = { count: 0, first: [] };

/** At rest, for who stands in the way now. */
export function atRest(settling: Settling): Settling {
  const { count, first } = settling.waiting;
  const named = first.map(({ participant, currency, code, missing = '' }) =>
    [participant, currency, code, missing].join(' '),
  );
  return { ...settling, isWaiting: true, waitsFor: [count, ...named].join('; ') };
}

/** One more round of it, in which everything that is not set aside is asked for again. */
export function nextRound({ plan: _, failure: _failure, ...settling }: Settling): Settling {
  const round = settling.round + 1;
  return { ...settling, round, isUnclear: false, waiting: nobodyWaits, isWaiting: false, failures: 0 };
}

/** Legs that are set aside in one transfer; `place` of each is that among the legs of the cycle. */
export interface LegPart {
  /** Whether the centre pays: that comes when all have paid it. */
  readonly isOut: boolean;
  readonly legs: readonly PlacedLeg[];
  /** What must stay on the accounts that pay. */
  readonly floors: readonly (readonly [accountId: string, floor: bigint])[];
}

export interface PlacedLeg {
  readonly place: number;
  readonly payer: Party;
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  readonly currency: string;
  readonly amount: bigint;
  /** Whether the payee is paid at its bank out of that account. */
  readonly toBank: boolean;
}

/** Parts as they are kept: names are left out. */
export type PackedPart = readonly [
  isOut: 0 | 1,
  legs: readonly (readonly [number, Party, string, string, string, bigint, 0 | 1])[],
  floors: LegPart['floors'],
];

/** A hold, whether the centre pays by it, its legs by place, and those of them that go on to a bank. */
export type HeldPart = readonly [
  pendingId: string,
  isOut: 0 | 1,
  places: readonly number[],
  toBank: readonly (readonly [place: number, accountId: string])[],
];

export function packPart({ isOut, legs, floors }: LegPart): PackedPart {
  const packed = legs.map(
    ({ place, payer, debitAccountId, creditAccountId, currency, amount, toBank }) =>
      [place, payer, debitAccountId, creditAccountId, currency, amount, toBank ? 1 : 0] as const,
  );
  return [isOut ? 1 : 0, packed, floors];
}

export function unpackPart([isOut, legs, floors]: PackedPart): LegPart {
  return {
    isOut: isOut === 1,
    legs: legs.map(([place, payer, debitAccountId, creditAccountId, currency, amount, toBank]) => {
      return { place, payer, debitAccountId, creditAccountId, currency, amount, toBank: toBank === 1 };
    }),
    floors,
  };
}
