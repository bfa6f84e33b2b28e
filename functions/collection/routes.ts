import type { Role, RouteDescription } from '../../shared/service/description.ts';

const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];

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
