import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EntryQuery, listEntries } from '../../../functions/ledger/list-entries.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

const days = ['2026-03-02', '2026-03-03', '2026-03-05'];
const everything: EntryQuery = { include: 'POSTED', order: 'OLDEST_FIRST', limit: 1_000 };

describe.each(engines())('an account’s entries on $kind', ({ kind }) => {
  let ledger: TestLedger;
  let shop: string;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
    const capital = await openTestAccount(ledger, 'entries', { name: 'capital' });
    shop = await openTestAccount(ledger, 'entries', { name: 'shop' });
    // Each day seven credits of 1 to 7 in one call, and one debit of 10; on the second day a hold that is posted for less.
    for (const day of days) {
      const now = new Date(`${day}T02:00:00Z`);
      const credits = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((minor) => ({
        ...transferOf('entries', `${day} ${minor}`, capital, shop, minor),
        references: { day, till: minor % 2n === 0n ? 'even' : 'odd' },
      }));
      await submit(ledger.store, 'entries', credits, now);
      await submit(ledger.store, 'entries', [transferOf('entries', `${day} out`, shop, capital, 10n)], now);
      if (day !== days[1]) continue;
      const hold = { ...transferOf('entries', 'hold', shop, capital, 9n), mode: 'PENDING' as const };
      await submit(ledger.store, 'entries', [hold], now);
      const { id } = transferOf('entries', 'post', '', '', 0n);
      const amounts = [{ leg: 0, minor: 4n, currency: 'CNY' }];
      await submit(
        ledger.store,
        'entries',
        [{ command: 'POST', id, fingerprint: 'post', cause: testCause, pendingId: hold.id, amounts }],
        now,
      );
    }
  });
  afterAll(() => ledger?.close());

  async function pageThrough(query: Partial<EntryQuery>): Promise<{ shown: string[]; pages: number }> {
    const head = await ledger.store.readHead('entries', shop);
    if (!head) throw new Error('the shop has no account');
    const shown: string[] = [];
    let after: EntryQuery['after'];
    for (let pages = 1; ; pages++) {
      const page = await listEntries(ledger.store, 'entries', head, {
        ...everything,
        ...query,
        ...(after && { after }),
      });
      for (const { entry, balance } of page.entries)
        shown.push(`${entry.kind} ${entry.side} ${entry.amount} → ${balance}`);
      after = page.next;
      if (!after) return { shown, pages };
    }
  }

  const firstDay = [
    'POSTED CREDIT 1 → 1',
    'POSTED CREDIT 2 → 3',
    'POSTED CREDIT 3 → 6',
    'POSTED CREDIT 4 → 10',
    'POSTED CREDIT 5 → 15',
    'POSTED CREDIT 6 → 21',
    'POSTED CREDIT 7 → 28',
    'POSTED DEBIT 10 → 18',
  ];

  it('come oldest first with the balance after each', async () => {
    const { shown } = await pageThrough({});
    expect(shown.slice(0, 8)).toEqual(firstDay);
    expect(shown).toHaveLength(25);
    expect(shown.at(-1)).toBe('POSTED DEBIT 10 → 50');
  });

  it('come newest first with the same balances', async () => {
    const oldest = await pageThrough({});
    const newest = await pageThrough({ order: 'NEWEST_FIRST' });
    expect(newest.shown).toEqual(oldest.shown.toReversed());
  });

  it.each([1, 3, 7, 24, 25, 26])('are the same in pages of %i', async (limit) => {
    for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
      const whole = await pageThrough({ order });
      const paged = await pageThrough({ order, limit });
      expect(paged.shown).toEqual(whole.shown);
      expect(paged.pages).toBe(Math.ceil(25 / limit));
    }
  });

  it('of one day, of days on which nothing was booked, up to a day', async () => {
    expect((await pageThrough({ from: '2026-03-02', to: '2026-03-02' })).shown).toEqual(firstDay);
    expect((await pageThrough({ from: '2026-03-04', to: '2026-03-04' })).shown).toEqual([]);
    expect((await pageThrough({ to: '2026-03-01' })).shown).toEqual([]);
    expect((await pageThrough({ from: '2026-03-03' })).shown).toHaveLength(17);
    expect((await pageThrough({ to: '2026-03-04', order: 'NEWEST_FIRST', limit: 5 })).shown).toHaveLength(17);
  });

  it('that carry a reference', async () => {
    const { shown } = await pageThrough({
      reference: { key: 'till', value: 'even' },
      from: '2026-03-02',
      to: '2026-03-02',
    });
    expect(shown).toEqual(['POSTED CREDIT 2 → 3', 'POSTED CREDIT 4 → 10', 'POSTED CREDIT 6 → 21']);
    expect((await pageThrough({ reference: { key: 'day', value: '2026-03-05' }, limit: 2 })).shown).toHaveLength(7);
  });

  it('show holds and what became of them when asked for', async () => {
    const posted = await pageThrough({ from: '2026-03-03', to: '2026-03-03' });
    const all = await pageThrough({ from: '2026-03-03', to: '2026-03-03', include: 'ALL' });
    expect(posted.shown.at(-1)).toBe('SETTLED DEBIT 4 → 32');
    expect(all.shown.slice(-2)).toEqual(['HELD DEBIT 9 → 36', 'SETTLED DEBIT 4 → 32']);
  });
});
