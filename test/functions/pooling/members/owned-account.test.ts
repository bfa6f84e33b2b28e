import { expect, it } from 'vitest';
import type { LedgerAccount } from '../../../../functions/ledger/published.ts';
import { requireAllowed } from '../../../../functions/pooling/members/require-members.ts';

const account: LedgerAccount = {
  ...{ id: 'acc_1', currency: 'CNY', holder: 'Market', purpose: 'GENERAL', hot: false, hasBankAccount: false },
  ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
};
const pool = { id: 'pool_1', kind: 'PHYSICAL', currency: 'CNY' } as const;

it('an account of another capability’s own joins no pool', () => {
  expect(() => requireAllowed(pool, account, '/members/0/accountId')).not.toThrow();
  const owned = { ...account, owner: 'settlement' };
  expect(() => requireAllowed(pool, owned, '/members/0/accountId')).toThrow(
    expect.objectContaining({
      code: 'pooling/account-not-allowed',
      message: expect.stringContaining('belongs to the capability settlement'),
    }),
  );
});
