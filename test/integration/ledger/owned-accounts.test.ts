import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endHeld, holdOrders } from '../../../functions/ledger/hold-transfers.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../../functions/ledger/post-transfers.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

const tenant = 'owned';

describe.each(engines())('accounts of a capability’s own on $kind', ({ kind }) => {
  let ledger: TestLedger;
  let supervised: string;
  let payable: string;
  let shop: string;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
    supervised = await open('supervised');
    payable = await open('payable');
    shop = await openTestAccount(ledger, tenant, { name: 'shop' });
  });
  afterAll(() => ledger?.close());

  it('are moved, held on and released by it alone, whoever else asks', async () => {
    const [own, others] = await postOrders(
      ledger.store,
      tenant,
      [order(['settlement', 'split'], supervised, payable, 500n), order(['pooling', 'sweep'], payable, shop, 1n)],
      testNow,
    );
    expect(own).toMatchObject({ outcome: 'POSTED' });
    expect(others).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'ledger/account-owned', fields: { accountId: payable, owner: 'settlement' } },
    });
    const [byApi] = await submit(ledger.store, tenant, [transferOf(tenant, 'api', payable, shop, 1n)], testNow);
    expect(byApi).toMatchObject({ outcome: 'REFUSED', problem: { code: 'ledger/account-owned' } });

    const held = order(['settlement', 'payout'], payable, shop, 200n);
    const [hold] = await holdOrders(ledger.store, tenant, [held], testNow);
    const ending = { fingerprint: 'void', pendingId: hold?.id ?? '', end: 'VOID', cause: testCause } as const;
    const endings = [
      { ...ending, name: ['pooling', 'end'] },
      { ...ending, name: ['settlement', 'end'] },
    ];
    expect(await endHeld(ledger.store, tenant, endings, testNow)).toMatchObject([
      { outcome: 'REFUSED', problem: { code: 'ledger/pending-owned' } },
      { outcome: 'ENDED' },
    ]);
    const accounts = await readLedgerAccounts(ledger.store, tenant, [supervised, payable, shop]);
    expect([...accounts.values()].map(({ posted, pendingOut, owner }) => [posted, pendingOut, owner])).toEqual([
      [-500n, 0n, 'settlement'],
      [500n, 0n, 'settlement'],
      [0n, 0n, undefined],
    ]);
  });

  it('are opened once under their name, and stay what they were opened as', async () => {
    const again = { name: ['settlement', 'payable'], account: facts('other'), constraint: { type: 'NONE' } } as const;
    expect(await openAccountUnderName(ledger.store, tenant, { ...again, cause: testCause }, testNow)).toBe(payable);
    expect((await ledger.store.readHead(tenant, payable))?.owner).toBe('settlement');
  });

  it('prove sound with all others', async () => {
    const proof = await prove(ledger.store, tenant, { accounts: 'ALL' });
    expect(proof.broken).toEqual([]);
    for (const { credits, debits } of proof.trialBalances) expect(credits + debits).toBe(0n);
  });

  it('cost what others cost: 6 write units a transfer', async () => {
    const meter = meterWrites(ledger.client);
    await postOrders(ledger.store, tenant, [order(['settlement', 'metered'], supervised, payable, 5n)], testNow);
    expect(meter.report().total).toBe(6);
    meter.stop();
  });

  const facts = (name: string) => ({ currency: 'CNY', holder: 'Market', name, purpose: 'ESCROW' }) as const;
  const open = (name: string) =>
    openAccountUnderName(
      ledger.store,
      tenant,
      {
        name: ['settlement', name],
        account: facts(name),
        constraint: { type: 'NONE' },
        owned: true,
        cause: testCause,
      },
      testNow,
    );
});

function order(name: readonly string[], debitAccountId: string, creditAccountId: string, amount: bigint) {
  const legs = [{ debitAccountId, creditAccountId, amount, currency: 'CNY' }];
  return { name, fingerprint: `${name} ${amount}`, legs, cause: testCause };
}
