import type { ServedRoutes } from '../../shared/service/description.ts';
import { bookRoutes } from './routes-books.ts';
import { customerRoutes } from './routes-customers.ts';
import { entryRoutes } from './routes-entries.ts';
import { invoiceRoutes } from './routes-invoices.ts';
import { matchRoutes, receiptRoutes } from './routes-receipts.ts';
import { reportRoutes } from './routes-reports.ts';
import { runRoutes } from './routes-runs.ts';

/** What receivables serves; the part of its description that the function behind the routes carries. */
export const served: ServedRoutes = {
  name: 'receivables',
  routes: [
    ...bookRoutes,
    ...customerRoutes,
    ...invoiceRoutes,
    ...receiptRoutes,
    ...matchRoutes,
    ...entryRoutes,
    ...reportRoutes,
    ...runRoutes,
  ],
};
