import { maskAccount } from '../../shared/identifiers/mask.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { type Account, type AccountState, availableOf, type Constraint } from './account.ts';
import type { BookedEntry } from './list-entries.ts';
import type { Proof } from './prove.ts';
import type { PendingFold } from './read-balance.ts';
import { initialStatus, type Transfer, type TransferContent } from './transfer.ts';
import type { TrialBalance } from './trial-balance.ts';

/** The ledger's model as the API shows it: decimal strings with their currency, masked numbers. */
export function presentAccount(account: Account, state: AccountState) {
  const { id, currency, holder, name, purpose, hot, bankAccount, references, openedAt } = account;
  return {
    id,
    currency,
    holder,
    name,
    purpose,
    hot,
    status: state.status,
    constraint: presentConstraint(state.constraint, currency),
    frozen: presentAmount(state.frozen, currency),
    bankAccount: bankAccount && { ...bankAccount, number: maskAccount(bankAccount.number) },
    book: state.book,
    owner: state.owner,
    takesCredits: state.takesCredits,
    references,
    openedAt,
    version: state.version,
  };
}

function presentConstraint(constraint: Constraint, currency: string) {
  if (constraint.type === 'NONE') return constraint;
  return { type: constraint.type, amount: presentAmount(constraint.minor, currency) };
}

export function presentBalance(state: AccountState, waiting?: PendingFold) {
  const show = (minor: bigint) => presentAmount(minor, state.currency);
  return {
    accountId: state.accountId,
    posted: show(state.posted),
    pendingIn: show(state.pendingIn),
    pendingOut: show(state.pendingOut),
    frozen: show(state.frozen),
    available: show(availableOf(state)),
    pendingFold: waiting && {
      transfers: waiting.transfers,
      posted: show(waiting.delta.posted),
      pendingIn: show(waiting.delta.pendingIn),
      pendingOut: show(waiting.delta.pendingOut),
    },
    version: state.version,
    at: state.at,
  };
}

/** A transfer as it is now. */
export function presentTransfer(transfer: Transfer) {
  const { status, resolvedBy, reversedBy } = transfer;
  return { ...presentContent(transfer), status, resolvedBy, reversedBy };
}

/** A transfer as its creator was told of it: the same answer, however often and late it is asked again. */
export function presentMade(transfer: TransferContent) {
  return { ...presentContent(transfer), status: initialStatus(transfer) };
}

function presentContent(transfer: TransferContent) {
  const { id, type, mode, legs, valueDate, bookedAt, expiresAt, owner } = transfer;
  const { description, references, pendingId, reverses } = transfer;
  return {
    id,
    type,
    mode,
    legs: legs.map(({ debitAccountId, creditAccountId, amount, currency }) => ({
      debitAccountId,
      creditAccountId,
      amount: presentAmount(amount, currency),
    })),
    valueDate,
    bookedAt,
    expiresAt,
    owner,
    description,
    references,
    pendingId,
    reverses,
  };
}

export function presentEntry({ entry, transfer, bookingDate, balance }: BookedEntry) {
  const { transferId, leg, side, kind, amount, currency, counterpartyAccountId } = entry;
  return {
    transferId,
    leg,
    side,
    kind,
    amount: presentAmount(amount, currency),
    balance: presentAmount(balance, currency),
    bookingDate,
    bookedAt: transfer.bookedAt,
    valueDate: transfer.valueDate,
    counterpartyAccountId,
    description: transfer.description,
    references: transfer.references,
  };
}

export function presentProof(proof: Proof) {
  const { stable, complete, trialBalances, accountsChecked, linksChecked, broken } = proof;
  const balanced = trialBalances.every(
    ({ credits, debits, pendingIn, pendingOut }) => credits + debits === 0n && pendingIn === pendingOut,
  );
  return {
    sound: balanced && broken.length === 0,
    stable,
    complete,
    trialBalance: trialBalances.map(presentTrialBalance),
    accountsChecked,
    linksChecked,
    broken: [...broken],
  };
}

function presentTrialBalance({ currency, accounts, credits, debits, pendingIn, pendingOut }: TrialBalance) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    currency,
    accounts,
    credits: show(credits),
    debits: show(debits),
    difference: show(credits + debits),
    pendingIn: show(pendingIn),
    pendingOut: show(pendingOut),
  };
}
