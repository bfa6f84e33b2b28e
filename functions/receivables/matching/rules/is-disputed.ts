import type { Settlement } from '../terms/settle.ts';
import type { Run } from './proposal.ts';

/** Whether a settlement pays an invoice in dispute: it is suggested and never booked by itself. */
export function isDisputed({ book }: Run, { allocations }: Pick<Settlement, 'allocations'>): boolean {
  return allocations.some(({ invoiceId }) => book.item(invoiceId).invoice.disputed);
}
