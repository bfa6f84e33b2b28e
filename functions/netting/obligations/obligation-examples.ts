/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const request = {
  centreId: 'ctr_group',
  reference: 'IC-2026-0042',
  payer: 'CHENGDU',
  payee: 'SHANGHAI',
  amount: yuan('120.00'),
  description: '2026-03 服务费',
};
const obligation = {
  id: 'obl_2QZ6N8XH5TCVRD3BW7JK4MFA1P',
  ...request,
  date: '2026-03-31',
  state: 'UNCONFIRMED' as const,
  cycleId: 'cyc_group_2026-03-31',
  cycleState: 'OPEN' as const,
  settled: false,
  movedToNextCycle: false,
  version: 1,
  createdAt: '2026-03-31T02:05:00.000Z',
  changedAt: '2026-03-31T02:05:00.000Z',
};
const path = { obligationId: '{obligationId}' };
const changed = (state: 'CONFIRMED' | 'DISPUTED' | 'WITHDRAWN', version: number) => ({
  ...{ ...obligation, state, version, changedAt: `2026-03-31T02:0${version + 4}:00.000Z` },
});

export const createObligation = { body: request, response: obligation };
export const createObligations = {
  body: {
    centreId: 'ctr_group',
    obligations: [
      { reference: 'IC-2026-0043', payer: 'SHANGHAI', payee: 'CHENGDU', amount: yuan('80.00') },
      { reference: 'IC-2026-0044', payer: 'SHANGHAI', payee: 'SHANGHAI', amount: yuan('40.00') },
    ],
  },
  response: {
    lines: { sent: 2, accepted: 1, known: 0, refused: 1, movedToNextCycle: 0 },
    results: [
      {
        ...{ line: 1, outcome: 'ACCEPTED' as const, id: 'obl_5T4Q8ZK2XJ7MNDW3HV6BRC9FPA' },
        ...{ cycleId: 'cyc_group_2026-03-31', state: 'UNCONFIRMED' as const, movedToNextCycle: false },
      },
      {
        ...{ line: 2, outcome: 'REFUSED' as const },
        faults: [
          { code: 'SAME_PARTY' as const, field: 'payee', detail: 'Name another participant: nobody owes itself.' },
        ],
      },
    ],
  },
};
const many = { centreId: 'ctr_group', references: ['IC-2026-0042', 'IC-2026-0040'] };
const done = (state: 'CONFIRMED' | 'DISPUTED' | 'WITHDRAWN', version: number) => ({
  lines: { sent: 2, changed: 1, unchanged: 0, refused: 1 },
  results: [
    {
      ...{ line: 1, outcome: 'CHANGED' as const, id: obligation.id, cycleId: obligation.cycleId },
      ...{ state, version },
    },
    {
      ...{ line: 2, outcome: 'REFUSED' as const },
      faults: [
        {
          ...{ code: 'OBLIGATION_NOT_FOUND' as const, field: 'reference' },
          detail: 'ctr_group has no obligation IC-2026-0040.',
        },
      ],
    },
  ],
});
export const confirmObligations = { body: many, response: done('CONFIRMED', 2) };
export const disputeObligations = { body: { ...many, reason: '金额与合同不符' }, response: done('DISPUTED', 3) };
export const withdrawObligations = { body: many, response: done('WITHDRAWN', 4) };
export const listObligations = {
  query: { centreId: 'ctr_group', reference: 'IC-2026-0042' },
  response: { obligations: [obligation] },
};
export const getObligation = { path, response: obligation };
export const confirmObligation = { path, response: changed('CONFIRMED', 2) };
const reason = '金额与合同不符';
export const disputeObligation = {
  path,
  body: { reason },
  response: { ...changed('DISPUTED', 3), dispute: { reason, since: '2026-03-31T02:07:00.000Z' } },
};
export const resolveObligationDispute = { path, response: changed('CONFIRMED', 4) };
export const withdrawObligation = { path, response: changed('WITHDRAWN', 5) };
