import type { Guard, LedgerAccount, Leg, TransferOrder } from '../../ledger/published.ts';
import type { Pool } from '../pool.ts';
import { type Payment, type PaymentFunding, paymentName } from './payment.ts';

/**
 * A payment as one transfer: the money that comes down to fund it, the loans that this makes or pays back, and the payment
 * itself. All of it is booked or nothing. Out of an internal ledger the money leaves the real account, and the book's
 * control account mirrors it; between two ledgers of one book it stays inside.
 */
export function paymentOrder(pool: Pool, payment: Payment, payee: Pick<LedgerAccount, 'book'>): TransferOrder {
  const { amount, currency, accountId, creditAccountId, funding, payerKeeps, cause } = payment;
  const leg = (debitAccountId: string, creditId: string, minor: bigint) => ({
    debitAccountId,
    creditAccountId: creditId,
    amount: minor,
    currency,
  });
  const fundingLegs = funding.flatMap((one) => [leg(one.parentId, one.accountId, one.amount), ...loanLegs(one, leg)]);
  const staysInside = !pool.book || payee.book?.id === pool.id;
  const paymentLegs =
    staysInside || !pool.book
      ? [leg(accountId, creditAccountId, amount)]
      : [leg(accountId, pool.book.controlAccountId, amount), leg(pool.headerAccountId, creditAccountId, amount)];
  return {
    name: paymentName(payment),
    fingerprint: `${accountId} ${creditAccountId} ${amount} ${funding.map((one) => `${one.accountId} ${one.amount}`).join(' ')}`,
    legs: [...fundingLegs, ...paymentLegs],
    description: payment.description ?? '联动支付 Payment from a pool',
    references: payment.references,
    guards: guardsOf(funding, accountId, payerKeeps),
    cause,
  };
}

function loanLegs(
  { loan, amount }: PaymentFunding,
  leg: (from: string, to: string, minor: bigint) => Omit<Leg, 'held'>,
) {
  if (!loan) return [];
  return loan.side === 'CREDIT'
    ? [leg(loan.controlId, loan.accountId, amount)]
    : [leg(loan.accountId, loan.controlId, amount)];
}

function guardsOf(funding: readonly PaymentFunding[], payerId: string, payerKeeps: bigint | undefined): Guard[] {
  const lenders = funding.flatMap(({ parentId, parentKeeps }) =>
    parentKeeps === undefined ? [] : [{ accountId: parentId, freeMin: parentKeeps }],
  );
  const loans = funding.flatMap(({ loan }) => {
    if (loan?.bound === undefined) return [];
    return [
      {
        accountId: loan.accountId,
        ...(loan.side === 'CREDIT' ? { postedMax: loan.bound } : { postedMin: loan.bound }),
      },
    ];
  });
  const payer = payerKeeps === undefined ? [] : [{ accountId: payerId, freeMin: payerKeeps }];
  return [...lenders, ...loans, ...payer];
}
