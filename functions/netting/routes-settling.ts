import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const cycle = '/v1/netting-cycles/{cycleId}';
const payments = `${cycle}/bank-payments`;

/**
 * What netting serves over the settlement of cycles; part of its description. Settling and taking back name the state that they are
 * for, so they have no key.
 */
export const settlingRoutes: readonly RouteDescription[] = [
  {
    operation: 'settleNettingCycle',
    method: 'POST',
    path: `${cycle}/settle`,
    access: ['treasurer'],
    summary: 'Settle a netting cycle, or ask again for the money that was missing',
    success: 202,
  },
  {
    operation: 'unwindNettingCycle',
    method: 'POST',
    path: `${cycle}/unwind`,
    access: ['treasurer'],
    summary: 'Close a netting cycle anew without participants, before anything of it is paid',
    success: 202,
  },
  {
    operation: 'listNettingBankPayments',
    method: 'GET',
    path: payments,
    access: readers,
    summary: 'List the payments by which banks pay the receivers of a settled netting cycle',
    success: 200,
  },
  {
    operation: 'retryNettingBankPayment',
    method: 'POST',
    path: `${payments}/{bankPaymentId}/retry`,
    access: ['treasurer'],
    summary: 'Pay again what a bank did not carry out or sent back',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
];
