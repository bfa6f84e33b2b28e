import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MakeTransfer } from '../../../functions/ledger/commands.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { type Outcome, submit } from '../../../functions/ledger/submit.ts';
import { groupCommit } from '../../../shared/concurrency/group-commit.ts';
import { testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

/** Writers that do not know of each other must be many more than the account can take at once, and patient. */
const patient = { attemptsMax: 400, baseMs: 2, ceilingMs: 40 };

describe.each(engines())('writers at the same time on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  const together = groupCommit<MakeTransfer, Outcome>(
    (tenant, commands) => submit(ledger.store, tenant, commands, testNow),
    200,
  );

  async function open(tenant: string, balance: bigint) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const shop = await openTestAccount(ledger, tenant, { name: 'shop', limit: 'at least 0.00' });
    if (balance > 0n) await submit(ledger.store, tenant, [transferOf(tenant, 'fund', capital, shop, balance)], testNow);
    return { capital, shop };
  }

  const accepted = (outcomes: readonly Outcome[]) => outcomes.filter(({ outcome }) => outcome === 'TRANSFER').length;

  it('of 200 debits of 1 on a balance of 100 exactly 100 succeed', async () => {
    const { capital, shop } = await open('debits', 100n);
    const debits = Array.from({ length: 200 }, (_, n) => transferOf('debits', `d${n}`, shop, capital, 1n));
    const outcomes = await Promise.all(debits.map((debit) => together('debits', debit)));
    expect(accepted(outcomes)).toBe(100);
    expect((await ledger.store.readHead('debits', shop))?.posted).toBe(0n);
  });

  it('1,000 credits add up exactly', async () => {
    const { capital, shop } = await open('credits', 0n);
    const credits = Array.from({ length: 1_000 }, (_, n) =>
      transferOf('credits', `c${n}`, capital, shop, BigInt(n + 1)),
    );
    const outcomes = await Promise.all(credits.map((credit) => together('credits', credit)));
    expect(accepted(outcomes)).toBe(1_000);
    expect((await ledger.store.readHead('credits', shop))?.posted).toBe(500_500n);
  });

  it('of 40 debits by writers that share nothing exactly 25 succeed on a balance of 25', async () => {
    const { capital, shop } = await open('strangers', 25n);
    const debits = Array.from({ length: 40 }, (_, n) => transferOf('strangers', `d${n}`, shop, capital, 1n));
    const outcomes = await Promise.all(
      debits.map((debit) => submit(ledger.store, 'strangers', [debit], testNow, { policy: patient })),
    );
    expect(accepted(outcomes.flat())).toBe(25);
    expect(await prove(ledger.store, 'strangers', { accounts: 'ALL' })).toMatchObject({ broken: [], stable: true });
  });

  it('the same key sent ten times at once is one transfer', async () => {
    const { capital, shop } = await open('same-key', 0n);
    const command = transferOf('same-key', 'once', capital, shop, 7n);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => submit(ledger.store, 'same-key', [command], testNow, { policy: patient })),
    );
    expect(accepted(outcomes.flat())).toBe(10);
    expect((await ledger.store.readHead('same-key', shop))?.posted).toBe(7n);
  });

  it('says that nothing happened when contention does not end', async () => {
    const { capital, shop } = await open('impatient', 50n);
    const impatient = { attemptsMax: 1, baseMs: 1, ceilingMs: 1 };
    const debits = Array.from({ length: 20 }, (_, n) => transferOf('impatient', `d${n}`, shop, capital, 1n));
    const outcomes = (
      await Promise.all(
        debits.map((debit) => submit(ledger.store, 'impatient', [debit], testNow, { policy: impatient })),
      )
    ).flat();
    const codes = new Set(outcomes.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'accepted')));
    expect([...codes].sort()).toEqual(['accepted', 'request/conflict-retry']);
    expect((await ledger.store.readHead('impatient', shop))?.posted).toBe(50n - BigInt(accepted(outcomes)));
  });
});
