import { defineProblems } from '../../shared/problems/problem.ts';

/** Why collection refuses. */
export const problems = defineProblems('collection', {
  'rail-not-found': {
    status: 404,
    title: 'Rail not found',
    mend: 'Name a rail of the configuration; GET /v1/rails lists them.',
  },
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
});
