import { defineProblems } from '../../shared/problems/problem.ts';

/** Why settlement refuses. */
export const problems = defineProblems('settlement', {
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
  'market-not-found': {
    status: 404,
    title: 'Market not found',
    mend: 'Name a market of your own; GET /v1/markets lists them.',
  },
  'market-id-taken': {
    status: 409,
    title: 'There is a market with this id',
    mend: 'Send an id of its own; where that market is meant, change it with PATCH.',
  },
  'merchant-not-found': {
    status: 404,
    title: 'Merchant not found',
    mend: 'Name a merchant of your own; GET /v1/merchants lists those of a market.',
  },
  'merchant-id-taken': {
    status: 409,
    title: 'There is a merchant with this id',
    mend: 'Send an id of its own; where that merchant is meant, change it with PATCH.',
  },
  'payout-account': {
    status: 409,
    title: 'The money cannot be paid out to this account',
    mend: 'Name an open account of your ledger in the currency of the market that no capability has as its own.',
  },
});
