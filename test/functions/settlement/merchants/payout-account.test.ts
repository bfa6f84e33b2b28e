import { expect, it } from 'vitest';
import type { LedgerAccount } from '../../../../functions/ledger/published.ts';
import { payoutAccountFault } from '../../../../functions/settlement/merchants/payout-account.ts';

const account: LedgerAccount = {
  ...{ id: 'acc_9', currency: 'CNY', holder: '锦里茶庄', purpose: 'GENERAL', hot: false, hasBankAccount: false },
  ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
};

it('money is paid out to an open account in the currency of the market', () => {
  expect(payoutAccountFault(account, 'CNY')).toBeUndefined();
});

it.each<[string, LedgerAccount | undefined, string]>([
  ['that does not exist', undefined, 'no such account'],
  ['in another currency', { ...account, currency: 'USD' }, 'in USD; name one in CNY'],
  ['that is closed', { ...account, status: 'CLOSED' }, 'closed'],
  ['that carries a loan', { ...account, purpose: 'LOAN' }, 'loan'],
  ['that settlement itself has', { ...account, owner: 'settlement' }, 'belongs to the capability settlement'],
  ['of a ledger pool', { ...account, book: { id: 'pool_1', role: 'LEDGER' } }, 'ledger pool'],
])('money is not paid out to an account %s', (_, of, words) => {
  expect(payoutAccountFault(of, 'CNY')).toContain(words);
});
