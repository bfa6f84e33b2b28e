import type { Guard, Leg, TransferOrder, TransferResult } from '../../ledger/published.ts';
import { NotAnsweredError, notFinal } from '../ledger-answers.ts';
import { sidesOf } from '../sweeps/net-legs.ts';
import type { DueLeg } from '../sweeps/reduce-legs.ts';
import { type LegOutcome, legName, type Run, type RunLeg } from './run.ts';

/**
 * A leg as an order to the ledger: cash from one account to its neighbour, and, between two entities, the loan that it
 * makes or pays back. What the payer must keep and what the loan may come to hold in the same transaction.
 */
export function orderOf(run: Run, { leg, amount, keeps }: DueLeg, today: string): TransferOrder {
  const { payer: debitAccountId, payee: creditAccountId } = sidesOf(leg);
  const { currency, businessDate } = run;
  const cash = { debitAccountId, creditAccountId, amount, currency };
  return {
    name: legName(run, leg),
    fingerprint: `${leg.direction} ${amount}`,
    legs: [cash, ...loanLegs(leg, amount, currency)],
    ...(businessDate < today && { valueDate: businessDate }),
    description: leg.direction === 'UP' ? '资金归集 Sweep' : '资金下拨 Funding',
    references: { poolId: run.poolId, runId: run.id },
    guards: guardsOf(leg, debitAccountId, keeps),
    cause: run.cause,
  };
}

function loanLegs({ loan }: RunLeg, amount: bigint, currency: string): Omit<Leg, 'held'>[] {
  if (!loan) return [];
  const [debitAccountId, creditAccountId] =
    loan.side === 'CREDIT' ? [loan.controlId, loan.accountId] : [loan.accountId, loan.controlId];
  return [{ debitAccountId, creditAccountId, amount, currency }];
}

function guardsOf({ loan }: RunLeg, payerId: string, keeps: bigint | undefined): Guard[] {
  const guards: Guard[] = [];
  if (keeps !== undefined) guards.push({ accountId: payerId, freeMin: keeps });
  if (loan?.bound !== undefined) {
    guards.push({
      accountId: loan.accountId,
      ...(loan.side === 'CREDIT' ? { postedMax: loan.bound } : { postedMin: loan.bound }),
    });
  }
  return guards;
}

/** What became of a leg. Throws NotAnsweredError where that is not final. */
export function outcomeOf({ leg, amount }: DueLeg, result: TransferResult): LegOutcome {
  const { number } = leg;
  if (result.outcome === 'POSTED') {
    const { bookedAt } = result;
    const reason = amount < leg.amount ? ('UPSTREAM_FAILED' as const) : undefined;
    return { number, status: 'CONFIRMED', amount, bookedAt, ...(reason && { reason }) };
  }
  const { code, fields } = result.problem;
  if (notFinal.has(code)) throw new NotAnsweredError(`${code}: ${fields.detail}`);
  return { number, status: 'FAILED', amount, problem: { code, detail: fields.detail } };
}
