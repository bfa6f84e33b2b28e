/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const headerAccountId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';
const shopId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B';
const poolId = 'pool_01KAVG2Y7T8XJ4N5QW3R6S9Z0C';
const runId = 'run_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S';
const actedOn = { path: { poolId: '{poolId}' } };

const pool = {
  id: poolId,
  name: 'Group pool',
  currency: 'CNY',
  kind: 'PHYSICAL',
  headerAccountId,
  rootAccountId: headerAccountId,
  members: 1,
  version: 1,
  nextRun: { businessDate: '2026-03-02', runNumber: 1, at: '2026-03-02T10:30:00.000Z' },
  createdAt: '2026-03-02T01:00:00.000Z',
  changedAt: '2026-03-02T01:00:01.000Z',
} as const;

const member = {
  accountId: shopId,
  priority: 10,
  entity: '禹道（深圳）贸易有限公司',
  reserve: money('20000.00'),
  up: [
    {
      effectiveFrom: '2026-01-01',
      schedule: { frequency: 'DAILY', times: ['18:30'], holiday: 'SKIP' },
      rule: { method: 'ZERO_BALANCE' },
      unit: money('100.00'),
      receipts: { payer: 'SINGLE' as const, payee: 'AGGREGATED' as const },
    },
  ],
  down: [{ effectiveFrom: '2026-01-01', rule: { method: 'TARGET', target: money('20000.00') } }],
};

const leg = {
  number: 1,
  accountId: shopId,
  parentAccountId: headerAccountId,
  direction: 'UP',
  debitAccountId: shopId,
  creditAccountId: headerAccountId,
  amount: money('180000.00'),
  loan: true,
} as const;

const run = {
  id: runId,
  poolId,
  trigger: 'SCHEDULED',
  startedBy: 'HAND',
  businessDate: '2026-03-02',
  runNumber: 1,
  status: 'COMPLETED',
  legCount: 1,
  planned: { up: money('180000.00'), down: money('0.00') },
  moved: { up: money('180000.00'), down: money('0.00') },
  confirmed: 1,
  failed: 0,
  skipped: 0,
  configVersion: 1,
  startedAt: '2026-03-02T10:30:00.000Z',
  endedAt: '2026-03-02T10:30:01.000Z',
} as const;

const node = {
  level: 0,
  entity: '禹道贸易有限公司',
  currency: 'CNY',
  status: 'ACTIVE',
  posted: money('180000.00'),
  held: money('0.00'),
  frozen: money('0.00'),
  available: money('180000.00'),
  reserve: money('0.00'),
  position: money('0.00'),
  priority: 0,
} as const;

const runRequest = { businessDate: '2026-03-02', runNumber: 1 };

export const createPool = {
  body: { name: 'Group pool', currency: 'CNY', kind: 'PHYSICAL', headerAccountId: '{headerAccountId}' },
  response: { ...pool, members: 0, version: 0, nextRun: undefined, changedAt: pool.createdAt },
};
export const listPools = { query: { limit: '10' }, response: { pools: [pool] } };
export const getPool = { ...actedOn, response: pool };
export const setMembers = {
  ...actedOn,
  body: {
    header: { entity: '禹道贸易有限公司' },
    members: [{ ...member, accountId: '{accountId}' }],
    loans: [
      {
        lender: member.entity,
        borrower: '禹道贸易有限公司',
        contract: 'WD-2026-07',
        ceiling: money('5000000.00'),
        expiresOn: '2028-12-31',
      },
    ],
  },
  response: pool,
};
export const getMembers = {
  ...actedOn,
  response: { version: 1, header: { entity: '禹道贸易有限公司' }, members: [member], loans: [] },
};
export const getTree = {
  ...actedOn,
  response: {
    poolId,
    kind: 'PHYSICAL',
    version: 1,
    totals: [{ currency: 'CNY', posted: money('200000.00'), available: money('200000.00') }],
    tree: [
      { ...node, accountId: headerAccountId, position: money('-180000.00') },
      {
        ...node,
        accountId: shopId,
        parentAccountId: headerAccountId,
        level: 1,
        entity: member.entity,
        posted: money('20000.00'),
        available: money('20000.00'),
        reserve: money('20000.00'),
        position: money('180000.00'),
        priority: 10,
      },
    ],
  },
} as const;
export const planPool = {
  ...actedOn,
  body: runRequest,
  response: { poolId, ...runRequest, planned: run.planned, legs: [leg], withoutLeg: [] },
};
export const startRun = { ...actedOn, body: runRequest, response: { ...run, status: 'RUNNING' as const } };
export const listRuns = { ...actedOn, response: { runs: [run] } };
export const getRun = {
  path: { poolId: '{poolId}', runId: '{runId}' },
  response: {
    ...run,
    progress: { legs: 1, atEnd: 1 },
    legs: [{ ...leg, status: 'CONFIRMED', moved: leg.amount, transferId: 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S' }],
    withoutLeg: [],
  },
} as const;

const payment = {
  id: 'pay_5S9Z0BKAVG2Y7T8XJ4N5QW3R6S',
  poolId,
  status: 'PAID',
  accountId: shopId,
  creditAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0D',
  amount: money('50000.00'),
  own: money('20000.00'),
  funded: money('30000.00'),
  funding: [{ debitAccountId: headerAccountId, creditAccountId: shopId, amount: money('30000.00') }],
  transferId: 'tr_5S9Z0BKAVG2Y7T8XJ4N5QW3R6T',
  references: { order: 'PO-7781' },
  madeAt: '2026-03-02T02:00:00.000Z',
} as const;

export const payFromPool = {
  ...actedOn,
  body: {
    accountId: '{accountId}',
    creditAccountId: '{supplierId}',
    amount: money('50000.00'),
    references: { order: 'PO-7781' },
  },
  response: payment,
};
export const listPoolPayments = { ...actedOn, response: { payments: [payment] } };
export const getPoolPayment = { path: { poolId: '{poolId}', paymentId: '{paymentId}' }, response: payment };
export const listLoans = {
  ...actedOn,
  response: {
    loans: [
      {
        lender: member.entity,
        borrower: '禹道贸易有限公司',
        outstanding: money('180000.00'),
        contract: 'WD-2026-07',
        ceiling: money('5000000.00'),
        room: money('4820000.00'),
        expiresOn: '2028-12-31',
        contractState: 'IN_FORCE',
        accountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0E',
      },
    ],
    entities: [
      { entity: member.entity, lent: money('180000.00'), borrowed: money('0.00'), net: money('180000.00') },
      { entity: '禹道贸易有限公司', lent: money('0.00'), borrowed: money('180000.00'), net: money('-180000.00') },
    ],
    net: money('0.00'),
  },
};
