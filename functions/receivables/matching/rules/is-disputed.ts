import type { Settlement } from '../terms/settle.ts';

/** Whether a settlement pays an invoice in dispute: it is suggested and never booked by itself. */
export function isDisputed({ parts }: Settlement): boolean {
  return parts.some(({ item }) => item.invoice.disputed);
}
