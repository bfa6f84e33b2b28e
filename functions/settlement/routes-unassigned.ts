import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const payments = '/v1/markets/{marketId}/unassigned-payments';

const work = (operation: string, path: string, summary: string): RouteDescription => ({
  ...{ operation, method: 'POST', path: `${payments}/{paymentId}/${path}`, access: keepers, summary, success: 200 },
});

/** What settlement serves over payments that no order has taken; part of its description. Each is worked on once, so no key is asked. */
export const unassignedRoutes: readonly RouteDescription[] = [
  {
    operation: 'listUnassignedPayments',
    method: 'GET',
    path: payments,
    access: readers,
    summary: 'List payments that no order has taken, and why',
    success: 200,
  },
  work('assignPayment', 'assign', 'Put an unassigned payment on an order'),
  work('sendBackPayment', 'send-back', 'Send an unassigned payment back to who paid'),
  work('dismissPayment', 'dismiss', 'Take off the list what is no money of its own'),
];
