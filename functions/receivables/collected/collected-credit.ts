import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { positive } from '../../../shared/money/compare.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { CollectedFile } from '../../collection/published.ts';
import { changed } from '../matches/step.ts';

/**
 * AGREES: statements say that so much came as the orders of the file brought. ACKNOWLEDGED: it differs for good, somebody said, and
 * by no more and no less than then.
 */
export const collectedStates = ['DIFFERS', 'AGREES', 'ACKNOWLEDGED'] as const;
export type CollectedState = (typeof collectedStates)[number];

/** Credits of statements that are kept of one file, at most: banks part it by day. */
export const creditsPerFileMax = 100;

/** One credit of a statement for a file, or for a part of it; or a debit that takes one back. Minor units. */
export interface FileCredit {
  readonly creditKey: string;
  readonly entryId: string;
  /** Below zero where the bank took it back. */
  readonly amount: bigint;
  readonly bookedOn: PlainDate;
}

/**
 * What statements say came of a file of collections, beside what its orders brought. The orders are the receipts: this is no
 * money. Minor units.
 */
export interface CollectedCredit {
  readonly tenant: string;
  readonly id: string;
  /** The id of the message, or of the payment information, as the bank quotes it. */
  readonly fileId: string;
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly accountId: string;
  readonly credits: readonly FileCredit[];
  readonly orders: number;
  readonly settled: bigint;
  /** Of it, what went back, as the orders say. */
  readonly returned: bigint;
  /** Why it differs for good, and by how much: credited less settled. */
  readonly acknowledged?: { readonly reason: string; readonly difference: bigint };
  /** It was compared again, a while after it was told, or after an order of the file last brought some or gave some back. */
  readonly comparedAgain?: true;
  readonly comparedAt: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

type Money = Pick<CollectedCredit, 'credits' | 'settled' | 'returned'>;

export const collectedIdOf = (tenant: string, fileId: string) => deriveId('ccr', tenant, fileId);

export function creditedOf({ credits }: Pick<CollectedCredit, 'credits'>): bigint {
  return sum(credits.map(({ amount }) => amount));
}

/**
 * What statements say came beyond what the orders brought, less what they say went back beyond what the orders gave back: that goes
 * back order by order too, and no statement need name the file. Minor units.
 */
export function differenceOf({ credits, settled, returned }: Money): bigint {
  const amounts = credits.map(({ amount }) => amount);
  const back = sum(amounts.map((amount) => positive(-amount)));
  return sum(amounts.map(positive)) - settled - positive(back - returned);
}

export function collectedState(collected: Money & Pick<CollectedCredit, 'acknowledged'>): CollectedState {
  const difference = differenceOf(collected);
  if (difference === 0n) return 'AGREES';
  return collected.acknowledged?.difference === difference ? 'ACKNOWLEDGED' : 'DIFFERS';
}

/** Adds what another statement says came of a file; nothing, where it was told before. Throws beyond `creditsPerFileMax`. */
export function withCredit(
  before: CollectedCredit,
  credit: FileCredit,
  { orders, settled, returned }: CollectedFile,
  step: { readonly at: string; readonly cause: Cause },
): CollectedCredit | undefined {
  if (before.credits.some(({ creditKey }) => creditKey === credit.creditKey)) return undefined;
  if (before.credits.length >= creditsPerFileMax) {
    throw new Error(`Statements tell of the file ${before.fileId} more than ${creditsPerFileMax} times.`);
  }
  const { comparedAgain: _, ...rest } = before;
  const credits = [...before.credits, credit];
  return changed<CollectedCredit>(rest, { credits, orders, settled, returned, comparedAt: step.at }, step);
}
