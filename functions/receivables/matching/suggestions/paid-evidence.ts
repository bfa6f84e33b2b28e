import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import type { Evidence, ExceptionReason } from '../decision.ts';
import { namedElsewhere } from '../rules/named-invoices.ts';

/** Receipts named in one piece of evidence, at most. */
const receiptsMax = 5;

/**
 * What a receipt names that it cannot pay: invoices of another entity or currency, or such as are paid, and by which receipts.
 * Nothing where that is not why it is held.
 */
export function paidEvidence(
  of: Case,
  reason: ExceptionReason | undefined,
): { customerId: string; found: Evidence[] } | undefined {
  if (reason === 'CURRENCY') return elsewhere(of);
  if (reason !== 'DUPLICATE' && reason !== 'OVERPAID') return undefined;
  const { hits, single, group } = of.sure;
  const items = single.length > 0 ? single : group;
  const [first] = items;
  if (!first || items.some(({ left }) => left > 0n)) return undefined;
  const found = hits.map(
    (hit): Evidence => ({ kind: 'REFERENCE', found: hit.found, meant: items.map(paid).join(', ') }),
  );
  return { customerId: first.invoice.customerId, found };
}

function elsewhere(of: Case): { customerId: string; found: Evidence[] } | undefined {
  const hits = namedElsewhere(of);
  const customerId = hits[0]?.entries[0]?.item.invoice.customerId;
  if (customerId === undefined) return undefined;
  const found = hits.map(({ found, entries }): Evidence => {
    const meant = entries.map(({ item }) => placeOf(item)).join(', ');
    return { kind: 'REFERENCE', found, meant };
  });
  return { customerId, found };
}

/** An invoice that is of another entity or currency, as somebody who looks reads it. */
export function placeOf({ invoice, pool }: Item): string {
  return `${invoice.number} of ${pool.legalEntity} in ${pool.currency}`;
}

function paid({ invoice, payments }: Item): string {
  const receipts = payments.slice(0, receiptsMax).map(({ receiptId }) => receiptId);
  return `${invoice.number}, paid by ${receipts.join(' and ')}`;
}
