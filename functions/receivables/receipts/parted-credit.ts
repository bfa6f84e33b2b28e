import { normaliseName } from '../matching/names/normalise-name.ts';
import type { Receipt } from './receipt.ts';

/**
 * What a part of a credit is: money of a payer; what an order of ours brought; a part of what a file of ours brought; money of an
 * account of our own.
 */
export type PartKind = 'RECEIPT' | 'ORDER' | 'FILE' | 'OWN';

/** One payment of a credit, with what tells it from the others. Minor units. */
export interface StandingPart {
  readonly kind: PartKind;
  /** Of the receipt that it is, or would be. */
  readonly receiptId: string;
  readonly amount: bigint;
  readonly endToEnd?: string;
  readonly payer: Receipt['payer'];
}

/**
 * Which receipts a credit of a statement is, where they are not the one of its own id: the transactions of a batch credit, or
 * what orders to a bank brought. It stands in the place of that one, so that no other report of the credit takes it.
 */
export interface PartedCredit {
  readonly tenant: string;
  /** The id that the credit's own receipt would have. */
  readonly id: string;
  readonly parts: readonly StandingPart[];
  /** The entry that was told of first. */
  readonly entryId: string;
  readonly at: string;
}

type Known = Pick<StandingPart, 'amount' | 'endToEnd' | 'payer'>;

/**
 * Which part of a credit each payment is that another report lists, in whatever order: of the same amount, by its end-to-end
 * reference, else by its payer, else the next that nothing speaks against. A payment that is none of them has no part.
 */
export function pairParts<Told extends Known, Standing extends Known>(
  told: readonly Told[],
  standing: readonly Standing[],
): Map<Told, Standing> {
  const pairs = new Map<Told, Standing>();
  const left = Map.groupBy(standing.map(read), ({ amount }) => amount);
  for (const isPair of [hasSameReference, hasSamePayer, () => true]) {
    for (const one of told.map(read)) {
      const others = left.get(one.amount) ?? [];
      const at = pairs.has(one.of) ? -1 : others.findIndex((other) => mayBeSame(one, other) && isPair(one, other));
      const [found] = at < 0 ? [] : others.splice(at, 1);
      if (found) pairs.set(one.of, found.of);
    }
  }
  return pairs;
}

interface Read<Part> {
  readonly of: Part;
  readonly amount: bigint;
  readonly endToEnd: string | undefined;
  readonly accountKey: string | undefined;
  /** In its normal form; empty where there is none. */
  readonly name: string;
}

function read<Part extends Known>(of: Part): Read<Part> {
  const { amount, endToEnd, payer } = of;
  return { of, amount, endToEnd, accountKey: payer.accountKey, name: normaliseName(payer.name ?? '') };
}

/** Whether nothing speaks against it. Banks cut names short. */
function mayBeSame(one: Read<unknown>, other: Read<unknown>): boolean {
  if (!mayBeEqual(one.endToEnd, other.endToEnd) || !mayBeEqual(one.accountKey, other.accountKey)) return false;
  const isKnown = one.accountKey !== undefined && other.accountKey !== undefined;
  return isKnown || one.name.startsWith(other.name) || other.name.startsWith(one.name);
}

function hasSameReference(one: Read<unknown>, other: Read<unknown>): boolean {
  return one.endToEnd !== undefined && one.endToEnd === other.endToEnd;
}

/** Of two that may be the same. */
function hasSamePayer(one: Read<unknown>, other: Read<unknown>): boolean {
  const isKnown = one.accountKey !== undefined && other.accountKey !== undefined;
  return isKnown || (one.name !== '' && other.name !== '');
}

function mayBeEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
