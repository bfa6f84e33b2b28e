import { presentBankAccount } from '../../../shared/http/present-bank-account.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type BankAttempt, type BankPayment, lastAttempt } from './bank-payment.ts';

/** A payment through a bank, as callers see it. */
export function presentBankPayment(payment: BankPayment) {
  const { id, centreId, cycleId, leg, payer, participant, amount, currency, positionAccountId } = payment;
  return {
    ...{ id, centreId, cycleId, leg: leg + 1, payer, participant },
    ...{ amount: presentAmount(amount, currency), positionAccountId, state: lastAttempt(payment).state },
    attempts: payment.attempts.map((attempt) => presentAttempt(attempt, currency)),
    ...{ version: payment.revision, changedAt: payment.changedAt },
  };
}

function presentAttempt({ id, amount, to, state, reason, carriedOn, returns }: BankAttempt, currency: CurrencyCode) {
  return {
    ...{ id, amount: presentAmount(amount, currency) },
    ...(to && { to: { name: to.name, account: presentBankAccount(to.account) } }),
    ...{ state, ...defined({ reason, carriedOn }) },
    ...(returns && { returned: presentAmount(sum(returns.map((one) => one.amount)), currency) }),
  };
}
