import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { LedgerAccount } from '../../ledger/published.ts';
import { counterpartyOf, type SweepReceipt } from './derive-receipts.ts';

type Accounts = ReadonlyMap<string, Pick<LedgerAccount, 'name' | 'holder'>>;

/** The accounts that are named on receipts: not those of the movements of an aggregated one, which may be thousands. */
export function namedAccounts(receipts: readonly SweepReceipt[]): Set<string> {
  return new Set(receipts.flatMap((receipt) => [receipt.accountId, ...counterpartiesOf(receipt)]));
}

function counterpartiesOf({ kind, side, movements }: SweepReceipt): string[] {
  return kind === 'SINGLE' ? movements.map((movement) => counterpartyOf(movement, side)) : [];
}

/** A receipt as the API shows it. Names are those that the accounts have now. */
export function presentReceipt(
  receipt: SweepReceipt,
  { currency, businessDate }: { readonly currency: string; readonly businessDate: string },
  accounts: Accounts,
) {
  const { number, side, accountId, direction, amount, bookedAt } = receipt;
  const facts = {
    number,
    side,
    accountId,
    ...defined({ accountName: nameOf(accounts, accountId) }),
    direction,
    amount: presentAmount(amount, currency),
    businessDate,
    bookedAt,
  };
  return { ...facts, ...presentMovements(receipt, currency, accounts) };
}

function presentMovements({ kind, side, movements }: SweepReceipt, currency: string, accounts: Accounts) {
  const [movement] = movements;
  if (kind === 'SINGLE' && movement) {
    const counterpartyAccountId = counterpartyOf(movement, side);
    const counterpartyName = nameOf(accounts, counterpartyAccountId);
    const { number: leg, transferId } = movement;
    return { kind: 'SINGLE' as const, counterpartyAccountId, ...defined({ counterpartyName }), leg, transferId };
  }
  const listed = movements.map((one) => ({
    leg: one.number,
    counterpartyAccountId: counterpartyOf(one, side),
    amount: presentAmount(one.amount, currency),
    transferId: one.transferId,
  }));
  return { kind: 'AGGREGATED' as const, count: listed.length, movements: listed };
}

function nameOf(accounts: Accounts, accountId: string): string | undefined {
  const account = accounts.get(accountId);
  return account?.name ?? account?.holder;
}
