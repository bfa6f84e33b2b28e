import type { Role, RouteDescription } from '../../shared/service/description.ts';

export const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];
const keepers: readonly Role[] = ['treasurer'];

const centres = '/v1/netting-centres';
const centre = `${centres}/{centreId}`;

/** What netting serves over centres; part of its description. */
export const centreRoutes: readonly RouteDescription[] = [
  {
    operation: 'createNettingCentre',
    method: 'POST',
    path: centres,
    access: keepers,
    summary: 'Record a netting centre (轧差中心) with its participants and open its first cycle',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'listNettingCentres',
    method: 'GET',
    path: centres,
    access: readers,
    summary: 'List netting centres',
    success: 200,
  },
  {
    operation: 'getNettingCentre',
    method: 'GET',
    path: centre,
    access: readers,
    summary: 'Get a netting centre, as it is or as it was in a version',
    success: 200,
  },
  {
    operation: 'changeNettingCentre',
    method: 'PATCH',
    path: centre,
    access: keepers,
    summary: 'Change terms, calendar, limits or excluded pairs of a netting centre',
    success: 200,
  },
  {
    operation: 'putNettingParticipants',
    method: 'PUT',
    path: `${centre}/participants`,
    access: keepers,
    summary: 'Add or change up to 10,000 participants of a netting centre',
    success: 200,
  },
  {
    operation: 'listNettingParticipants',
    method: 'GET',
    path: `${centre}/participants`,
    access: readers,
    summary: 'List the participants of a netting centre',
    success: 200,
  },
];
