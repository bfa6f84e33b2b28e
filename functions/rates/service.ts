import type { Role, ServiceDescription } from '../../shared/service/description.ts';

const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];

export const service: ServiceDescription = {
  name: 'rates',
  title: 'Exchange rates',
  description:
    'Keeps named sets of exchange rates, one for each date, by which the other capabilities convert. A set is stated by ' +
    'the treasurer, not fetched; conversions are exact and rounded once.',
  table: {},
  routes: [
    {
      operation: 'putRateSet',
      method: 'PUT',
      path: '/v1/rate-sets/{name}',
      access: ['treasurer'],
      summary: 'Put the rates of a name and date',
      success: 200,
    },
    {
      operation: 'getRateSet',
      method: 'GET',
      path: '/v1/rate-sets/{name}',
      access: readers,
      summary: 'Read the rates of a name on a date',
      success: 200,
    },
    {
      operation: 'listRateSets',
      method: 'GET',
      path: '/v1/rate-sets',
      access: readers,
      summary: 'List the names of rate sets',
      success: 200,
    },
  ],
  streams: [{ entry: 'on-change', batchSize: 10, kinds: ['RATE_SET'], changes: ['INSERT', 'MODIFY'] }],
  publishes: [
    {
      type: 'rates.rate-set-changed.v1',
      description: 'A rate set was put for the first time or changed: name, date, version and all its rates.',
    },
  ],
};
