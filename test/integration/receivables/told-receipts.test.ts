import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../functions/ledger/published.ts';
import { askAgain } from '../../../functions/receivables/booking/ask-again.ts';
import { isWaiting } from '../../../functions/receivables/booking/refused-booking.ts';
import { allocateByHand } from '../../../functions/receivables/matches/allocate-by-hand.ts';
import { applyExplanation } from '../../../functions/receivables/matches/apply-explanation.ts';
import { decidedOf } from '../../../functions/receivables/matches/decided-receipt.ts';
import { refundReceipt } from '../../../functions/receivables/matches/refund-receipt.ts';
import {
  receiptIdOfCredit,
  receiptIdOfDetail,
  receiptIdOfOrder,
} from '../../../functions/receivables/receipts/receipt-draft.ts';
import { takeCollection } from '../../../functions/receivables/receipts/take-collection.ts';
import { takeCredit } from '../../../functions/receivables/receipts/take-credit.ts';
import { moneyAsOf } from '../../../functions/receivables/reports/money-as-of.ts';
import { receiptRecorded } from '../../../functions/statements/events.ts';
import { entryId, type StoredEntry } from '../../../functions/statements/stored-entry.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { EntryDetail, StatementEntry } from '../../../shared/formats/statement-events.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { entry } from '../../functions/statements/pages.ts';
import { engines } from '../../support/engines.ts';
import {
  balances,
  disagreements,
  hashNumber,
  keepCustomer,
  keepInvoices,
  keepVirtualAccount,
  monday,
  receiptsOn,
  settle,
  type TestReceipts,
  theReceipt,
  writeBook,
} from './receipts.ts';

const tenant = 'demo';
const orderId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001';

interface Told extends Partial<StatementEntry> {
  readonly format?: StoredStatement['format'];
}

