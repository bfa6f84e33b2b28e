import type { RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const untaken = '/v1/netting-centres/{centreId}/untaken-obligations';

/** What netting serves over what events told and no centre could take; part of its description. Taking again has no key: it ends. */
export const untakenRoutes: readonly RouteDescription[] = [
  {
    operation: 'listUntakenObligations',
    method: 'GET',
    path: untaken,
    access: readers,
    summary: 'List what events told of a netting centre that it could not take, and why',
    success: 200,
  },
  {
    operation: 'takeUntakenObligations',
    method: 'POST',
    path: `${untaken}/take`,
    access: ['treasurer', 'operator'],
    summary: 'Try again to take what a netting centre could not take',
    success: 200,
  },
];
