import { isDeepStrictEqual } from 'node:util';
import type { ItemChange } from '../../../shared/events/relay.ts';
import type { Customer } from '../customers/customer.ts';
import { customerFromPlain } from '../customers/customer-items.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import { invoiceFromPlain } from '../invoices/invoice-items.ts';
import type { News } from './look-again.ts';

type Change = Pick<ItemChange, 'kind' | 'item' | 'previous'>;

/** What among changes may explain open receipts, by tenant; tenants without any are left out. */
export function newsOf(changes: readonly Change[]): Map<string, News> {
  const news = new Map<string, News>();
  for (const change of changes) {
    const tenant = String(change.item?.tenant);
    const told = toldBy(change);
    if (!told) continue;
    const { invoices, reopened, customers, hasRules } = news.get(tenant) ?? nothing;
    news.set(tenant, {
      invoices: [...invoices, ...(told.invoices ?? [])],
      reopened: [...reopened, ...(told.reopened ?? [])],
      customers: [...customers, ...(told.customers ?? [])],
      hasRules: hasRules || told.hasRules === true,
    });
  }
  return news;
}

const nothing: News = { invoices: [], reopened: [], customers: [], hasRules: false };

function toldBy({ item, previous }: Change): Partial<News> | undefined {
  if (item?.kind === 'RULES') return { hasRules: true };
  if (item?.kind === 'INVOICE') return ofInvoice(invoiceFromPlain(item), previous && invoiceFromPlain(previous));
  if (item?.kind !== 'CUSTOMER' || !previous) return undefined;
  const customer = customerFromPlain(item);
  return isDeepStrictEqual(paysBy(customer), paysBy(customerFromPlain(previous)))
    ? undefined
    : { customers: [customer] };
}

/** What was paid, or goes into dispute, explains nothing more than before. */
function ofInvoice(invoice: Invoice, before: Invoice | undefined): Partial<News> | undefined {
  if (openOf(invoice) === 0n) return undefined;
  if (before && invoice.cleared < before.cleared) return { reopened: [invoice] };
  const isNews =
    !before ||
    invoice.credited > before.credited ||
    invoice.writtenOff > before.writtenOff ||
    (before.dispute !== undefined && invoice.dispute === undefined);
  return isNews ? { invoices: [invoice] } : undefined;
}

/** What matching goes by. */
function paysBy({ names, accountKeys, tolerance, threshold }: Customer) {
  return { names, accountKeys, tolerance, threshold };
}
