import type { Role, RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const keepers: readonly Role[] = ['treasurer', 'operator'];
const centre = '/v1/netting-centres/{centreId}';
const payments = `${centre}/queued-payments`;
const payment = `${payments}/{paymentId}`;
const resolution = `${centre}/resolutions/{resolutionId}`;

/** What netting serves over queues; part of its description. Queued payments are known by their references, so none has a key. */
export const queueRoutes: readonly RouteDescription[] = [
  {
    operation: 'createQueuedPayment',
    method: 'POST',
    path: payments,
    access: keepers,
    summary: 'Queue a payment between two participants until it can settle (流动性节约)',
    success: 201,
  },
  {
    operation: 'createQueuedPayments',
    method: 'POST',
    path: `${payments}/batch`,
    access: keepers,
    summary: 'Queue up to 10,000 payments, each accepted or refused by itself',
    success: 200,
  },
  {
    operation: 'listQueuedPayments',
    method: 'GET',
    path: payments,
    access: readers,
    summary: 'List the payments that wait in a queue, or find one by reference',
    success: 200,
  },
  {
    operation: 'getQueuedPayment',
    method: 'GET',
    path: payment,
    access: readers,
    summary: 'Get a queued payment',
    success: 200,
  },
  {
    operation: 'withdrawQueuedPayment',
    method: 'POST',
    path: `${payment}/withdraw`,
    access: keepers,
    summary: 'Take a queued payment back before it is settled',
    success: 200,
  },
  {
    operation: 'resolveQueue',
    method: 'POST',
    path: `${centre}/resolve`,
    access: keepers,
    summary: 'Settle together what of a queue can settle (gridlock resolution, 排队撮合)',
    success: 202,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'simulateResolution',
    method: 'POST',
    path: `${centre}/resolve/simulate`,
    access: readers,
    summary: 'See what of a queue would settle now, and why the rest would wait, without writing anything',
    success: 200,
  },
  {
    operation: 'getResolution',
    method: 'GET',
    path: resolution,
    access: readers,
    summary: 'Get the resolution of a queue, its progress and figures',
    success: 200,
  },
  {
    operation: 'listResolvedPayments',
    method: 'GET',
    path: `${resolution}/payments`,
    access: readers,
    summary: 'List what a resolution has settled, in which sets, and why the rest waits',
    success: 200,
  },
];
