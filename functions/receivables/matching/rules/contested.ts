import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import { isSamePayer, paymentOf } from '../book/payment.ts';
import type { Settlement } from '../terms/settle.ts';

interface Claim {
  readonly of: Case;
  readonly settlement: Settlement;
}

/** What receipts claim of one invoice together. */
interface Claimed {
  total: bigint;
  readonly cases: Case[];
}

/**
 * The receipts that claim an invoice of which not enough is open for all that claim it; true for those where, of each such
 * invoice, all are the same money as far as anybody can see.
 */
export function contested(claims: readonly Claim[]): Map<Case, boolean> {
  const byInvoice = new Map<Item, Claimed>();
  for (const { of, settlement } of claims) {
    for (const { item, cash, discount, charge } of settlement.parts) {
      const claimed = byInvoice.get(item) ?? { total: 0n, cases: [] };
      claimed.total += cash + discount + charge;
      claimed.cases.push(of);
      byInvoice.set(item, claimed);
    }
  }
  const lost = new Map<Case, boolean>();
  for (const [item, { total, cases }] of byInvoice) {
    if (total <= item.left) continue;
    const areSame = areRepetitions(cases);
    for (const of of cases) lost.set(of, areSame && lost.get(of) !== false);
  }
  return lost;
}

/** The same payer with the same amount and the same numbers. */
function areRepetitions([first, ...others]: readonly Case[]): boolean {
  return first !== undefined && others.every((other) => isRepetition(first, other));
}

function isRepetition(one: Case, other: Case): boolean {
  const [payment, second] = [one, other].map(({ receipt, payer }) => paymentOf(receipt, payer.customerId, payer.name));
  if (!payment || !second || payment.amount !== second.amount || !isSamePayer(payment, second)) return false;
  return tokensOf(one) === tokensOf(other);
}

function tokensOf({ references }: Case): string {
  return [...new Set(references.hits.map(({ token }) => token))].sort().join(' ');
}
