import type { ServiceDescription } from '../../shared/service/description.ts';
import { railRoutes } from './routes.ts';

export const service: ServiceDescription = {
  name: 'collection',
  title: 'Collection',
  description:
    'Moves money between banks over the best rail: by limit, hours on the working-day calendar, fee and speed, with ' +
    'failover that never sends the same money twice.',
  table: {},
  routes: railRoutes,
  streams: [{ entry: 'on-change', batchSize: 10, kinds: ['RAILS', 'RAIL_OUTAGES'], changes: ['INSERT', 'MODIFY'] }],
  publishes: [
    {
      type: 'collection.rails-changed.v1',
      description:
        'The rails of a tenant were put for the first time or changed: version and ids; the API has the rest.',
    },
    {
      type: 'collection.rail-outages-changed.v1',
      description: 'The outages of a rail were put or changed: rail, version and all its outages.',
    },
  ],
};
