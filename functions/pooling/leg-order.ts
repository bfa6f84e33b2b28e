import { formatAmount } from '../../shared/money/amount.ts';
import type { Guard, Leg, TransferOrder, TransferResult } from '../ledger/published.ts';
import { type LegOutcome, legName, type Run, type RunLeg } from './run.ts';
import type { DueLeg } from './sweeps/reduce-legs.ts';

/**
 * A leg as an order to the ledger: cash from one account to its neighbour, and, between two entities, the loan that it
 * makes or pays back. What the payer must keep and what the loan may come to hold in the same transaction.
 */
export function orderOf(run: Run, { leg, amount }: DueLeg, today: string): TransferOrder {
  const [debitAccountId, creditAccountId] =
    leg.direction === 'UP' ? [leg.accountId, leg.parentId] : [leg.parentId, leg.accountId];
  const { currency, businessDate } = run;
  const cash = { debitAccountId, creditAccountId, amount, currency };
  return {
    name: legName(run, leg),
    fingerprint: `${leg.direction} ${amount}`,
    legs: [cash, ...loanLegs(leg, amount, currency)],
    ...(businessDate < today && { valueDate: businessDate }),
    description: leg.direction === 'UP' ? '资金归集 Sweep' : '资金下拨 Funding',
    references: { poolId: run.poolId, runId: run.id },
    guards: guardsOf(leg, debitAccountId),
    cause: run.cause,
  };
}

function loanLegs({ loan }: RunLeg, amount: bigint, currency: string): Omit<Leg, 'held'>[] {
  if (!loan) return [];
  const [debitAccountId, creditAccountId] =
    loan.side === 'CREDIT' ? [loan.controlId, loan.accountId] : [loan.accountId, loan.controlId];
  return [{ debitAccountId, creditAccountId, amount, currency }];
}

function guardsOf({ payerKeeps, loan }: RunLeg, payerId: string): Guard[] {
  const guards: Guard[] = [];
  if (payerKeeps !== undefined) guards.push({ accountId: payerId, freeMin: payerKeeps });
  if (loan?.bound !== undefined) {
    guards.push({
      accountId: loan.accountId,
      ...(loan.side === 'CREDIT' ? { postedMax: loan.bound } : { postedMin: loan.bound }),
    });
  }
  return guards;
}

export const notFinal: ReadonlySet<string> = new Set([
  'request/conflict-retry',
  'request/unavailable',
  'request/internal-error',
]);

/** Refusals that a plan on newer balances may mend. */
export const overtaken: ReadonlySet<string> = new Set(['ledger/condition-not-met', 'ledger/insufficient-funds']);

/** The ledger could not say yet; the same order will tell. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}

/** What became of a leg. Throws NotAnsweredError where that is not final. */
export function outcomeOf({ leg, amount }: DueLeg, result: TransferResult): LegOutcome {
  const { number } = leg;
  if (result.outcome === 'POSTED') {
    return { number, status: 'CONFIRMED', amount, ...(amount < leg.amount && { reason: 'UPSTREAM_FAILED' as const }) };
  }
  const { code, fields } = result.problem;
  if (notFinal.has(code)) throw new NotAnsweredError(`${code}: ${fields.detail}`);
  return { number, status: 'FAILED', amount, problem: { code, detail: fields.detail } };
}

/** For a log or a test: what a leg says in one line. */
export function describeLeg({ currency }: Run, { leg, amount }: DueLeg): string {
  return `${leg.accountId} ${leg.direction} ${formatAmount(amount, currency)}`;
}
