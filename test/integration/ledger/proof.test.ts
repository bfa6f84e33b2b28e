import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldHot } from '../../../functions/ledger/fold-hot.ts';
import { keys } from '../../../functions/ledger/keys.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

/** Someone with access to the table changes it behind the ledger's back. The proof names the first link that broke. */
describe('tampering with the books', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine();
  });
  afterAll(() => ledger?.close());

  async function books(tenant: string) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const shop = await openTestAccount(ledger, tenant, { name: 'shop', limit: 'at least 0.00' });
    const clearing = await openTestAccount(ledger, tenant, { name: 'clearing', hot: true });
    for (const key of ['1', '2', '3']) {
      await submit(ledger.store, tenant, [transferOf(tenant, key, capital, shop, 100n)], testNow);
    }
    await submit(ledger.store, tenant, [transferOf(tenant, 'hot', shop, clearing, 30n)], testNow);
    await foldHot(ledger.store, tenant, clearing);
    expect((await prove(ledger.store, tenant, { accounts: 'ALL' })).broken).toEqual([]);
    return { capital, shop, clearing };
  }

  const set = (pk: string, sk: string, field: string, value: unknown) =>
    ledger.client.send(
      new UpdateItemCommand({
        TableName: ledger.table,
        Key: toItem({ pk, sk }),
        UpdateExpression: 'SET #field = :value',
        ExpressionAttributeNames: { '#field': field },
        ExpressionAttributeValues: toItem({ ':value': value }),
      }),
    );
  const brokenAt = async (tenant: string) =>
    (await prove(ledger.store, tenant, { accounts: 'ALL' })).broken
      .map(({ accountId, version, fault }) => `${accountId} ${version} ${fault}`)
      .sort();

  it('a balance that was raised is found at its version', async () => {
    const { shop } = await books('raised');
    await set(keys.chain('raised', shop), keys.version(2), 'posted', 2_000_000n);
    expect(await brokenAt('raised')).toEqual([`${shop} 2 HASH`]);
  });

  it('a transfer whose reference was changed is found in both its accounts', async () => {
    const { capital, shop } = await books('reference');
    const { id } = transferOf('reference', '2', '', '', 0n);
    await set(keys.record('reference', id), keys.recordSort, 'references', { order: 'another' });
    expect(await brokenAt('reference')).toEqual([`${capital} 2 HASH`, `${shop} 2 HASH`].sort());
  });

  it('a transfer that vanished is missed', async () => {
    const { capital, shop } = await books('vanished');
    const { id } = transferOf('vanished', '3', '', '', 0n);
    const Key = toItem({ pk: keys.record('vanished', id), sk: keys.recordSort });
    await ledger.client.send(new DeleteItemCommand({ TableName: ledger.table, Key }));
    expect(await brokenAt('vanished')).toEqual([`${capital} 3 TRANSFER_MISSING`, `${shop} 3 TRANSFER_MISSING`].sort());
  });

  it('a version that was cut out leaves a gap', async () => {
    const { capital } = await books('gap');
    const Key = toItem({ pk: keys.chain('gap', capital), sk: keys.version(1) });
    await ledger.client.send(new DeleteItemCommand({ TableName: ledger.table, Key }));
    expect(await brokenAt('gap')).toEqual([`${capital} 2 GAP`]);
  });

  it('the last version cut off unbalances the trial balance', async () => {
    const { capital } = await books('cut');
    const Key = toItem({ pk: keys.chain('cut', capital), sk: keys.version(3) });
    await ledger.client.send(new DeleteItemCommand({ TableName: ledger.table, Key }));
    const { trialBalances } = await prove(ledger.store, 'cut', { accounts: 'ALL' });
    expect(trialBalances.map(({ credits, debits }) => credits + debits)).toEqual([100n]);
  });

  it('a transfer that no longer says what took it back, or ended it, is found', async () => {
    const { capital, shop } = await books('target');
    const { id: reversedId } = transferOf('target', '3', '', '', 0n);
    const { id: reversalId } = transferOf('target', 'reverse', '', '', 0n);
    const reversal = {
      command: 'REVERSE',
      id: reversalId,
      fingerprint: '',
      cause: testCause,
      transferId: reversedId,
    } as const;
    const hold = { ...transferOf('target', 'hold', shop, capital, 5n), mode: 'PENDING' as const };
    const { id: voidId } = transferOf('target', 'void', '', '', 0n);
    const ending = { command: 'VOID', id: voidId, fingerprint: '', cause: testCause, pendingId: hold.id } as const;
    await submit(ledger.store, 'target', [reversal], testNow);
    await submit(ledger.store, 'target', [hold], testNow);
    await submit(ledger.store, 'target', [ending], testNow);
    expect(await brokenAt('target')).toEqual([]);

    await set(keys.record('target', hold.id), keys.recordSort, 'status', 'PENDING');
    const voidedAt = [`${capital} 6 TARGET`, `${shop} 7 TARGET`];
    expect(await brokenAt('target')).toEqual(voidedAt.sort());
    await set(keys.record('target', reversedId), keys.recordSort, 'reversedBy', 'tr_another');
    expect(await brokenAt('target')).toEqual([`${capital} 4 TARGET`, `${shop} 5 TARGET`].sort());
  });

  it('the facts of an account are part of its chain', async () => {
    const { clearing } = await books('facts');
    await set(keys.accounts('facts'), clearing, 'holder', 'somebody else');
    expect(await brokenAt('facts')).toEqual([`${clearing} 0 HASH`]);
  });
});
