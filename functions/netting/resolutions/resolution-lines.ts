import type { SettledSet, WaitingReason } from '../queue/queued-payment.ts';
import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { Party } from '../terms/parties.ts';

/** A payment of a set that settles together. */
export interface SetLine extends QueueEntry {
  /** Sets are settled in the order of their numbers, from 1. */
  readonly set: number;
  readonly kind: SettledSet['kind'];
}

/** The account by which one pays and is paid, what has to stay on it, and whether there are limits to what it may owe. */
export interface PostedParty {
  readonly party: Party;
  readonly accountId: string;
  /** Minor units; below zero it may be overdrawn. */
  readonly floor: bigint;
  readonly isLimited: boolean;
}

/** Why a payment waits. Minor units above zero. */
export type WaitReason =
  | WaitingReason
  /** What pays or is paid cannot be moved. */
  | { readonly code: 'ACCOUNT'; readonly participant: Party; readonly detail: string }
  /** The two do not net with each other. */
  | { readonly code: 'EXCLUDED_PAIR' };

export interface WaitingLine extends QueueEntry {
  readonly reasons: readonly WaitReason[];
}

/** What one gave (below zero) or got on balance in a day, or one of a bilateral limit to or from the other. */
export interface DaySum {
  readonly party: Party;
  readonly other?: Party;
  readonly net: bigint;
}

type PackedSetLine = readonly [number, 'B' | 'M', number, number, string, string, string, bigint];
type PackedWaiting = readonly [number, number, string, string, string, bigint, readonly WaitReason[]];

export function packSetLine({ set, kind, gate, number, reference, payer, payee, amount }: SetLine): PackedSetLine {
  return [set, kind === 'BILATERAL' ? 'B' : 'M', gate, number, reference, payer, payee, amount];
}

export function unpackSetLine(packed: unknown): SetLine {
  const [set, kind, gate, number, reference, payer, payee, amount] = packed as PackedSetLine;
  return { set, kind: kind === 'B' ? 'BILATERAL' : 'MULTILATERAL', gate, number, reference, payer, payee, amount };
}

export function packWaiting({ gate, number, reference, payer, payee, amount, reasons }: WaitingLine): PackedWaiting {
  return [gate, number, reference, payer, payee, amount, reasons];
}

export function unpackWaiting(packed: unknown): WaitingLine {
  const [gate, number, reference, payer, payee, amount, reasons] = packed as PackedWaiting;
  return { gate, number, reference, payer, payee, amount, reasons };
}
