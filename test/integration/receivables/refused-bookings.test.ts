import { beforeEach, describe, expect, it } from 'vitest';
import { askAgain } from '../../../functions/receivables/booking/ask-again.ts';
import { bookFacts } from '../../../functions/receivables/booking/book-facts.ts';
import { bookingsOf } from '../../../functions/receivables/booking/bookings-of.ts';
import { transferIds } from '../../../functions/receivables/booking/transfer-ids.ts';
import { proveBooks } from '../../../functions/receivables/proof/prove-books.ts';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import { general } from '../../../shared/problems/general.ts';
import { defineProblems } from '../../../shared/problems/problem.ts';
import { aReceipt } from '../../functions/receivables/receipt-samples.ts';
import { cause, entity } from '../../functions/receivables/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import {
  balances,
  disagreements,
  keepReceipt,
  monday,
  receiptsOn,
  receiptsWithBook,
  settle,
  type TestReceipts,
} from './receipts.ts';

const tenant = 'demo';
const problems = defineProblems('ledger', { 'account-closed': { status: 409, title: 'Closed', mend: '-' } });

/** What the ledger does not take is kept and asked again. Amounts in fen. */
describe('a booking that the ledger refuses', () => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithBook(anEngine());
    await settle(receipts);
  });

  /** A ledger that refuses so many orders, and remembers each under its name as the real one does. */
  function refusing(times: number, problem = problems['account-closed'].with({ detail: 'The account is closed.' })) {
    const refused = new Set<string>();
    const { ledger } = receipts.tools;
    const tools: ToldTools = {
      ...receipts.tools,
      ledger: {
        ...ledger,
        postTransfers: async (of, orders, now) => {
          const answers: Awaited<ReturnType<typeof ledger.postTransfers>> = [];
          for (const order of orders) {
            const id = ledger.transferIdOf(of, ...order.name);
            if (refused.size < times && problem.status !== 503) refused.add(id);
            if (refused.has(id) || (times > 0 && problem.status === 503))
              answers.push({ id, outcome: 'REFUSED', problem });
            else answers.push(...(await ledger.postTransfers(of, [order], now)));
          }
          return answers;
        },
      },
    };
    return tools;
  }

  const listed = async () =>
    (await receipts.tools.store.listRefused(tenant, undefined, 10)).page.map(({ refused }) => refused);

  it('is kept, shown, and booked under a new name when it is asked again, once', async () => {
    const { id } = await keepReceipt(receipts);
    const tools = refusing(2);
    const changes = await settle(receipts, tools);
    expect(await listed()).toMatchObject([{ code: 'ledger/account-closed', attempt: 2, booking: { name: [id] } }]);
    expect((await disagreements(receipts)).length).toBe(1);
    await askAgain(tools, monday);
    expect(await listed()).toMatchObject([{ attempt: 3 }]);
    await askAgain(tools, monday);
    await askAgain(tools, monday);
    await bookFacts(tools, changes.flatMap(bookingsOf), monday);
    expect(await listed()).toEqual([]);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
    const [transferId] = await transferIds(tools, tenant, [[id]]);
    expect(transferId).toBe(tools.ledger.transferIdOf(tenant, 'receivables', id, '3'));
  });

  it('where the ledger could not say yet is kept, and booked though the work never comes again', async () => {
    const { id } = await keepReceipt(receipts);
    const changes = await receipts.changes();
    const busy = refusing(1, general.unavailable.with({ detail: 'Later.' }));
    await expect(bookFacts(busy, changes.flatMap(bookingsOf), monday)).rejects.toThrow('at the moment');
    expect(await listed()).toMatchObject([{ code: 'request/unavailable', attempt: 1, booking: { name: [id] } }]);
    await expect(askAgain(busy, monday)).rejects.toThrow('asked for again');
    expect(await listed()).toMatchObject([{ attempt: 1 }]);
    await askAgain(receipts.tools, monday);
    expect(await listed()).toEqual([]);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
  });

  it('where the ledger could not say yet is booked once, though the work comes again and the job asks too', async () => {
    await keepReceipt(receipts);
    const changes = await receipts.changes();
    const busy = refusing(1, general.unavailable.with({ detail: 'Later.' }));
    await expect(bookFacts(busy, changes.flatMap(bookingsOf), monday)).rejects.toThrow('at the moment');
    await bookFacts(receipts.tools, changes.flatMap(bookingsOf), monday);
    await askAgain(receipts.tools, monday);
    expect(await listed()).toEqual([]);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
  });

  it('is asked for again though it breaks at another tenant’s, which come first', async () => {
    await keepReceipt(receipts);
    await settle(receipts, refusing(1));
    const [mine] = await listed();
    if (!mine) throw new Error('Nothing waits.');
    // Sorts before, so that it is asked for first.
    await receipts.tools.store.keepRefused({ ...mine, booking: { ...mine.booking, tenant: 'acme' } });
    const broken: ToldTools = {
      ...receipts.tools,
      store: {
        ...receipts.tools.store,
        readBooks: (of, names) => {
          if (of === 'acme') throw new Error('broken');
          return receipts.tools.store.readBooks(of, names);
        },
      },
    };
    await expect(askAgain(broken, monday)).rejects.toThrow('asked for again');
    expect(await listed()).toEqual([]);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
  });

  it('shows no other tenant’s, whatever place is asked for', async () => {
    await keepReceipt(receipts);
    await settle(receipts, refusing(1));
    expect((await receipts.tools.store.listRefused('zebra', undefined, 10)).page).toEqual([]);
    expect((await receipts.tools.store.listRefused('zebra', '0', 10)).page).toEqual([]);
    expect((await receipts.tools.store.listRefused(undefined, undefined, 10)).page.length).toBe(1);
  });
});

describe('the proof', () => {
  it('finds what somebody else has booked on an account of the book', async () => {
    const receipts = await receiptsWithBook(anEngine());
    await keepReceipt(receipts);
    await settle(receipts);
    expect(await disagreements(receipts)).toEqual([]);
    const { unapplied = '', bank = '' } = receipts.accounts;
    const legs = [{ debitAccountId: bank, creditAccountId: unapplied, amount: 1n, currency: 'CNY' }];
    await receipts.tools.ledger.postTransfers(
      tenant,
      [{ name: ['test', 'stray'], fingerprint: '', legs, cause }],
      monday,
    );
    expect(await disagreements(receipts)).toMatchObject([
      { legalEntity: entity, accounts: { unapplied: { items: -100_000n, ledger: -99_999n } } },
    ]);
    receipts.close();
  });

  it('of more receipts than an answer has time for is refused, not begun anew for ever', async () => {
    const receipts = await receiptsOn(anEngine());
    const page = Array.from({ length: 500 }, (_, n) => aReceipt({ number: `SK-${n}` }));
    const store = {
      ...receipts.tools.store,
      scanReceipts: async () => ({ receipts: page, next: 'more' }),
      readMatches: async () => new Map(),
    };
    await expect(proveBooks({ ...receipts.tools, store }, tenant)).rejects.toMatchObject({
      code: 'receivables/report-too-large',
    });
    receipts.close();
  });
});
