import type { Role, RouteDescription } from '../../shared/service/description.ts';
import { readers } from './routes-centres.ts';

const keepers: readonly Role[] = ['treasurer', 'operator'];
const obligations = '/v1/obligations';
const obligation = `${obligations}/{obligationId}`;

const act = (operation: string, path: string, summary: string): RouteDescription => ({
  ...{ operation, method: 'POST', path: `${obligation}/${path}`, access: keepers, summary, success: 200 },
});

const actTogether = (operation: string, path: string, summary: string): RouteDescription => ({
  ...{ operation, method: 'POST', path: `${obligations}/${path}`, access: keepers, summary, success: 200 },
});

/**
 * What netting serves over obligations; part of its description. They are known by their references, and what is done to one brings
 * it to a state, so none of it has a key.
 */
export const obligationRoutes: readonly RouteDescription[] = [
  {
    operation: 'createObligation',
    method: 'POST',
    path: obligations,
    access: keepers,
    summary: 'Record what one participant owes another',
    success: 201,
  },
  {
    operation: 'createObligations',
    method: 'POST',
    path: `${obligations}/batch`,
    access: keepers,
    summary: 'Record up to 10,000 obligations, each accepted or refused by itself',
    success: 200,
  },
  actTogether('confirmObligations', 'confirm', 'Confirm up to 10,000 obligations by their references'),
  actTogether('disputeObligations', 'dispute', 'Dispute up to 10,000 obligations by their references'),
  actTogether('withdrawObligations', 'withdraw', 'Take up to 10,000 obligations back by their references'),
  {
    operation: 'listObligations',
    method: 'GET',
    path: obligations,
    access: readers,
    summary: 'List the obligations of a cycle, or find one by reference',
    success: 200,
  },
  {
    operation: 'getObligation',
    method: 'GET',
    path: obligation,
    access: readers,
    summary: 'Get an obligation and the cycle that it stands in',
    success: 200,
  },
  act('withdrawObligation', 'withdraw', 'Take an obligation back before the cut-off of its cycle'),
  act('confirmObligation', 'confirm', 'Confirm an obligation'),
  act('disputeObligation', 'dispute', 'Dispute an obligation: until it is resolved it is not netted'),
  act('resolveObligationDispute', 'resolve-dispute', 'Note that a dispute is over'),
];
