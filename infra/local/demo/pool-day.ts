import type { ApiClient } from './api-client.ts';
import { CashPool, loanDays } from './cash-pool.ts';
import type { Progress } from './progress.ts';
import { reportInterest, reportLoans, reportPlan, reportPositions, reportReceipts } from './report-pool.ts';

/** Steps that it takes. */
export const poolSteps = 9;

/** A pool's day, and the tables of it: positions, plan with reasons, run, positions after, receipts, loans, interest. */
export async function runPoolDay(treasurer: ApiClient, run: string, progress: Progress): Promise<string> {
  const pool = new CashPool(treasurer, run);
  await progress.run(
    'Open the accounts of a cash pool and fund them',
    () => pool.open(),
    () => 'a header and six members, one of them frozen',
  );
  await progress.run(
    'Agree on how they are swept',
    () => pool.setUp(),
    ({ members, version }) => `${members} members, version ${version}`,
  );
  const before = await pool.tree();
  const plan = await progress.run(
    'Plan the evening’s sweeps, without moving anything',
    () => pool.plan(),
    (body) => `${body.legs.length} legs, ${body.withoutLeg.length} accounts without one`,
  );
  await progress.run(
    'Carry them out',
    () => pool.sweep(),
    (body) => `${body.confirmed} of ${body.legCount} legs confirmed, ${body.status}`,
  );
  await progress.run(
    'Start the same run again',
    () => pool.sweepAgain(),
    (body) => `${body.id}, the same run; nothing moves`,
  );
  const after = await pool.tree();
  const receipts = await progress.run(
    'Read the receipts (回单) of the header and of a shop',
    () => pool.receipts(),
    (held) => `${held.length}, one of them of all that came up to the header`,
  );
  await progress.run(
    'Pay more than a shop holds (联动支付)',
    () => pool.pay(),
    (body) => `${body.own.amount} of its own, ${body.funded.amount} from the header`,
  );
  const loans = await progress.run(
    'Look at the loans between the entities',
    () => pool.loans(),
    (body) => `${body.loans.length}, Σ lent − borrowed = ${body.net.amount}`,
  );
  const interest = await progress.run(
    `Compute and book ${loanDays} days of interest on them`,
    () => pool.earnInterest(),
    (body) => `${body.posted} postings, ${body.status}`,
  );
  return [
    `Cash pool: positions before and after the run\n${reportPositions(before, after)}`,
    `Plan of the run\n${reportPlan(plan, pool.names)}`,
    `Receipts (回单) of the run: the header’s of all that came to it, and a shop’s\n${reportReceipts(receipts, pool.names)}`,
    `Loans between the entities, after the payment\n${reportLoans(loans)}`,
    `Interest on the loans\n${reportInterest(interest)}`,
  ].join('\n\n');
}
