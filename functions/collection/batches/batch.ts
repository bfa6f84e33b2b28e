import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CollectionItem } from '../items/item.ts';
import type { Cause } from '../mandates/mandate.ts';
import type { Policy } from '../routing/rank-routes.ts';

/** Items that are carried on and stored together: written again for each of their steps, so that a line costs little. */
export const itemsPerBlockMax = 40;

/** What a company collects at once. */
export interface Batch {
  readonly id: string;
  readonly tenant: string;
  /** The caller's own number: sent again under it, the same batch answers. */
  readonly number: string;
  readonly currency: CurrencyCode;
  /** The company's account in the ledger, which the money goes to, and the one that it comes from. */
  readonly creditAccountId: string;
  readonly clearingAccountId: string;
  /** Where the fees of banks are gathered. */
  readonly feeAccountId: string;
  readonly policy: Policy;
  readonly lines: number;
  readonly refused: number;
  readonly items: number;
  /** Of the lines accepted, minor units. */
  readonly amount: bigint;
  readonly blocks: number;
  /** What its lines are checked against when it is sent again. */
  readonly fingerprint: string;
  /** A collection asked for by itself: to its caller it is no batch. */
  readonly single?: true;
  readonly createdAt: string;
  readonly cause: Cause;
}

/** Where a block is. */
export type BlockPlace = Pick<Block, 'tenant' | 'batchId' | 'block'>;

/** Some items of a batch, as they stand. */
export interface Block {
  readonly tenant: string;
  readonly batchId: string;
  readonly block: number;
  /** Grows with every write. */
  readonly revision: number;
  /** When it is to be looked at next, ISO instant; never, without. */
  readonly dueAt?: string;
  readonly items: readonly CollectionItem[];
  /** As its batch. */
  readonly single?: true;
  /** Its money is open no more, and its batch was told so. */
  readonly closed?: true;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Stored with others before their batch was, and not written since: nobody knows whether there is one. */
export function isOnlyStored({ revision }: Pick<Block, 'revision'>): boolean {
  return revision === 1;
}

const indexDigits = 3;
const tryDigits = 2;
const idLength = 26;
const base = 36;

/** Items of one batch, at most: what the digits of an order's number hold. */
export const itemsMax = base ** indexDigits - 1;

/**
 * The number of a try at the bank: the batch's id, the item's place in it and the try, in 31 characters that every bank file
 * carries; so that what a bank says of it leads straight to its block.
 */
export function orderIdOf(batchId: string, index: number, tryNumber: number): string {
  const digits = (number: number, length: number) => number.toString(base).toUpperCase().padStart(length, '0');
  return batchId.slice(-idLength) + digits(index, indexDigits) + digits(tryNumber, tryDigits);
}

/** Where an order's number leads; undefined for one that is not ours. */
export function placeOf(orderId: string): { readonly batchId: string; readonly block: number } | undefined {
  const [, id, index] = /^([0-9A-Z]{26})([0-9A-Z]{3})[0-9A-Z]{2}$/.exec(orderId) ?? [];
  if (id === undefined || index === undefined) return undefined;
  return { batchId: `cb_${id}`, block: Math.floor(Number.parseInt(index, base) / itemsPerBlockMax) };
}
