import type { Role, RouteDescription } from '../../shared/service/description.ts';

const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];

const path = '/v1/mandates/{mandateId}';

/** What collection serves over mandates; part of its description. */
export const mandateRoutes: readonly RouteDescription[] = [
  {
    operation: 'createMandate',
    method: 'POST',
    path: '/v1/mandates',
    access: ['treasurer'],
    summary: 'Record a mandate (授权支付协议)',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listMandates',
    method: 'GET',
    path: '/v1/mandates',
    access: readers,
    summary: 'List mandates, the newest first',
    success: 200,
  },
  {
    operation: 'getMandate',
    method: 'GET',
    path,
    access: readers,
    summary: 'Get a mandate, and what of its limits is used',
    success: 200,
  },
  {
    operation: 'confirmMandate',
    method: 'POST',
    path: `${path}/confirm`,
    access: ['treasurer'],
    summary: 'Note that the payer’s side has confirmed a mandate',
    success: 200,
  },
  {
    operation: 'suspendMandate',
    method: 'POST',
    path: `${path}/suspend`,
    access: ['treasurer', 'operator'],
    summary: 'Suspend a mandate for a while',
    success: 200,
  },
  {
    operation: 'resumeMandate',
    method: 'POST',
    path: `${path}/resume`,
    access: ['treasurer', 'operator'],
    summary: 'Resume a suspended mandate',
    success: 200,
  },
  {
    operation: 'revokeMandate',
    method: 'POST',
    path: `${path}/revoke`,
    access: ['treasurer', 'operator'],
    summary: 'Revoke a mandate, at once and for good',
    success: 200,
  },
];

/** What collection serves over rails; part of its description. */
export const railRoutes: readonly RouteDescription[] = [
  {
    operation: 'getRails',
    method: 'GET',
    path: '/v1/rails',
    access: readers,
    summary: 'Get the rails that money is routed over, and their outages',
    success: 200,
  },
  {
    operation: 'putRails',
    method: 'PUT',
    path: '/v1/rails',
    access: ['treasurer'],
    summary: 'Put the rails: limits, hours, tariffs',
    success: 200,
  },
  {
    operation: 'putRailOutages',
    method: 'PUT',
    path: '/v1/rails/{railId}/outages',
    access: ['treasurer', 'operator'],
    summary: 'Put the outages of a rail',
    success: 200,
  },
  {
    operation: 'quoteRoute',
    method: 'POST',
    path: '/v1/routes/quote',
    access: readers,
    summary: 'Ask for the best rail for an item, and why the others lose',
    success: 200,
  },
];

/** What collection serves over large values; part of its description. */
export const largeValueRoutes: readonly RouteDescription[] = [
  {
    operation: 'listLargeValues',
    method: 'GET',
    path: '/v1/large-values',
    access: readers,
    summary: 'List who paid large values on a day (大额交易)',
    success: 200,
  },
];

/** What collection serves over the way to the bank; part of its description. */
export const channelRoutes: readonly RouteDescription[] = [
  {
    operation: 'getBankChannel',
    method: 'GET',
    path: '/v1/bank-channel',
    access: readers,
    summary: 'Get how orders reach your bank',
    success: 200,
  },
  {
    operation: 'putBankChannel',
    method: 'PUT',
    path: '/v1/bank-channel',
    access: ['treasurer'],
    summary: 'Put how orders reach your bank, and where the money goes',
    success: 200,
  },
];
