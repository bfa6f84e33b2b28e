/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const money = (amount: string) => ({ amount, currency: 'CNY' });
const poolId = 'pool_01KAVG2Y7T8XJ4N5QW3R6S9Z0C';
const runId = 'irn_6S9Z0CKAVG2Y7T8XJ4N5QW3R7T';
const loanId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1A';
const controlId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1B';
const depositId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1C';
const bankId = 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z1D';
const transferId = 'tr_7T9Z0DKAVG2Y7T8XJ4N5QW3R6S';
const actedOn = { path: { poolId: '{poolId}' } };
const deposited = { path: { accountId: '{accountId}' } };
const period = { from: '2026-01-01', to: '2026-02-01' };
const setBy = { client: 'treasurer', role: 'treasurer', requestId: 'f3a1c0de' };

/** 1.50 % for what is lent up and 3.50 % for what is borrowed, as long as the base rate is 3.10 %. */
const rates = {
  dayCount: 'ACT_360' as const,
  segmented: true,
  base: { name: 'LPR 1Y', rates: [{ effectiveFrom: '2026-01-01', rate: '3.10' }] },
  credit: [{ effectiveFrom: '2026-01-01', spread: '-1.60' }],
  debit: [{ effectiveFrom: '2026-01-01', spread: '0.40' }],
};

const settlementDay = { frequency: 'QUARTERLY' as const, day: 20, from: '2026-01-01', time: '09:00' };
/** As long as nothing is computed: it begins on `from`. */
const settled = {
  settlementDay,
  nextSettlement: { from: '2026-01-01', to: '2026-03-21', at: '2026-03-21T01:00:00.000Z' },
};

const terms = {
  poolId,
  version: 1,
  setAt: '2026-02-01T01:00:00.000Z',
  setBy,
  ...rates,
  ...settled,
  members: [],
  settlement: 'LOAN' as const,
};

/** 1,000,000.00 lent on each of 31 days at 1.50 %: 31,000,000.00 × 1.50 % / 360 = 1,291.6666… */
const completed = {
  id: runId,
  poolId,
  ...period,
  status: 'COMPLETED' as const,
  termsVersion: 1,
  attempt: 1,
  lineCount: 1,
  adjustedPeriods: [],
  credited: money('1291.67'),
  debited: money('0.00'),
  posted: 1,
  failed: 0,
  zero: 0,
  startedBy: 'HAND' as const,
  startedAt: '2026-02-01T01:00:00.000Z',
  endedAt: '2026-02-01T01:00:01.000Z',
};

const line = {
  number: 1,
  type: 'INTEREST' as const,
  accountId: loanId,
  entity: '禹道（深圳）贸易有限公司',
  side: 'CREDIT' as const,
  amount: money('1291.67'),
  exact: '1291.66666666',
  product: '31000000.00',
  days: 31,
  segments: [
    { ...period, days: 31, rate: '1.50', balance: money('1000000.00'), product: '31000000.00', yearDays: 360 },
  ],
  debitAccountId: controlId,
  creditAccountId: loanId,
  status: 'POSTED' as const,
  transferId,
};

const begun = {
  id: runId,
  ...period,
  status: 'COMPUTING' as const,
  termsVersion: 1,
  attempt: 1,
  startedBy: 'HAND' as const,
};
const startedAt = completed.startedAt;

export const setInterestTerms = { ...actedOn, body: { ...rates, settlementDay }, response: terms };
export const getInterestTerms = { ...actedOn, response: terms };
export const startInterestRun = { ...actedOn, body: period, response: { ...begun, poolId, startedAt } };
export const listInterestRuns = { ...actedOn, response: { runs: [completed] } };
export const getInterestRun = {
  path: { poolId: '{poolId}', runId: '{interestRunId}' },
  response: { ...completed, lines: [line] },
};

const agreed = [
  { effectiveFrom: '2026-01-01', baseAmount: money('100000.00'), demandRate: '0.35', agreedRate: '1.15' },
];
const deposit = {
  accountId: depositId,
  version: 1,
  setAt: startedAt,
  setBy,
  dayCount: 'ACT_360' as const,
  segmented: true,
  ...settled,
  payerAccountId: bankId,
  terms: agreed,
};

/** 600,000.00 on each of 31 days: 3,100,000.00 × 0.35 % / 360 + 15,500,000.00 × 1.15 % / 360 = 525.2777… */
const { poolId: _, ...ofDeposit } = { ...completed, accountId: depositId, credited: money('525.28') };
const depositLine = {
  ...line,
  accountId: depositId,
  amount: money('525.28'),
  exact: '525.27777777',
  product: '18600000.00',
  segments: [
    {
      ...period,
      days: 31,
      rate: '0.35',
      above: money('0.00'),
      balance: money('100000.00'),
      product: '3100000.00',
      yearDays: 360,
    },
    {
      ...period,
      days: 31,
      rate: '1.15',
      above: money('100000.00'),
      balance: money('500000.00'),
      product: '15500000.00',
      yearDays: 360,
    },
  ],
  debitAccountId: bankId,
  creditAccountId: depositId,
};

export const setAgreedDeposit = {
  ...deposited,
  body: { payerAccountId: '{bankAccountId}', settlementDay, terms: agreed },
  response: deposit,
};
export const listAgreedDeposits = { response: { deposits: [deposit] } };
export const getAgreedDeposit = { ...deposited, response: deposit };
export const startDepositInterestRun = {
  ...deposited,
  body: period,
  response: { ...begun, accountId: depositId, startedAt },
};
export const listDepositInterestRuns = { ...deposited, response: { runs: [ofDeposit] } };
export const getDepositInterestRun = {
  path: { accountId: '{accountId}', runId: '{interestRunId}' },
  response: { ...ofDeposit, lines: [depositLine] },
};
