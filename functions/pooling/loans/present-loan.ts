import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { DueLoan } from './due-loan.ts';
import type { Loan } from './list-loans.ts';

type Show = (minor: bigint) => { amount: string; currency: string };

/** A loan as the API shows it, with the contract that counts today. */
export function presentLoan({ lender, borrower, outstanding, accountId, terms }: Loan, show: Show) {
  return {
    lender,
    borrower,
    outstanding: show(outstanding),
    ...defined({ accountId }),
    ...(terms && presentTerms(terms, show)),
  };
}

function presentTerms({ contract: terms, state, room, overdue }: NonNullable<Loan['terms']>, show: Show) {
  const { contract, creditLine, ceiling, effectiveFrom, expiresOn } = terms;
  return {
    contract,
    ...defined({ creditLine, effectiveFrom, expiresOn }),
    ...(ceiling !== undefined && { ceiling: show(ceiling) }),
    ...(room !== undefined && { room: show(room) }),
    contractState: state,
    ...(overdue && { overdue }),
  };
}

export function presentDueLoan(loan: DueLoan) {
  const { id, poolId, lender, borrower, contract, dueOn, outstanding, currency, revision, changedAt } = loan;
  const shown = { id, poolId, lender, borrower, contract, dueOn };
  return { ...shown, outstanding: presentAmount(outstanding, currency), version: revision, changedAt };
}
