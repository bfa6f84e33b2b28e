import type { Allocation, Decision, Explanation } from '../../../../functions/receivables/matching/decision.ts';
import type { OpenItems } from '../../../../functions/receivables/matching/open-item.ts';

/**
 * What must hold of any decisions, whether they are right or not: each receipt is decided once and used up to its amount, no
 * invoice is cleared by more than is open, nothing crosses a currency or a legal entity. Each breach as a line to read.
 */
export function breachesOf({ receipts, invoices }: OpenItems, decisions: readonly Decision[]): string[] {
  const invoicesById = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const decided = new Map(decisions.map((decision) => [decision.receiptId, decision]));
  const breaches: string[] = [];
  if (decisions.length !== receipts.length || decided.size !== receipts.length)
    breaches.push(`${receipts.length} receipts have ${decisions.length} decisions of ${decided.size} receipts`);
  const cleared = new Map<string, bigint>();
  for (const receipt of receipts) {
    const { id, amount, legalEntity, currency } = receipt;
    const { outcome, explanation } = decided.get(id) ?? { outcome: 'UNMATCHED' as const };
    if ((outcome === 'MATCHED') !== (explanation !== undefined)) breaches.push(`${id}: ${outcome} and its explanation`);
    if (!explanation) continue;
    if (usedBy(explanation) !== amount) breaches.push(`${id}: ${usedBy(explanation)} of ${amount} are explained`);
    for (const allocation of explanation.allocations) {
      const { invoiceId } = allocation;
      const invoice = invoicesById.get(invoiceId);
      if (isOdd(allocation)) breaches.push(`${id}: odd amounts for ${invoiceId}`);
      if (invoice?.legalEntity !== legalEntity || invoice.currency !== currency)
        breaches.push(`${id}: ${invoiceId} is not of ${legalEntity} in ${currency}`);
      cleared.set(invoiceId, (cleared.get(invoiceId) ?? 0n) + sumOf(allocation));
    }
  }
  for (const [invoiceId, sum] of cleared) {
    const open = invoicesById.get(invoiceId)?.open ?? 0n;
    if (sum > open) breaches.push(`${invoiceId}: cleared by ${sum}, open are ${open}`);
  }
  return breaches;
}

export function sumOf({ cash, discount, charge }: Allocation): bigint {
  return cash + discount + charge;
}

function usedBy({ allocations, onAccount }: Explanation): bigint {
  return allocations.reduce((sum, { cash }) => sum + cash, onAccount);
}

function isOdd(allocation: Allocation): boolean {
  const { cash, discount, charge } = allocation;
  return cash < 0n || discount < 0n || charge < 0n || sumOf(allocation) <= 0n;
}
