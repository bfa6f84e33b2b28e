import { expect, it } from 'vitest';
import { requireCreditAccount } from '../../../../functions/collection/batches/require-credit-account.ts';
import type { CollectionTools } from '../../../../functions/collection/tools.ts';
import type { LedgerAccount } from '../../../../functions/ledger/published.ts';

const account: LedgerAccount = {
  ...{ id: 'acc_1', currency: 'CNY', holder: 'Market', purpose: 'GENERAL', hot: false, hasBankAccount: false },
  ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
};
const toolsWith = (one: LedgerAccount) =>
  ({ ledger: { readAccounts: async () => new Map([[one.id, one]]) } }) as unknown as CollectionTools;

it('money is not collected to an account of another capability’s own', async () => {
  const asked = (one: LedgerAccount) => requireCreditAccount(toolsWith(one), 'demo', one.id);
  await expect(asked(account)).resolves.toEqual({ currency: 'CNY', holder: 'Market' });
  await expect(asked({ ...account, owner: 'settlement' })).rejects.toMatchObject({
    code: 'collection/credit-account',
    message: expect.stringContaining('belongs to the capability settlement'),
  });
});
