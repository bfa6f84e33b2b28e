/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const legalEntity = '禹道贸易有限公司';
const accounts = {
  receivable: '{receivableAccountId}',
  revenue: '{revenueAccountId}',
  unapplied: '{unappliedAccountId}',
  onAccount: '{onAccountAccountId}',
  discount: '{discountAccountId}',
  charge: '{chargeAccountId}',
  badDebt: '{badDebtAccountId}',
  cash: '{cashAccountId}',
};
const book = {
  legalEntity,
  currency: 'CNY',
  accounts: {
    receivable: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z01',
    revenue: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z02',
    unapplied: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z03',
    onAccount: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z04',
    discount: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z05',
    charge: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z06',
    badDebt: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z07',
    cash: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z08',
  },
  version: 1,
  changedAt: '2026-03-02T02:00:00.000Z',
};

const money = (amount: string, currency = 'CNY') => ({ amount, currency });
const rules = {
  off: ['SET_OF_INVOICES' as const],
  threshold: 950,
  tolerance: { chargeMax: [money('50.00'), money('25.00', 'EUR')], basisPointsMax: 50 },
  setCandidatesMax: 12,
  setSizeMax: 5,
};

export const putReceivablesBook = { body: { legalEntity, currency: 'CNY', accounts }, response: book };
export const listReceivablesBooks = { query: { limit: '10' }, response: { books: [book] } };
export const putMatchRules = {
  body: rules,
  response: { version: 1, ...rules, changedAt: '2026-03-02T02:00:00.000Z' },
};
export const getMatchRules = {
  response: {
    version: 0,
    off: [],
    threshold: 900,
    tolerance: {
      chargeMax: [money('50.00'), money('50.00', 'EUR'), money('300.00', 'HKD'), money('50.00', 'USD')],
      basisPointsMax: 100,
    },
    setCandidatesMax: 12,
    setSizeMax: 5,
  },
};
