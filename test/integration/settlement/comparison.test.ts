import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems as ledgerProblems } from '../../../functions/ledger/problems.ts';
import { askAfterFile, askForComparison } from '../../../functions/settlement/comparing/ask-for-comparison.ts';
import { carryOutComparison } from '../../../functions/settlement/comparing/carry-out-comparison.ts';
import type { ComparedDayRef } from '../../../functions/settlement/comparing/comparison.ts';
import { explain } from '../../../functions/settlement/comparing/difference.ts';
import type { ComparingTools } from '../../../functions/settlement/comparing/ledger-side.ts';
import { presentDifference } from '../../../functions/settlement/comparing/present-comparison.ts';
import { workDifference } from '../../../functions/settlement/comparing/work-difference.ts';
import { askAgain, bookPostings } from '../../../functions/settlement/journal/booking/book-postings.ts';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingFromPlain } from '../../../functions/settlement/journal/journal-items.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import { type ComparingStore, comparingStore } from '../../../functions/settlement/store.ts';
import { anOrder, aPayment, cause } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { openDay, row, sendRows } from './compared-days-support.ts';
import { changesOf, journalOnEngine, minutesLater, now, type TestJournal } from './journal-support.ts';

const at = now.toISOString();
/** A quarter of an hour and more after the first one has begun: it is not alive any more. */
const later = () => minutesLater(20);

