import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import type { Settlement } from '../terms/settle.ts';

interface Claim {
  readonly of: Case;
  readonly settlement: Settlement;
}

/** The receipts that claim an invoice of which not enough is open for all that claim it, each with the others of them. */
export function contested(claims: readonly Claim[]): Map<Case, Case[]> {
  const byInvoice = new Map<Item, { total: bigint; cases: Case[] }>();
  for (const { of, settlement } of claims) {
    for (const { item, cash, discount, charge } of settlement.parts) {
      const claimed = byInvoice.get(item) ?? { total: 0n, cases: [] };
      claimed.total += cash + discount + charge;
      claimed.cases.push(of);
      byInvoice.set(item, claimed);
    }
  }
  const lost = new Map<Case, Case[]>();
  for (const [item, { total, cases }] of byInvoice) {
    if (total <= item.left) continue;
    for (const of of cases) lost.set(of, [...(lost.get(of) ?? []), ...cases.filter((other) => other !== of)]);
  }
  return lost;
}
