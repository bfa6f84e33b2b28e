import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { membersIn } from './members/member-shapes.ts';
import * as examples from './pool-examples.ts';
import { loansOut, membersOut, paymentIn, paymentOut, poolIn, poolOut, treeOut } from './pool-shapes.ts';
import { problems } from './problems.ts';
import { planOut, runIn, runOut, runSummaryOut } from './runs/run-shapes.ts';

export const poolPath = z.strictObject({ poolId: id('pool') });
const nextCursor = z.string().optional();
const notFound = problems['pool-not-found'];

export const poolContract = {
  createPool: {
    description:
      'The header may not belong to another pool. A LEDGER pool takes the balance of its real account over into its main ledger, and from then on the real account moves only together with a ledger.',
    body: poolIn,
    response: poolOut,
    problems: [
      problems['account-not-found'],
      problems['account-not-allowed'],
      problems['account-in-other-pool'],
      problems['currency-mismatch'],
    ],
    example: examples.createPool,
  },
  listPools: {
    query: page,
    response: z.object({ pools: z.array(poolOut), nextCursor }),
    example: examples.listPools,
  },
  getPool: { path: poolPath, response: poolOut, problems: [notFound], example: examples.getPool },
  setMembers: {
    description:
      'Replaces the tree and everything that is agreed. The next run goes by it; runs that were started keep their plan. Nothing is changed where anything is wrong.',
    path: poolPath,
    body: membersIn,
    response: poolOut,
    problems: [
      notFound,
      problems['pool-opening'],
      problems['account-not-found'],
      problems['account-not-allowed'],
      problems['account-in-other-pool'],
      problems['currency-mismatch'],
      problems['tree-malformed'],
      problems['members-malformed'],
      problems['version-conflict'],
    ],
    example: examples.setMembers,
  },
  getMembers: { path: poolPath, response: membersOut, problems: [notFound], example: examples.getMembers },
  getTree: {
    path: poolPath,
    response: treeOut,
    problems: [notFound, problems['pool-opening']],
    example: examples.getTree,
  },
  planPool: {
    description:
      'Changes nothing. What a run would move at this moment, and for each account without a leg the reason.',
    path: poolPath,
    body: runIn,
    response: planOut,
    problems: [notFound, problems['pool-opening'], problems['kind-not-fitting'], problems['calendar-not-published']],
    example: examples.planPool,
  },
  startRun: {
    description:
      'A run is unique per pool, business date and number: sent again, it answers the same run and moves nothing. Its plan is fixed when it starts; its legs are carried out in the background.',
    path: poolPath,
    body: runIn,
    response: runSummaryOut,
    problems: [
      notFound,
      problems['pool-opening'],
      problems['kind-not-fitting'],
      problems['calendar-not-published'],
      problems['date-not-allowed'],
      problems['run-out-of-order'],
      problems['run-under-way'],
    ],
    example: examples.startRun,
  },
  listRuns: {
    path: poolPath,
    query: page,
    response: z.object({ runs: z.array(runSummaryOut), nextCursor }),
    problems: [notFound],
    example: examples.listRuns,
  },
  getRun: {
    description: 'Legs in the order in which they are carried out. A page may hold some more than `limit`.',
    path: z.strictObject({ poolId: id('pool'), runId: id('run') }),
    query: page,
    response: runOut,
    problems: [notFound, problems['run-not-found']],
    example: examples.getRun,
  },
  payFromPool: {
    description:
      'What the member lacks comes down from above, as far as its agreement in real time lets it, in the same transfer as the payment; or nothing happens. 202 with PLANNED: the ledger could not say yet; the payment is carried on, and the same key tells its end.',
    path: poolPath,
    body: paymentIn,
    response: paymentOut,
    problems: [
      notFound,
      problems['pool-opening'],
      problems['not-a-member'],
      problems['account-not-found'],
      problems['currency-mismatch'],
      problems['kind-not-fitting'],
      problems['funding-refused'],
      problems['payment-refused'],
    ],
    example: examples.payFromPool,
  },
  listPoolPayments: {
    description: 'The newest first, refused ones among them.',
    path: poolPath,
    query: page,
    response: z.object({ payments: z.array(paymentOut), nextCursor }),
    problems: [notFound],
    example: examples.listPoolPayments,
  },
  getPoolPayment: {
    path: z.strictObject({ poolId: id('pool'), paymentId: id('pay') }),
    response: paymentOut,
    problems: [notFound, problems['payment-not-found']],
    example: examples.getPoolPayment,
  },
  listLoans: {
    description: 'Between two entities one direction is open at most. The figures are those of the ledger.',
    path: poolPath,
    response: loansOut,
    problems: [notFound, problems['pool-opening']],
    example: examples.listLoans,
  },
} satisfies Contract;
