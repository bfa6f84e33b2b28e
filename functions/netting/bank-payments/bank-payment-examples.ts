import { cycle, path } from '../cycles/cycle-examples.ts';

/** Requests and answers shown in the reference. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const to = {
  name: '成都茶业有限公司',
  account: { type: 'ACCOUNT' as const, number: '****5123', bank: { cnaps: '105100000017' } },
};
const id = 'nbp_01KN1QZX0E3V8Q6X0T1M4N7P2R';
const payment = {
  ...{ id, centreId: 'ctr_group', cycleId: 'cyc_group_2026-03-31', leg: 2, payer: '*centre', participant: 'CHENGDU' },
  ...{ amount: yuan('70.00'), positionAccountId: 'acc_01KN1QZX0E3V8Q6X0T1M4N7P2R', state: 'FAILED' as const },
  attempts: [
    {
      ...{ id: 'N01KN1QZX0E3V8Q6X0T1M4N7P2R-1', amount: yuan('70.00'), to, state: 'FAILED' as const },
      ...{ reason: '账号户名不符', carriedOn: '2026-04-02' },
    },
  ],
  ...{ version: 3, changedAt: '2026-04-02T02:00:00.000Z' },
};

const settling = {
  ...{ state: 'PENDING_FUNDS' as const, askedAt: '2026-04-01T16:00:00.000Z', legs: { count: 4, setAside: 3 } },
  waiting: {
    count: 1,
    parties: [
      {
        ...{ participant: 'BERLIN', code: 'SHORT_OF_FUNDS' as const, amount: yuan('70.00'), missing: yuan('20.00') },
        accountId: 'acc_01KN1QZX0E3V8Q6X0T1M4N7P2R',
        detail: 'There is too little on its account; it is asked again once there is more.',
      },
    ],
  },
  askAgainAt: '2026-04-01T16:15:00.000Z',
};
const pending = { ...cycle, state: 'SETTLING' as const, settling, version: 9, changedAt: '2026-04-01T16:00:00.000Z' };

export const settleNettingCycle = { path, response: pending };
export const unwindNettingCycle = {
  path,
  body: { leaveOut: ['BERLIN'] },
  response: { ...pending, settling: { ...settling, state: 'RELEASING' as const }, version: 10 },
};
export const listNettingBankPayments = { path, query: { limit: '10' }, response: { payments: [payment] } };
export const retryNettingBankPayment = {
  path: { ...path, bankPaymentId: '{bankPaymentId}' },
  response: payment,
};
