import type { Case } from '../book/case.ts';
import type { Explanation } from '../decision.ts';
import type { Run } from './proposal.ts';

interface Claim {
  readonly of: Case;
  readonly explanation: Explanation;
}

/** The receipts that claim an invoice of which not enough is open for all that claim it, each with the others of them. */
export function contested({ book }: Run, claims: readonly Claim[]): Map<Case, Case[]> {
  const byInvoice = new Map<string, { total: bigint; cases: Case[] }>();
  for (const { of, explanation } of claims) {
    for (const { invoiceId, cash, discount, charge } of explanation.allocations) {
      const claimed = byInvoice.get(invoiceId) ?? { total: 0n, cases: [] };
      claimed.total += cash + discount + charge;
      claimed.cases.push(of);
      byInvoice.set(invoiceId, claimed);
    }
  }
  const lost = new Map<Case, Case[]>();
  for (const [invoiceId, { total, cases }] of byInvoice) {
    if (total <= book.item(invoiceId).left) continue;
    for (const of of cases) lost.set(of, [...(lost.get(of) ?? []), ...cases.filter((other) => other !== of)]);
  }
  return lost;
}