/** Money that others tell of. Amounts in fen. */
describe.each(engines())('money that is told of, on $kind', (engine) => {
  let receipts: TestReceipts;
  beforeAll(() => setLogSink(() => {}));
  beforeEach(async () => {
    receipts = await receiptsOn(engine);
    await writeBook(receipts);
  });
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));

  /** The event of one entry, made as the statements make it. */
  function credit(minor: bigint, { format = 'camt.053', ...more }: Told = {}): DomainEvent<{ creditKey: string }> {
    const statement = {
      tenant,
      id: `stm_${format}`,
      format,
      accountId: receipts.accounts.bank,
      importedAt: monday.toISOString(),
      importedBy: cause,
    };
    const { index: _, ...facts } = entry(minor, { currency: 'CNY', bankReference: 'B-1', ...more });
    const stored: StoredEntry = {
      ...facts,
      id: entryId(statement.id, 1),
      sequence: 1,
      detailsCount: facts.details.length,
    };
    return receiptRecorded(statement as unknown as StoredStatement, stored, hashNumber) as DomainEvent<{
      creditKey: string;
    }>;
  }

  const detail = (amount: bigint, more: Partial<EntryDetail> = {}): EntryDetail => ({
    amount,
    currency: 'CNY',
    references: {},
    ...more,
  });

  function collected(settled: bigint, returned?: bigint): DomainEvent {
    const show = (minor: bigint) => presentAmount(minor, 'CNY');
    receipts.orders.set(orderId, { orderId, mandateId: 'man_1' });
    const type = returned === undefined ? 'collection.item-settled.v1' : 'collection.item-returned.v1';
    const one = {
      orderId,
      businessDate: '2026-03-02',
      settled: show(settled),
      ...(returned && { returned: show(returned) }),
    };
    const data = {
      batchId: 'cb_1',
      line: 1,
      mandateId: 'man_1',
      references: { invoice: 'FP-2026-0001' },
      tries: [one],
    };
    return { id: `evt_${type}`, type, tenant, occurredAt: monday.toISOString(), subject: 'cb_1', actor: cause, data };
  }

  const take = (event: DomainEvent, at = monday) =>
    (event.type.startsWith('statements') ? takeCredit : takeCollection)(receipts.tools, event, at);
  const whole = (event: DomainEvent<{ creditKey: string }>) => ({
    id: receiptIdOfCredit(tenant, event.data.creditKey),
  });
  const all = async () => (await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 50 })).receipts;

  it('is one receipt, though camt.054, MT942 and camt.053 tell of it, twice and in any order', async () => {
    const events = [
      credit(100_000n, { format: 'MT942' }),
      credit(100_000n, {
        format: 'camt.054',
        remittance: 'Rechnung 17',
        counterparty: { name: '江南机械厂', account: '6222021234567890123' },
      }),
      credit(100_000n),
    ] as const;
    for (const event of [...events, ...events.toReversed()]) await take(event);
    const receipt = await theReceipt(receipts, whole(events[0]));
    expect(await all()).toEqual([receipt]);
    expect(receipt.sources.map(({ kind, id }) => [kind, id])).toEqual(
      ['MT942', 'camt.054', 'camt.053'].map((format) => ['STATEMENT', entryId(`stm_${format}`, 1)]),
    );
    expect(receipt).toMatchObject({ texts: ['Rechnung 17'], payer: { name: '江南机械厂', account: '****0123' } });
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
  });

  it('of a batch credit is a receipt for each transaction where they add up to it; whoever tells of it again adds nothing', async () => {
    const details = [detail(60_000n, { remittance: 'FP-1' }), detail(40_000n, { remittance: 'FP-2' })];
    const event = credit(100_000n, { format: 'camt.054', details });
    await take(event);
    await take(event);
    await take(credit(100_000n));
    const ids = [0, 1].map((place) => receiptIdOfDetail(tenant, event.data.creditKey, place));
    expect((await all()).map(({ id, amount, texts }) => [id, amount, ...texts]).sort()).toEqual(
      [
        [ids[0], 60_000n, 'FP-1'],
        [ids[1], 40_000n, 'FP-2'],
      ].sort(),
    );
  });

  it('of a batch credit is one receipt where its transactions do not add up to it, or another told of it as one before', async () => {
    const short = credit(100_000n, { details: [detail(60_000n), detail(30_000n)] });
    await take(short);
    expect((await all()).map(({ amount }) => amount)).toEqual([100_000n]);
    await take(credit(70_000n, { bankReference: 'B-2' }));
    const parts = [detail(30_000n, { remittance: 'FP-3' }), detail(40_000n)];
    const later = credit(70_000n, { bankReference: 'B-2', format: 'camt.054', details: parts });
    await take(later);
    expect(await theReceipt(receipts, whole(later))).toMatchObject({ amount: 70_000n, texts: ['FP-3'] });
    expect((await all()).length).toBe(2);
  });

  it('on an account that a pool books, or in another currency than its account, lies on the cash account of the book', async () => {
    const { ledger } = receipts.tools;
    const book = { bookId: 'pool_1', role: 'REAL' } as unknown as NonNullable<LedgerAccount['book']>;
    const readAccounts: typeof ledger.readAccounts = async (of, ids) => {
      const found = await ledger.readAccounts(of, ids);
      return new Map([...found].map(([id, account]) => [id, { ...account, book }]));
    };
    await takeCredit({ ...receipts.tools, ledger: { ...ledger, readAccounts } }, credit(100_000n), monday);
    await take(credit(500n, { currency: 'USD', bankReference: 'B-2' }));
    expect((await all()).map(({ currency, cashAccountId }) => [currency, cashAccountId]).sort()).toEqual([
      ['CNY', undefined],
      ['USD', undefined],
    ]);
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
  });

  it('to a virtual account is its customer’s; where two are named, or a closed one, it says nothing', async () => {
    const customer = await keepCustomer(receipts);
    const numbers = ['9558801001000317', '9558801001000318', '9558801001000319'] as const;
    for (const number of numbers)
      await keepVirtualAccount(receipts, number, number.endsWith('9') ? 'CLOSED' : 'ACTIVE');
    await keepInvoices(receipts, {});
    const [to, both, closed] = [
      credit(100_000n, { remittance: `到账 ${numbers[0]}` }),
      credit(200_000n, { remittance: `${numbers[0]} ${numbers[1]}` }),
      credit(300_000n, { remittance: numbers[2] }),
    ];
    for (const event of [to, both, closed]) await take(event);
    await settle(receipts);
    expect(await theReceipt(receipts, whole(to))).toMatchObject({ allocated: 100_000n, customerId: customer.id });
    for (const event of [both, closed]) {
      const receipt = await theReceipt(receipts, whole(event));
      expect([receipt.virtualAccountKey, receipt.exception?.reason]).toEqual([undefined, 'UNKNOWN_PAYER']);
    }
  });

  it('is no receipt where it is a debit of ours that was reversed', async () => {
    await take(credit(100_000n, { reversal: true }));
    expect(await all()).toEqual([]);
  });

  it.each([
    ['the statement', true],
    ['the collection', false],
  ])(
    'by file and by callback is one receipt on the clearing account, though %s comes first',
    async (_, statementFirst) => {
      const settled = collected(100_000n);
      const event = credit(100_000n, { references: { endToEndId: orderId } });
      for (const one of statementFirst ? [event, settled, event] : [settled, event, settled]) await take(one);
      const receipt = await theReceipt(receipts, { id: receiptIdOfOrder(tenant, orderId) });
      expect(await all()).toEqual([receipt]);
      expect(receipt.sources.map(({ kind }) => kind).sort()).toEqual(['COLLECTION', 'STATEMENT']);
      expect(receipt).toMatchObject({ references: { invoice: 'FP-2026-0001' }, payer: { name: '江南机械厂有限公司' } });
      await settle(receipts);
      expect(await balances(receipts)).toEqual({ clearing: 100_000n, unapplied: -100_000n });
    },
  );

  it('of a collection pays what its references name, and comes back when the bank takes it back', async () => {
    await keepCustomer(receipts);
    const [invoice] = await keepInvoices(receipts, {});
    await take(collected(100_000n));
    await settle(receipts);
    const id = receiptIdOfOrder(tenant, orderId);
    const paid = await theReceipt(receipts, { id });
    expect([paid.allocated, paid.customerId, paid.exception]).toEqual([100_000n, invoice?.customerId, undefined]);
    expect(await balances(receipts)).toEqual({ clearing: 100_000n, revenue: -100_000n });
    const event = collected(100_000n, 100_000n);
    for (let times = 0; times < 2; times++) {
      await take(event);
      await settle(receipts);
      const receipt = await theReceipt(receipts, { id });
      expect([receipt.allocated, receipt.refunded, receipt.exception]).toEqual([0n, 100_000n, undefined]);
      expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
      expect(await disagreements(receipts)).toEqual([]);
    }
    const { matches } = await receipts.tools.store.readHistory(await theReceipt(receipts, { id }));
    expect(matches.map(({ rule, undone }) => [rule, undone?.reason.slice(0, 2)])).toEqual([['REFERENCE', '退汇']]);
  });

  it('of which a part came back pays with the rest what that fits', async () => {
    await keepCustomer(receipts);
    await keepInvoices(receipts, { references: {}, number: 'FP-2026-0777' });
    await take(credit(130_000n, { references: {}, counterparty: { name: '江南机械厂有限公司' } }));
    await settle(receipts);
    const [before] = await all();
    if (!before) throw new Error('There is one.');
    expect([before.allocated, before.onAccount]).toEqual([0n, 0n]);
    const by = { at: monday.toISOString(), date: '2026-03-02', cause };
    const asked = { id: 'rfd_1', amount: 30_000n, fromOnAccount: 0n, reason: '多付' };
    const { receipt: next, refund } = refundReceipt(before, asked, by);
    await receipts.tools.store.writeDecided({ receipt: { next, before }, invoices: [], refund });
    await settle(receipts);
    const after = await theReceipt(receipts, before);
    expect([after.allocated, after.refunded, after.exception]).toEqual([100_000n, 30_000n, undefined]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that came back after some of it was given back from on account opens the invoice, and tells of that part alone', async () => {
    const { store } = receipts.tools;
    const customer = await keepCustomer(receipts);
    const [invoice] = await keepInvoices(receipts, {});
    await take(collected(150_000n));
    const id = receiptIdOfOrder(tenant, orderId);
    const came = await theReceipt(receipts, { id });
    const by = { at: monday.toISOString(), date: '2026-03-02', cause };
    const named = [{ invoiceId: invoice?.id ?? '', amount: 100_000n }];
    const use = allocateByHand({ customerId: customer.id, invoices: named, onAccount: 50_000n, from: 'UNAPPLIED' });
    const invoices = await store.readInvoices(tenant, receipts.invoiceIds);
    await store.writeDecided(decidedOf(applyExplanation(came, invoices, use, by), { receipt: came, invoices }));
    const used = await theReceipt(receipts, { id });
    const asked = { id: 'rfd_1', amount: 50_000n, fromOnAccount: 50_000n, reason: '多付' };
    const { receipt: next, refund } = refundReceipt(used, asked, by);
    await store.writeDecided({ receipt: { next, before: used }, invoices: [], refund });
    await settle(receipts);
    for (let times = 0; times < 2; times++) {
      await take(collected(150_000n, 150_000n));
      await settle(receipts);
      const { allocated, onAccount, refunded, exception } = await theReceipt(receipts, { id });
      expect([allocated, onAccount, refunded, exception?.reason]).toEqual([0n, 0n, 150_000n, 'DUPLICATE']);
      expect(exception?.note).toContain(' 500.00 CNY');
      // 1,000.00 are owed again, and of the 1,500.00 that came nothing is left.
      expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
      expect(await disagreements(receipts)).toEqual([]);
    }
    const history = await store.readHistory(await theReceipt(receipts, { id }));
    const today = moneyAsOf(await theReceipt(receipts, { id }), history, '2026-03-02');
    expect(sum(today.map(({ onAccount }) => onAccount))).toBe(0n);
  });

  it('by one order that comes in several times is a receipt each time, told in any order, by several, and again', async () => {
    const ids = [1, 2, 3].map((place) => receiptIdOfOrder(tenant, orderId, place));
    for (const settled of [40_000n, 70_000n, 40_000n, 100_000n, 70_000n]) await take(collected(settled));
    await Promise.all([100_000n, 100_000n].map((settled) => take(collected(settled))));
    await take(credit(40_000n, { references: { endToEndId: orderId } }));
    const amounts = (await all()).map(({ id, amount, sources }) => [ids.indexOf(id), amount, sources.length]).sort();
    expect(amounts).toEqual([
      [0, 40_000n, 2],
      [1, 30_000n, 1],
      [2, 30_000n, 1],
    ]);
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ clearing: 100_000n, unapplied: -100_000n });
  });

  it('by one order that came in twice comes back from both', async () => {
    for (const settled of [40_000n, 100_000n]) await take(collected(settled));
    for (const returned of [30_000n, 60_000n, 30_000n]) await take(collected(100_000n, returned));
    const [first, second] = [1, 2].map((place) => ({ id: receiptIdOfOrder(tenant, orderId, place) }));
    if (!first || !second) throw new Error('There are two.');
    expect((await theReceipt(receipts, first)).refunded).toBe(40_000n);
    expect((await theReceipt(receipts, second)).refunded).toBe(20_000n);
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ clearing: 40_000n, unapplied: -40_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('by an order of which a statement told a part first is a receipt for the rest', async () => {
    const settled = collected(100_000n);
    await take(credit(40_000n, { references: { endToEndId: orderId } }));
    await take(settled);
    expect((await all()).map(({ amount }) => amount).sort()).toEqual([40_000n, 60_000n]);
  });

  it('that came back before it was said to have come is kept and given back; the late word changes nothing', async () => {
    await take(collected(100_000n, 30_000n));
    await take(collected(100_000n));
    await settle(receipts);
    const receipt = await theReceipt(receipts, { id: receiptIdOfOrder(tenant, orderId) });
    expect([receipt.amount, receipt.refunded, receipt.exception?.reason]).toEqual([100_000n, 30_000n, 'UNKNOWN_PAYER']);
    expect(await balances(receipts)).toEqual({ clearing: 70_000n, unapplied: -70_000n });
  });

  it('that came back in parts is given back by as much as came back, told in any order and again', async () => {
    await take(collected(100_000n, 30_000n));
    const id = receiptIdOfOrder(tenant, orderId);
    for (const returned of [70_000n, 30_000n, 100_000n, 70_000n, 100_000n]) await take(collected(100_000n, returned));
    await settle(receipts);
    const receipt = await theReceipt(receipts, { id });
    expect([receipt.refunded, receipt.exception]).toEqual([100_000n, undefined]);
    const { refunds } = await receipts.tools.store.readHistory(receipt);
    expect(refunds.map(({ amount }) => amount).sort()).toEqual([30_000n, 30_000n, 40_000n]);
    expect(await balances(receipts)).toEqual({});
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that came back though matching took it for a duplicate is given back', async () => {
    await take(collected(100_000n));
    const { store } = receipts.tools;
    const before = await theReceipt(receipts, { id: receiptIdOfOrder(tenant, orderId) });
    const asked = { id: 'rfd_1', amount: 40_000n, fromOnAccount: 0n, reason: '多付' };
    const by = { at: monday.toISOString(), date: '2026-03-02', cause };
    const { receipt, refund } = refundReceipt(before, asked, by);
    const next = { ...receipt, exception: { reason: 'DUPLICATE' as const, since: by.at } };
    await store.writeDecided({ receipt: { next, before }, invoices: [], refund });
    for (let times = 0; times < 2; times++) {
      await take(collected(100_000n, 100_000n));
      const returned = await theReceipt(receipts, before);
      expect([returned.refunded, returned.exception?.reason]).toEqual([100_000n, 'DUPLICATE']);
      expect(returned.exception?.note).toContain('400.00 CNY');
    }
  });

  it('of an entity without a book is kept and flagged, and booked once there is one', async () => {
    const bare = await receiptsOn(engine);
    receipts = bare;
    const event = credit(100_000n);
    await take(event);
    await settle(bare);
    expect(await balances(bare)).toEqual({});
    const { id } = whole(event);
    expect((await bare.tools.store.readRefused(tenant, [id])).get(id)).toMatchObject({
      code: 'receivables/book-not-found',
      attempt: 1,
    });
    await askAgain(bare.tools, monday);
    expect(await balances(bare)).toEqual({});
    await writeBook(bare);
    await settle(bare);
    expect(await balances(bare)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    const refused = (await bare.tools.store.readRefused(tenant, [id])).get(id);
    expect(refused && isWaiting(refused)).toBe(false);
    await askAgain(bare.tools, monday);
    expect(await balances(bare)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(bare)).toEqual([]);
  });
});
