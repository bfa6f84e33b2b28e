import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './journal/proof/proof-examples.ts';
import * as shapes from './journal/proof/proof-shapes.ts';
import { problems } from './problems.ts';

export const proofContract = {
  askForProof: {
    description:
      'Goes on in the background, from the figures at the end of the last day that was proved: looks at every order of the market ' +
      'that was changed since, whether anybody told the journal of it or not, compares it with its lines, these with their totals, ' +
      'and all that orders, sums and settlements ever came to with the balances of the ledger. What moves meanwhile shows as a ' +
      'difference: ask again when all is quiet.',
    path: shapes.proofPath,
    body: shapes.proofIn,
    response: shapes.proofOut,
    problems: [problems['market-not-found'], general['conflict-retry']],
    example: examples.askForProof,
  },
  getProof: {
    description: 'How far it is, and what it came to last.',
    path: shapes.proofPath,
    response: shapes.proofOut,
    problems: [problems['market-not-found'], problems['proof-not-found']],
    example: examples.getProof,
  },
  listClosedDays: {
    description: 'Days that were proved, `from` to `to`, both inclusive, on which orders were changed.',
    path: shapes.proofPath,
    query: shapes.closedDaysQuery,
    response: shapes.closedDaysOut,
    problems: [problems['market-not-found']],
    example: examples.listClosedDays,
  },
} satisfies Contract;
