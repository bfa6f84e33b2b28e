import { defineProblems } from '../../shared/problems/problem.ts';

export const problems = defineProblems('rates', {
  'version-conflict': {
    status: 409,
    title: 'The rate set has another version than expected',
    mend: 'Read the set of this date again, decide whether your change still holds, and send it with the version you read.',
  },
  'rate-missing': {
    status: 409,
    title: 'The rate set has no rate for the pair',
    mend: 'Put the pair, its inverse, or both currencies against a common third into the rate set, and try again.',
  },
});
