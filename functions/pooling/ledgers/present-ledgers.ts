import { presentAmount } from '../../../shared/money/present.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { LedgerAccount, StatementEntry } from '../../ledger/published.ts';
import type { BookedReceipt } from './book-receipt.ts';
import type { PoolLedger } from './pool-ledger.ts';

/** Internal ledgers, receipts and statements as the API shows them: decimal strings, virtual account numbers masked. */
export function presentLedger(ledger: PoolLedger, account: LedgerAccount) {
  const { accountId, poolId, name, holder, purpose, virtualAccounts, references, openedAt } = ledger;
  return {
    accountId,
    poolId,
    name,
    holder,
    purpose,
    ...presentFigures(account),
    virtualAccounts: [...virtualAccounts],
    references: { ...references },
    openedAt,
  };
}

export function presentMain(account: LedgerAccount) {
  return { accountId: account.id, ...presentFigures(account) };
}

/** A floor below zero is an overdraft limit, any other a minimum balance. */
function presentFigures({ status, currency, posted, pendingOut, frozen, floor }: LedgerAccount) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    status,
    posted: show(posted),
    held: show(pendingOut),
    frozen: show(frozen),
    available: show(posted - pendingOut - frozen - (floor ?? 0n)),
    ...(floor !== undefined && (floor < 0n ? { overdraftLimit: show(-floor) } : { minBalance: show(floor) })),
  };
}

export function presentReceipt({ amount, currency, ...receipt }: BookedReceipt) {
  return { ...receipt, amount: presentAmount(amount, currency) };
}

export function presentStatementEntry(entry: StatementEntry, currency: string) {
  const { amount, balance, bookingDate, valueDate, transferId, counterpartyAccountId, description, references } = entry;
  return {
    transferId,
    bookingDate,
    valueDate,
    side: amount < 0n ? ('DEBIT' as const) : ('CREDIT' as const),
    amount: presentAmount(magnitude(amount), currency),
    balance: presentAmount(balance, currency),
    counterpartyAccountId,
    ...defined({ description }),
    references: { ...references },
  };
}
