import type { Cause, TransferOrder } from '../../ledger/published.ts';
import type { Settlement } from './settlement.ts';

export const settlementCause: Cause = { client: 'settlement', role: 'system', requestId: 'payout' };

/** From one account to another, in minor units, above zero. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

/** A transfer for a settlement, which the ledger books once under its name. */
export function settlementTransfer(
  { marketId, merchantId, id: settlementId, date, currency }: Settlement,
  name: readonly string[],
  { from: debitAccountId, to: creditAccountId, amount }: Move,
  description: string,
): TransferOrder {
  return {
    name: ['settlement', ...name],
    fingerprint: `${debitAccountId} ${creditAccountId} ${amount}`,
    legs: [{ debitAccountId, creditAccountId, amount, currency }],
    ...{ description, references: { marketId, merchantId, settlementId, date }, cause: settlementCause },
  };
}
