import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Match } from '../matches/match.ts';
import { fromUnapplied } from '../matches/use.ts';
import type { TakenBack } from '../receipts/merged.ts';
import { dismissedOf, type Receipt, type Refund, unappliedOf } from '../receipts/receipt.ts';
import { stoodOn } from './fact.ts';

/** Money of a receipt that pays no invoice, and whose it is, as far as that is known. Minor units. */
export interface HeldMoney {
  readonly customerId?: string | undefined;
  readonly unapplied: bigint;
  readonly onAccount: bigint;
}

/** As it is now. */
export function moneyNow(receipt: Receipt): HeldMoney[] {
  const { customerId, onAccount } = receipt;
  return [{ customerId, unapplied: unappliedOf(receipt), onAccount }];
}

/**
 * As it was at the end of a day, by the matches that stood and the refunds up to then. What is on account is the customer's of
 * the match that put it there; what is not used, that of whoever is known today to have paid.
 */
export function moneyAsOf(
  receipt: Receipt,
  { matches, refunds }: { readonly matches: readonly Match[]; readonly refunds: readonly Refund[] },
  day: PlainDate,
): HeldMoney[] {
  if (wasMerged(receipt, day)) return [];
  const stood = matches.filter((match) => stoodOn(match, day));
  const back = refunds.filter(({ date }) => date <= day);
  const dismissed = receipt.dismissals?.flatMap(({ undone, ...one }) => (isOnDay(one, undone, day) ? one : []));
  const came = receipt.amount - dismissedOf(defined({ dismissals: dismissed }));
  const used = sum(stood.map(fromUnapplied)) + sum(back.map(({ amount, fromOnAccount }) => amount - fromOnAccount));
  const held: HeldMoney[] = [{ customerId: receipt.customerId, unapplied: came - used, onAccount: 0n }];
  for (const { customerId, onAccount, fromOnAccount } of stood) {
    held.push({ customerId, unapplied: 0n, onAccount: onAccount - fromOnAccount });
  }
  for (const { customerId, fromOnAccount } of back) held.push({ customerId, unapplied: 0n, onAccount: -fromOnAccount });
  return held.filter(({ unapplied, onAccount }) => unapplied !== 0n || onAccount !== 0n);
}

/** Whether it counted in another receipt at the end of a day. */
function wasMerged({ merged, unmerged = [] }: Receipt, day: PlainDate): boolean {
  if (merged && merged.date <= day) return true;
  return unmerged.some((one) => isOnDay(one, one.undone, day));
}

/** Whether something had happened by the end of a day, and was not taken back. */
function isOnDay({ date }: { readonly date: PlainDate }, undone: TakenBack | undefined, day: PlainDate): boolean {
  return date <= day && (!undone || day < undone.date);
}
