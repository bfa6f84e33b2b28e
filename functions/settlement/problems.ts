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
  'channel-not-found': {
    status: 404,
    title: 'Pay channel not found',
    mend: 'Name a channel that the market has; GET /v1/markets/{marketId}/channels lists them.',
  },
  'channel-refused': {
    status: 409,
    title: 'The pay channel does not fit its market, or what it was',
    mend: 'Mend each field named in `errors`; nothing was written.',
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
  'split-rule-not-found': {
    status: 404,
    title: 'Split rule, or version of one, not found',
    mend: 'Name a rule of your own; GET /v1/split-rules lists those of a market.',
  },
  'split-rule-refused': {
    status: 409,
    title: 'The split rule does not fit its market',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'version-in-past': {
    status: 409,
    title: 'The version would begin in the past',
    mend: 'Send `today`, the day of the market, or a later one; what was paid before keeps its version.',
  },
  'split-rule-not-in-force': {
    status: 409,
    title: 'No version of the split rule is in force on that day',
    mend: 'See from when to when its versions are in force; make one that is, or name another rule.',
  },
  'split-refused': {
    status: 422,
    title: 'The amounts cannot be split by these terms',
    mend: 'See `reason` and the amounts beside it; lower the fixed lines, floors or ratios, or split more.',
  },
  'calendar-not-published': {
    status: 409,
    title: 'CALENDAR_NOT_PUBLISHED: the working-day calendar does not reach that day',
    mend: 'Wait until the calendar of that year is published, or choose a day inside its coverage.',
  },
  'run-not-found': {
    status: 404,
    title: 'Settlement run not found',
    mend: 'Name a settlement run of your own; starting one answers its id.',
  },
  'business-date-ahead': {
    status: 409,
    title: 'The business date has not begun',
    mend: 'Send `today`, the day of the market, or an earlier one.',
  },
  'settlement-not-found': {
    status: 404,
    title: 'Settlement not found',
    mend: 'Name a settlement of your own; GET /v1/merchants/{merchantId}/settlements lists those of a merchant.',
  },
  'nothing-to-retry': {
    status: 409,
    title: 'Nothing of the settlement can be tried again now',
    mend: 'See `state`: what is on its way is not sent twice, what is paid is paid; a suspended merchant must be active first.',
  },
});
