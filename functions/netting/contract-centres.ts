import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './centres/centre-examples.ts';
import * as shapes from './centres/centre-shapes.ts';
import { participantsIn, participantsOut, participantsQuery } from './centres/participant-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ centreId: shapes.centreId });
const changing = [
  problems['centre-not-found'],
  problems['centre-refused'],
  problems['version-conflict'],
  general['conflict-retry'],
];

export const centreContract = {
  createNettingCentre: {
    description: 'Its legal entity and home currency stay for ever.',
    body: shapes.centreIn,
    response: shapes.wholeCentreOut,
    problems: [
      problems['centre-id-taken'],
      problems['centre-refused'],
      problems['participant-account'],
      problems['identity-taken'],
      problems['calendar-not-published'],
      general['conflict-retry'],
    ],
    example: examples.createNettingCentre,
  },
  listNettingCentres: {
    description: 'By id.',
    query: shapes.centresQuery,
    response: shapes.centresOut,
    example: examples.listNettingCentres,
  },
  getNettingCentre: {
    path,
    query: shapes.centreQuery,
    response: shapes.wholeCentreOut,
    problems: [problems['centre-not-found']],
    example: examples.getNettingCentre,
  },
  changeNettingCentre: {
    description:
      'Makes the next version; cycles that are open keep their times, and a cycle keeps the version that it is closed with. Asked ' +
      'twice, it changes nothing the second time. Currencies may be added, not taken away.',
    path,
    body: shapes.centreChangeIn,
    response: shapes.wholeCentreOut,
    problems: changing,
    example: examples.changeNettingCentre,
  },
  putNettingParticipants: {
    description:
      'Makes the next version; those that are not named stay. Nobody is taken out, for obligations name them: suspend whom nothing ' +
      'new is to be taken of.',
    path,
    body: participantsIn,
    response: shapes.centreOut,
    problems: [...changing, problems['participant-account'], problems['identity-taken']],
    example: examples.putNettingParticipants,
  },
  listNettingParticipants: {
    description: 'By id.',
    path,
    query: participantsQuery,
    response: participantsOut,
    problems: [problems['centre-not-found']],
    example: examples.listNettingParticipants,
  },
} satisfies Contract;
