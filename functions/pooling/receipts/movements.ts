import { defined } from '../../../shared/objects/defined.ts';
import type { ReceiptTerms } from '../members/receipt-terms.ts';
import type { Payment } from '../payments/payment.ts';
import type { LegOutcome, Run, RunLeg } from '../runs/run.ts';
import { sidesOf } from '../sweeps/net-legs.ts';

/** Money that did move on one edge of a pool, with the receipts that were agreed when it was planned. */
export interface Movement {
  /** The number of the leg in its run; of a payment, the place of the funding, from 1. */
  readonly number: number;
  readonly direction: 'UP' | 'DOWN';
  readonly payer: string;
  readonly payee: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly transferId: string;
  /** ISO instant. */
  readonly bookedAt: string;
  readonly receipts?: ReceiptTerms;
}

/** The confirmed legs of a run that has ended, with what really moved, in their order. */
export function movementsOfRun(
  { startedAt, ended }: Pick<Run, 'startedAt'> & { readonly ended?: { readonly at: string } },
  legs: readonly RunLeg[],
  outcomes: ReadonlyMap<number, LegOutcome>,
  transferIdOf: (leg: RunLeg) => string,
): Movement[] {
  return legs.flatMap((leg) => {
    const outcome = outcomes.get(leg.number);
    if (outcome?.status !== 'CONFIRMED') return [];
    const { number, direction, receipts } = leg;
    const { amount, bookedAt = ended?.at ?? startedAt } = outcome;
    const facts = { number, direction, amount, transferId: transferIdOf(leg), bookedAt };
    return [{ ...facts, ...sidesOf(leg), ...defined({ receipts }) }];
  });
}

/** What came down to fund a payment, in the order in which it came; nothing of one that is not paid. */
export function movementsOfPayment(
  payment: Pick<Payment, 'status' | 'funding' | 'transferId' | 'bookedAt' | 'madeAt'>,
): Movement[] {
  const { status, funding, transferId, madeAt, bookedAt = madeAt } = payment;
  if (status !== 'PAID' || transferId === undefined) return [];
  return funding.map(({ accountId, parentId, amount, receipts }, index) => {
    const facts = { number: index + 1, direction: 'DOWN' as const, amount, transferId, bookedAt };
    return { ...facts, payer: parentId, payee: accountId, ...defined({ receipts }) };
  });
}
