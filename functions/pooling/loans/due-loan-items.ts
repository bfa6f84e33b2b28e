import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, openShard } from '../keys.ts';
import type { DueLoan } from './due-loan.ts';
import type { NettedLoan } from './netted-loan.ts';

/** Items as plain objects ↔ the model. */
export function dueLoanToPlain(loan: DueLoan): Plain {
  return { ...keys.dueLoan(loan.tenant, loan.poolId, loan.id), kind: 'DUE_LOAN', ...loan };
}

export function dueLoanFromPlain(plain: Plain): DueLoan {
  const { pk: _pk, sk: _sk, kind: _kind, revision, ...facts } = plain;
  return { ...(facts as unknown as DueLoan), revision: Number(revision) };
}

/** Until it is booked it stands in the index of open work. */
export function nettedLoanToPlain(netted: NettedLoan): Plain {
  const { tenant, loanId, cycleId, bookedAt, changedAt } = netted;
  const place = bookedAt === undefined ? { timeOf: openShard(loanId), timeAt: changedAt } : {};
  return { ...keys.nettedLoan(tenant, loanId, cycleId), kind: 'NETTED_LOAN', ...netted, ...place };
}

export function nettedLoanFromPlain(plain: Plain): NettedLoan {
  const { pk: _pk, sk: _sk, kind: _kind, timeOf: _of, timeAt: _at, attempt, revision, ...facts } = plain;
  return { ...(facts as unknown as NettedLoan), attempt: Number(attempt), revision: Number(revision) };
}
