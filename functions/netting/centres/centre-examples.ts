/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const bank = {
  at: 'BANK' as const,
  currency: 'CNY',
  name: '成都茶业有限公司',
  account: { type: 'ACCOUNT' as const, number: '51001881236052505123', bank: { cnaps: '105100000017' } },
};
const participants = [
  { id: 'CHENGDU', name: '成都茶业有限公司', accounts: [bank], netDebitLimits: [yuan('500000.00')] },
  {
    ...{ id: 'SHANGHAI', name: '上海贸易有限公司' },
    identities: [{ as: 'LEGAL_ENTITY' as const, value: '上海贸易有限公司' }],
  },
  { id: 'BERLIN', name: 'Yudao Europe GmbH' },
  { id: 'LYON', name: 'Yudao France SAS' },
];
const schedule = {
  zone: 'Asia/Shanghai',
  calendar: 'TARGET',
  days: { kind: 'DAILY' as const },
  cutOff: '17:00',
  confirmation: { workingDays: 1, time: '12:00' },
  valueDays: 2,
};
const terms = {
  id: 'ctr_group',
  name: '集团轧差中心',
  legalEntity: '禹道集团财务有限公司',
  homeCurrency: 'CNY',
  currencies: ['CNY', 'EUR'],
  schedule,
  minimumPayments: [yuan('10.00')],
  sources: ['INVOICES' as const],
};
const pairs = {
  bilateralLimits: [{ payer: 'BERLIN', payee: 'LYON', amount: { amount: '20000.00', currency: 'EUR' } }],
  excludedPairs: [['SHANGHAI', 'LYON'] as [string, string]],
};
const shared = {
  ...terms,
  mode: 'MULTILATERAL' as const,
  payments: 'THROUGH_CENTRE' as const,
  settlement: 'EACH_CURRENCY' as const,
  rateDaysMax: 7,
  unconfirmed: 'INCLUDED' as const,
  sources: ['INVOICES' as const],
  participantCount: 4,
  version: 1,
  changedAt: '2026-03-31T02:00:00.000Z',
};
const centre = { ...shared, ...pairs };
const path = { centreId: 'ctr_group' };

export const createNettingCentre = { body: { ...terms, ...pairs, participants }, response: centre };
export const listNettingCentres = { query: { limit: '10' }, response: { centres: [shared] } };
export const getNettingCentre = { path, response: centre };
export const changeNettingCentre = {
  path,
  body: { unconfirmed: 'NEXT_CYCLE' as const, expectedVersion: 1 },
  response: { ...centre, unconfirmed: 'NEXT_CYCLE' as const, version: 2, changedAt: '2026-03-31T03:00:00.000Z' },
};
const lagos = { id: 'LAGOS', name: 'Yudao West Africa Ltd' };
export const putNettingParticipants = {
  path,
  body: { participants: [lagos], expectedVersion: 2 },
  response: {
    ...shared,
    unconfirmed: 'NEXT_CYCLE' as const,
    participantCount: 5,
    version: 3,
    changedAt: '2026-03-31T04:00:00.000Z',
  },
};
const state = 'ACTIVE' as const;
export const listNettingParticipants = {
  path,
  query: { limit: '2' },
  response: {
    participants: [
      { id: 'BERLIN', name: 'Yudao Europe GmbH', state, accounts: [], netDebitLimits: [], identities: [] },
      {
        ...{ id: 'CHENGDU', name: '成都茶业有限公司', state, netDebitLimits: [yuan('500000.00')], identities: [] },
        accounts: [{ ...bank, account: { ...bank.account, number: '****5123' } }],
      },
    ],
    nextCursor: 'k3mQ0hYt5vX2cP8weyJhZnRlciI6IkNIRU5HRFUifQ',
  },
};
