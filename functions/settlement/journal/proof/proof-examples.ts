/** Requests and answers shown in the reference: the order of the other examples, paid, split and paid out. */
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const path = { marketId: 'mkt_chengdu' };
const at = '2025-09-29T02:00:00.000Z';
const none = { count: 0, first: [] };

const nothing = {
  orders: 0,
  ...{ received: yuan('0.00'), shares: yuan('0.00'), fees: yuan('0.00') },
  ...{ refunds: yuan('0.00'), supervised: yuan('0.00') },
};
const split = { ...nothing, orders: 1, received: yuan('100.00'), shares: yuan('99.40'), fees: yuan('0.60') };

export const askForProof = { path, body: {}, response: { ...path, state: 'RUNNING' as const, changedAt: at } };
export const getProof = {
  path,
  response: {
    ...{ ...path, state: 'COMPLETED' as const, closedOn: '2025-09-28', provedAt: at },
    result: {
      ...{ balanced: true, changed: 1, days: 3, ...split },
      ...{ lost: none, differences: none, moving: 0 },
      accounts: {
        count: 7,
        shown: [
          { role: 'channel:wechat', orders: yuan('-99.40'), settlements: yuan('0.00'), ledger: yuan('-99.40') },
          { role: 'supervised', orders: yuan('0.00'), settlements: yuan('0.00'), ledger: yuan('0.00') },
          { role: 'inTransit', orders: yuan('0.00'), settlements: yuan('5.00'), ledger: yuan('5.00') },
          { role: 'paidOut', orders: yuan('0.00'), settlements: yuan('94.40'), ledger: yuan('94.40') },
          { role: 'claims', orders: yuan('0.00'), settlements: yuan('0.00'), ledger: yuan('0.00') },
        ],
      },
    },
    changedAt: at,
  },
};
export const listClosedDays = {
  path,
  query: { from: '2025-09-26', to: '2025-09-28' },
  response: { days: [{ date: '2025-09-26', changed: 1, opening: nothing, closing: split }] },
};
