import { expect, it } from 'vitest';
import { rememberAccounts } from '../../../../functions/receivables/receipts/remember-accounts.ts';
import type { Ledger } from '../../../../functions/receivables/tools.ts';

type Accounts = Awaited<ReturnType<Ledger['readAccounts']>>;

/** A ledger in which accounts of a name that begins with `acc` are; each reading is noted. */
function ledgerOf(readings: string[]): Ledger['readAccounts'] {
  return async (tenant, ids) => {
    readings.push(`${tenant} ${[...ids].join(' ')}`);
    const there = [...ids].filter((id) => id.startsWith('acc'));
    return new Map(there.map((id) => [id, { id, holder: `of ${tenant}` }])) as unknown as Accounts;
  };
}

it('an account is read once for each tenant, and one that is not there every time', async () => {
  const readings: string[] = [];
  const readAccounts = rememberAccounts(ledgerOf(readings));
  for (const tenant of ['one', 'two', 'one']) {
    expect((await readAccounts(tenant, ['acc_1'])).get('acc_1')).toMatchObject({ holder: `of ${tenant}` });
  }
  for (let n = 0; n < 2; n++) expect((await readAccounts('one', ['nobody'])).size).toBe(0);
  expect(readings).toEqual(['one acc_1', 'two acc_1', 'one nobody', 'one nobody']);
});
