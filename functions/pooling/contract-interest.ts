import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './interest-runs/interest-examples.ts';
import { interestRunOut, interestRunsOut, interestRunWithLinesOut } from './interest-runs/interest-run-answers.ts';
import { accountId, agreedDepositIn, interestPeriodIn, interestTermsIn } from './interest-runs/interest-shapes.ts';
import { agreedDepositOut, agreedDepositsOut, interestTermsOut } from './interest-runs/interest-terms-answers.ts';
import { problems } from './problems.ts';

const poolPath = z.strictObject({ poolId: id('pool') });
const depositPath = z.strictObject({ accountId });
const runId = id('irn');
const poolNotFound = problems['pool-not-found'];

const conflictRetry = general['conflict-retry'];

/** Of every start; a pool's has more, whose terms must fit its members. */
const startProblems = [
  problems['interest-period-malformed'],
  problems['interest-period-not-next'],
  problems['interest-rate-missing'],
  conflictRetry,
];

const startText =
  'Starts an interest run by hand; where the terms have a settlementDay, runs also start by themselves on the day after each. A run computes the interest of the days from `from` (counted) to `to` (not counted) and books it, each line as a transfer valued on `to`. It is carried out in the background. Periods follow each other without gap; the first begins on the `from` of the settlementDay, or, without one, where you like. Back-valued items of earlier periods are booked as differences, in lines of type ADJUSTMENT. The same period again answers the same run: a COMPLETED one books nothing more, a PARTIAL one tries its refused lines again, a FAILED one is computed again. What the settlementDay started and is PARTIAL is tried again by itself until the next run is due.';

const linesText =
  'The run and a page of its lines, in the order of booking: first what accounts pay, then what they get. Amounts of a line are from the account’s side: above zero it gets, below zero it pays.';

export const interestContract = {
  setInterestTerms: {
    description:
      'Replaces the terms as a whole. Runs started from now on go by them; an earlier period stays with the terms that were in force for it, also when it is repriced. The same content again changes nothing. With a settlementDay, runs start by themselves; another one, or none, counts at once. Who pays and who is paid: in a PHYSICAL pool, on each loan the borrower pays the lender, by adding to the loan (`settlement` LOAN) or in cash between the accounts of the two (ACCOUNT). In a LEDGER pool, each ledger and the main ledger pay each other: the main ledger pays balances above zero and is paid by those below. In a NOTIONAL pool, the account of the header pays the members and is paid by them, so it needs the money, or no bound on its balance. The bank’s own interest on the net is not booked.',
    path: poolPath,
    body: interestTermsIn,
    response: interestTermsOut,
    problems: [poolNotFound, problems['interest-terms-malformed'], problems['version-conflict'], conflictRetry],
    example: examples.setInterestTerms,
  },
  getInterestTerms: {
    path: poolPath,
    response: interestTermsOut,
    problems: [poolNotFound, problems['interest-terms-not-found']],
    example: examples.getInterestTerms,
  },
  startInterestRun: {
    description: startText,
    path: poolPath,
    body: interestPeriodIn,
    response: interestRunOut,
    problems: [poolNotFound, problems['interest-terms-missing'], problems['interest-terms-outdated'], ...startProblems],
    example: examples.startInterestRun,
  },
  listInterestRuns: {
    description: 'By period, the latest first.',
    path: poolPath,
    query: page,
    response: interestRunsOut,
    problems: [poolNotFound],
    example: examples.listInterestRuns,
  },
  getInterestRun: {
    description: linesText,
    path: z.strictObject({ ...poolPath.shape, runId }),
    query: page,
    response: interestRunWithLinesOut,
    problems: [problems['interest-run-not-found']],
    example: examples.getInterestRun,
  },
  setAgreedDeposit: {
    description:
      'Each day the base earns the demand rate and what exceeds it the agreed rate. Replaces what was agreed before, the settlementDay too; earlier periods stay with the terms that were in force for them.',
    path: depositPath,
    body: agreedDepositIn,
    response: agreedDepositOut,
    problems: [
      problems['account-not-found'],
      problems['interest-terms-malformed'],
      problems['version-conflict'],
      conflictRetry,
    ],
    example: examples.setAgreedDeposit,
  },
  listAgreedDeposits: {
    description: 'By account.',
    query: page,
    response: agreedDepositsOut,
    example: examples.listAgreedDeposits,
  },
  getAgreedDeposit: {
    path: depositPath,
    response: agreedDepositOut,
    problems: [problems['deposit-not-agreed']],
    example: examples.getAgreedDeposit,
  },
  startDepositInterestRun: {
    description: startText,
    path: depositPath,
    body: interestPeriodIn,
    response: interestRunOut,
    problems: [problems['deposit-not-agreed'], ...startProblems],
    example: examples.startDepositInterestRun,
  },
  listDepositInterestRuns: {
    description: 'By period, the latest first.',
    path: depositPath,
    query: page,
    response: interestRunsOut,
    problems: [problems['deposit-not-agreed']],
    example: examples.listDepositInterestRuns,
  },
  getDepositInterestRun: {
    description: linesText,
    path: z.strictObject({ ...depositPath.shape, runId }),
    query: page,
    response: interestRunWithLinesOut,
    problems: [problems['interest-run-not-found']],
    example: examples.getDepositInterestRun,
  },
} satisfies Contract;