describe.each(engines())('comparisons on $kind', (engine) => {
  let journal: TestJournal;
  let store: ComparingStore;
  let days = 0;

  beforeAll(async () => {
    journal = await journalOnEngine(engine);
    store = comparingStore(journal.client, journal.table);
  });
  afterAll(() => journal?.close());

  const over = (of: ComparingStore): ComparingTools => ({ store: of, ledger: journal.tools.ledger });

  /** A market of its own, with a file of so many rows that nothing here knows of. */
  async function aDay(rows: readonly string[]) {
    days += 1;
    const day = await openDay(journal, `mkt_compared_${days}`);
    await send(day, rows);
    await askForComparison(store, day, cause, at);
    return day;
  }

  const send = (day: ComparedDayRef, rows: readonly string[]) => sendRows(journal, day, rows);

  async function outcomeOf(day: ComparedDayRef) {
    const { summary, asked, done } = (await store.readComparison(day)) ?? {};
    const differences = await store.readDifferences(day);
    return {
      ...{ asked, done, total: summary?.total, found: summary?.differences },
      kept: differences.map(({ difference: { found, state }, stands }) => [found.id, state, stands]),
    };
  }

  it('killed at any write and gone on with come to the same', async () => {
    const rows = Array.from({ length: 150 }, (_, place) => row(String(1_000 + place)));
    const whole = await aDay(rows);
    await carryOutComparison(over(store), whole, 'first', () => now);
    const expected = await outcomeOf(whole);
    expect(expected).toMatchObject({ asked: 1, done: 1, found: 150, total: { there: { count: 150, paid: 15_000n } } });
    expect(expected.kept).toHaveLength(150);
    // The lease, two parts of differences, and the end.
    for (const stop of [1, 2, 3, 4]) {
      const day = await aDay(rows);
      await expect(carryOutComparison(over(dying(store, stop)), day, 'first', () => now)).rejects.toThrow('killed');
      await carryOutComparison(over(store), day, 'second', later);
      expect(await outcomeOf(day)).toEqual(expected);
    }
  });

  it('are left to who is at it, who takes along what is asked for meanwhile', async () => {
    const day = await aDay([row('1')]);
    let asked = false;
    const askedMeanwhile: ComparingStore = {
      ...store,
      readDifferences: async (which) => {
        if (!asked) {
          asked = true;
          await send(day, [row('1'), row('2')]);
          await askForComparison(store, day, cause, at);
          await carryOutComparison(over(store), day, 'second', () => now);
          expect(await outcomeOf(day)).toMatchObject({ asked: 2, done: 0, kept: [] });
        }
        return store.readDifferences(which);
      },
    };
    await carryOutComparison(over(askedMeanwhile), day, 'first', () => now);
    expect(await outcomeOf(day)).toMatchObject({ asked: 2, done: 2, found: 2 });
  });

  it('keep what somebody says while they are written', async () => {
    const day = await aDay([row('1')]);
    await carryOutComparison(over(store), day, 'first', () => now);
    await send(day, [row('1').replace('1.00', '1.01')]);
    await askForComparison(store, day, cause, at);
    const id = 'MISSING_HERE#P#1';
    let said = false;
    const saidMeanwhile: ComparingStore = {
      ...store,
      writeDifferences: async (...changes) => {
        if (!said) {
          said = true;
          await workDifference(store, day, id, explain, { note: 'known', by: 'operator', at });
        }
        return store.writeDifferences(...changes);
      },
    };
    await carryOutComparison(over(saidMeanwhile), day, 'second', () => now);
    expect((await store.readDifference(day, id))?.difference).toMatchObject({
      ...{ state: 'EXPLAINED', step: { note: 'known' }, found: { there: { amount: 101n } } },
    });
  });

  it('have the ledger as their third side: what it refused differs, until it is booked', async () => {
    const day = await aDay([row('1'), row('2')]);
    const { marketId } = day;
    const paid = (no: string) =>
      anOrder({ marketId, no: `${marketId} ${no}`, payments: [aPayment('1.00', { transactionId: no, fee: 1n })] });
    const write = (no: string) => {
      const records = changesOf([paid(no)]).map((change) => ({ ...change, at: '1' }));
      return takeChanges(journal.tools, new RoleAccounts(), `${marketId} ${no}`, records, now);
    };
    const postings = async () =>
      (await journal.itemsOf('POSTING')).filter((item) => item.marketId === marketId).map(postingFromPlain);
    await write('1');
    await bookPostings(journal.tools, new RoleAccounts(), await postings(), now);
    await carryOutComparison(over(store), day, 'first', () => now);
    const first = await store.readComparison(day);
    expect(first?.summary).toMatchObject({ differences: 1, ledger: { paid: 100n, refunded: 0n, fees: 1n } });

    const before = new Set((await postings()).map(({ id }) => id));
    await write('2');
    const fresh = (await postings()).filter(({ id }) => !before.has(id));
    const problem = ledgerProblems['account-closed'].with({ detail: 'It is closed.', accountId: 'acc_1' });
    const refusing: typeof journal.tools.ledger = {
      ...journal.tools.ledger,
      postTransfers: async (_, orders) => orders.map(() => ({ id: 'tr_1', outcome: 'REFUSED', problem })),
    };
    await bookPostings({ ...journal.tools, ledger: refusing }, new RoleAccounts(), fresh, now);
    await askForComparison(store, day, cause, at);
    await carryOutComparison(over(store), day, 'first', () => now);
    const found = (await store.listDifferences(day, { class: 'LEDGER_DIFFERS' }, { count: 9 })).differences;
    const bookings = [{ booking: fresh[0]?.id, journal: { amount: '0.99', currency: 'CNY' } }];
    expect(found.map((one) => presentDifference(one, 'CNY'))).toMatchObject([
      {
        class: 'LEDGER_DIFFERS',
        sums: { figure: 'fees', journal: { amount: '0.02' }, ledger: { amount: '0.01' }, bookings },
      },
      { class: 'LEDGER_DIFFERS', sums: { figure: 'paid', journal: { amount: '2.00' }, ledger: { amount: '1.00' } } },
    ]);

    await askAgain(journal.tools, new RoleAccounts(), minutesLater(1));
    await askForComparison(store, day, cause, at);
    await carryOutComparison(over(store), day, 'first', () => now);
    expect((await store.readComparison(day))?.summary).toMatchObject({ differences: 0, ledger: { paid: 200n } });
    expect(await store.readDifferences(day)).toEqual([]);
  });

  it('tell a payment whose posting nobody ever booked, and one that the ledger has with another amount', async () => {
    const day = await aDay([row('1')]);
    const { marketId } = day;
    const order = anOrder({ marketId, no: marketId, payments: [aPayment('1.00', { transactionId: '1', fee: 1n })] });
    const records = changesOf([order]).map((change) => ({ ...change, at: '1' }));
    await takeChanges(journal.tools, new RoleAccounts(), marketId, records, now);
    // The journal has posted it, and the record of the posting never reached who books.
    await carryOutComparison(over(store), day, 'first', () => now);
    const lost = await store.readComparison(day);
    expect(lost?.summary).toMatchObject({ booked: { paid: 100n, fees: 1n }, ledger: { paid: 0n, fees: 0n } });

    const [posting] = (await journal.itemsOf('POSTING')).filter((item) => item.marketId === marketId);
    if (!posting) throw new Error('It was posted.');
    const { legs, ...rest } = postingFromPlain(posting);
    const wrong = { ...rest, legs: legs.map((leg) => ({ ...leg, amount: leg.amount + 7n })) };
    await bookPostings(journal.tools, new RoleAccounts(), [wrong], now);
    await askForComparison(store, day, cause, at);
    await carryOutComparison(over(store), day, 'first', () => now);
    const found = (await store.listDifferences(day, { class: 'LEDGER_DIFFERS' }, { count: 9 })).differences;
    expect(found.map((one) => presentDifference(one, 'CNY'))).toMatchObject([
      {
        sums: {
          ...{ figure: 'paid', journal: { amount: '1.00' }, ledger: { amount: '1.07' } },
          bookings: [{ booking: wrong.id, journal: { amount: '0.99' }, ledger: { amount: '1.06' } }],
        },
      },
    ]);
  });

  it('are asked for again where the file of a day beside them comes in', async () => {
    const day = await aDay([row('1')]);
    const next = { ...day, businessDate: '2025-09-27' };
    await send(next, [row('2')]);
    await askAfterFile(store, next, cause, at);
    const asked = async (businessDate: string) => (await store.readComparison({ ...day, businessDate }))?.asked;
    expect([await asked('2025-09-26'), await asked('2025-09-27'), await asked('2025-09-28')]).toEqual([
      2,
      1,
      undefined,
    ]);
  });

  it('list differences by class and state, page after page', async () => {
    const day = await aDay(['1', '2', '3', '4', '5'].map(row));
    await carryOutComparison(over(store), day, 'first', () => now);
    await workDifference(store, day, 'MISSING_HERE#P#4', explain, { note: 'known', by: 'operator', at });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.listDifferences(
        day,
        { class: 'MISSING_HERE', state: 'OPEN' },
        { count: 2, ...(after !== undefined && { after }) },
      );
      seen.push(...page.differences.map(({ difference }) => difference.found.id.slice(-1)));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(['1', '2', '3', '5']);
    expect((await store.listDifferences(day, { class: 'LATE' }, { count: 9 })).differences).toEqual([]);
  });
});

/** A store whose process is killed instead of its write of that number: it writes no more. */
function dying(store: ComparingStore, stop: number): ComparingStore {
  let writes = 0;
  const counted = <Args extends unknown[]>(write: (...args: Args) => Promise<void>) => {
    return async (...args: Args) => {
      writes += 1;
      if (writes >= stop) throw new Error('killed');
      await write(...args);
    };
  };
  return {
    ...store,
    writeComparison: counted(store.writeComparison),
    writeDifferences: counted(store.writeDifferences),
  };
}
