import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './comparing/comparison-examples.ts';
import * as shapes from './comparing/comparison-shapes.ts';
import { problems } from './problems.ts';

const known = [problems['market-not-found'], problems['comparison-not-found']];
const working = {
  path: shapes.differencePath,
  body: shapes.noteIn,
  response: shapes.differenceOut,
  problems: [...known, problems['difference-not-found'], problems['difference-resolved'], general['conflict-retry']],
};

export const comparisonContract = {
  askForComparison: {
    description:
      'Goes on in the background; a file that has come in is compared by itself, and days beside it that were compared before are compared again. Asked again after more has come, what was said of ' +
      'differences that still stand stays with them.',
    path: shapes.marketPath,
    body: shapes.comparisonIn,
    response: shapes.comparisonOut,
    problems: [
      problems['market-not-found'],
      problems['channel-not-found'],
      problems['channel-file-missing'],
      general['conflict-retry'],
    ],
    example: examples.askForComparison,
  },
  listComparisons: {
    description: 'By day, `from` to `to`, both inclusive, and channel.',
    path: shapes.marketPath,
    query: shapes.comparisonsQuery,
    response: shapes.comparisonsOut,
    problems: [problems['market-not-found']],
    example: examples.listComparisons,
  },
  getComparison: {
    path: shapes.comparisonPath,
    response: shapes.comparisonOut,
    problems: known,
    example: examples.getComparison,
  },
  listDifferences: {
    description: 'By class and number. A page may hold fewer than `limit` and still have a next one.',
    path: shapes.comparisonPath,
    query: shapes.differencesQuery,
    response: shapes.differencesOut,
    problems: known,
    example: examples.listDifferences,
  },
  explainDifference: {
    ...working,
    description: 'Something is still to be done about it. A later note takes the place of an earlier one.',
    example: examples.explainDifference,
  },
  resolveDifference: {
    ...working,
    description: 'It does not change any more, unless its figures become other ones.',
    example: examples.resolveDifference,
  },
} satisfies Contract;
