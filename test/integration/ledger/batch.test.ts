import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submit } from '../../../functions/ledger/submit.ts';
import { testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

describe.each(engines())('a batch of transfers on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  async function open(tenant: string, count: number) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const shops: string[] = [];
    for (let n = 0; n < count; n++) {
      shops.push(await openTestAccount(ledger, tenant, { name: `shop ${n}`, limit: 'at least 0.00' }));
    }
    return { capital, shops };
  }

  const codes = async (tenant: string, commands: Parameters<typeof submit>[2], atomic = false) =>
    (await submit(ledger.store, tenant, commands, testNow, { atomic })).map((one) =>
      one.outcome === 'REFUSED' ? one.problem.code : 'accepted',
    );

  it('carries out transfers on the same account in the order given', async () => {
    const { capital, shops } = await open('order', 2);
    const [a = '', b = ''] = shops;
    const commands = [
      transferOf('order', '1', a, b, 10n),
      transferOf('order', '2', capital, a, 10n),
      transferOf('order', '3', a, b, 10n),
      transferOf('order', '4', b, capital, 10n),
    ];
    expect(await codes('order', commands)).toEqual(['ledger/insufficient-funds', 'accepted', 'accepted', 'accepted']);
    expect(await codes('order', commands)).toEqual(['ledger/insufficient-funds', 'accepted', 'accepted', 'accepted']);
  });

  it('gives each line its own result, and a key named twice one transfer', async () => {
    const { capital, shops } = await open('lines', 1);
    const [shop = ''] = shops;
    const commands = [
      transferOf('lines', 'a', capital, shop, 5n),
      transferOf('lines', 'b', capital, 'acc_00000000000000000000000000', 5n),
      transferOf('lines', 'a', capital, shop, 5n),
      transferOf('lines', 'a', capital, shop, 6n),
    ];
    expect(await codes('lines', commands)).toEqual([
      'accepted',
      'ledger/account-not-found',
      'accepted',
      'request/idempotency-key-reused',
    ]);
    expect((await ledger.store.readHead('lines', shop))?.posted).toBe(5n);
  });

  it('of 1,000 lines over 20 accounts posts every one, in few versions', async () => {
    const { capital, shops } = await open('large', 20);
    const commands = Array.from({ length: 1_000 }, (_, n) =>
      transferOf('large', `n${n}`, capital, shops[n % 20] ?? '', BigInt(n) + 1n),
    );
    expect(new Set(await codes('large', commands))).toEqual(new Set(['accepted']));
    const heads = await ledger.store.readHeads('large', [capital, ...shops]);
    expect([...heads.values()].reduce((sum, { posted }) => sum + posted, 0n)).toBe(0n);
    expect(heads.get(capital)?.posted).toBe(-500_500n);
    // 100 items hold at most 97 records beside the two versions they need.
    expect(heads.get(capital)?.version).toBeLessThanOrEqual(15);
  });

  it('with atomic posts all', async () => {
    const { capital, shops } = await open('atomic', 2);
    const [a = '', b = ''] = shops;
    const commands = [transferOf('atomic', '1', capital, a, 9n), transferOf('atomic', '2', a, b, 4n)];
    expect(await codes('atomic', commands, true)).toEqual(['accepted', 'accepted']);
    expect(await codes('atomic', commands, true)).toEqual(['accepted', 'accepted']);
    expect((await ledger.store.readHead('atomic', a))?.posted).toBe(5n);
  });

  it('with atomic posts none when one is refused, and keeps that refusal only', async () => {
    const { capital, shops } = await open('none', 2);
    const [a = '', b = ''] = shops;
    const commands = [transferOf('none', '1', capital, a, 9n), transferOf('none', '2', b, a, 4n)];
    const refused = ['ledger/batch-refused', 'ledger/insufficient-funds'];
    expect(await codes('none', commands, true)).toEqual(refused);
    expect(await codes('none', commands, true)).toEqual(refused);
    expect((await ledger.store.readHead('none', a))?.posted).toBe(0n);
    expect(await codes('none', commands.slice(0, 1))).toEqual(['accepted']);
  });

  it('with atomic is refused above what one transaction holds, and nothing is written', async () => {
    const { capital, shops } = await open('too-large', 1);
    const [shop = ''] = shops;
    const before = await ledger.snapshot();
    const commands = Array.from({ length: 99 }, (_, n) => transferOf('too-large', `n${n}`, capital, shop, 1n));
    expect(new Set(await codes('too-large', commands, true))).toEqual(new Set(['ledger/batch-too-large']));
    expect(await ledger.snapshot()).toEqual(before);
    expect(new Set(await codes('too-large', commands.slice(0, 98), true))).toEqual(new Set(['accepted']));
  });
});
