import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import type { DueLoan } from './due-loan.ts';

/** Items as plain objects ↔ the model. */
export function dueLoanToPlain(loan: DueLoan): Plain {
  return { ...keys.dueLoan(loan.tenant, loan.poolId, loan.id), kind: 'DUE_LOAN', ...loan };
}

export function dueLoanFromPlain(plain: Plain): DueLoan {
  const { pk: _pk, sk: _sk, kind: _kind, revision, ...facts } = plain;
  return { ...(facts as unknown as DueLoan), revision: Number(revision) };
}
