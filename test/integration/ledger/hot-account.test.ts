import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldHot } from '../../../functions/ledger/fold-hot.ts';
import { listEntries } from '../../../functions/ledger/list-entries.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { readPendingFold } from '../../../functions/ledger/read-balance.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

describe.each(engines())('a hot account on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  async function open(tenant: string) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const clearing = await openTestAccount(ledger, tenant, { name: 'clearing', hot: true });
    return { capital, clearing };
  }

  const head = async (tenant: string, id: string) => {
    const state = await ledger.store.readHead(tenant, id);
    if (!state) throw new Error(`${id} is not there`);
    return state;
  };

  it('shows what is booked and not folded yet, and folds it exactly', async () => {
    const { capital, clearing } = await open('fold');
    const commands = Array.from({ length: 300 }, (_, n) =>
      transferOf('fold', `n${n}`, capital, clearing, BigInt(n) + 1n),
    );
    await submit(ledger.store, 'fold', commands, testNow);
    expect((await head('fold', clearing)).posted).toBe(0n);
    expect(await readPendingFold(ledger.store, 'fold', clearing)).toMatchObject({
      transfers: 300,
      delta: { posted: 45_150n },
    });

    expect(await foldHot(ledger.store, 'fold', clearing)).toBeGreaterThan(0);
    expect((await head('fold', clearing)).posted).toBe(45_150n);
    expect(await readPendingFold(ledger.store, 'fold', clearing)).toMatchObject({
      transfers: 0,
      delta: { posted: 0n },
    });
    expect(await prove(ledger.store, 'fold', { accounts: 'ALL' })).toMatchObject({ broken: [] });
  });

  it('takes each posting in once, however many fold at the same time', async () => {
    const { capital, clearing } = await open('folders');
    for (let round = 0; round < 3; round++) {
      const commands = Array.from({ length: 150 }, (_, n) =>
        transferOf('folders', `r${round} n${n}`, capital, clearing, 1n),
      );
      const write = submit(ledger.store, 'folders', commands, testNow);
      await Promise.all([write, ...Array.from({ length: 4 }, () => foldHot(ledger.store, 'folders', clearing))]);
    }
    await foldHot(ledger.store, 'folders', clearing);
    expect((await head('folders', clearing)).posted).toBe(450n);
    expect(await prove(ledger.store, 'folders', { accounts: 'ALL' })).toMatchObject({ broken: [] });
  });

  it('lists every line that it took in, page by page', async () => {
    const { capital, clearing } = await open('lines');
    const commands = Array.from({ length: 120 }, (_, n) =>
      transferOf('lines', `n${n}`, capital, clearing, BigInt(n) + 1n),
    );
    await submit(ledger.store, 'lines', commands, testNow);
    await foldHot(ledger.store, 'lines', clearing);
    const state = await head('lines', clearing);
    const query = { include: 'POSTED', order: 'OLDEST_FIRST', limit: 50 } as const;
    const amounts: bigint[] = [];
    for (let after: { version: number; index: number } | undefined, page = 0; page < 9; page++) {
      const { entries, next } = await listEntries(ledger.store, 'lines', state, { ...query, ...(after && { after }) });
      amounts.push(...entries.map(({ entry }) => entry.amount));
      after = next;
      if (!next) break;
    }
    expect(amounts).toHaveLength(120);
    expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(7_260n);
  });

  it('books a fold after midnight on the day of its postings', async () => {
    const { capital, clearing } = await open('midnight');
    const evening = new Date('2026-03-02T15:59:59Z');
    const morning = new Date('2026-03-02T16:00:01Z');
    await submit(ledger.store, 'midnight', [transferOf('midnight', 'late', capital, clearing, 100n)], evening);
    await submit(ledger.store, 'midnight', [transferOf('midnight', 'early', capital, clearing, 11n)], morning);
    await foldHot(ledger.store, 'midnight', clearing);
    const state = await head('midnight', clearing);
    const query = { include: 'POSTED', order: 'OLDEST_FIRST', limit: 10 } as const;
    const { entries } = await listEntries(ledger.store, 'midnight', state, query);
    expect(entries.map(({ bookingDate, balance }) => [bookingDate, balance])).toEqual([
      ['2026-03-02', 100n],
      ['2026-03-03', 111n],
    ]);
  });

  it('holds, posts and reverses like any other', async () => {
    const { capital, clearing } = await open('life');
    const hold = { ...transferOf('life', 'hold', capital, clearing, 100n), mode: 'PENDING' as const };
    const post = transferOf('life', 'post', capital, clearing, 0n);
    const reverse = transferOf('life', 'reverse', capital, clearing, 0n);
    await submit(ledger.store, 'life', [hold], testNow);
    await foldHot(ledger.store, 'life', clearing);
    expect(await head('life', clearing)).toMatchObject({ posted: 0n, pendingIn: 100n });
    const posting = {
      command: 'POST' as const,
      id: post.id,
      fingerprint: 'post',
      cause: testCause,
      pendingId: hold.id,
      amounts: [{ leg: 0, minor: 60n, currency: 'CNY' }],
    };
    await submit(ledger.store, 'life', [posting], testNow);
    const reversal = {
      command: 'REVERSE' as const,
      id: reverse.id,
      fingerprint: 'reverse',
      cause: testCause,
      transferId: post.id,
    };
    await submit(ledger.store, 'life', [reversal], testNow);
    await foldHot(ledger.store, 'life', clearing);
    expect(await head('life', clearing)).toMatchObject({ posted: 0n, pendingIn: 0n, pendingOut: 0n });
  });
});
