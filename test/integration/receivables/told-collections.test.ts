import { describe, expect, it } from 'vitest';
import { assignException, settleException } from '../../../functions/receivables/exceptions/act-on-exception.ts';
import { allocateByHand } from '../../../functions/receivables/matches/allocate-by-hand.ts';
import { applyExplanation } from '../../../functions/receivables/matches/apply-explanation.ts';
import { decidedOf } from '../../../functions/receivables/matches/decided-receipt.ts';
import { refundReceipt } from '../../../functions/receivables/matches/refund-receipt.ts';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { receiptIdOfOrder } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { moneyAsOf } from '../../../functions/receivables/reports/money-as-of.ts';
import { sum } from '../../../shared/money/sum.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand } from './by-hand.ts';
import { eachTest } from './each-test.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  monday,
  receiptsWithBook,
  settle,
  theReceipt,
} from './receipts.ts';
import { orderId, type Told, tellingTo } from './telling.ts';

const tenant = 'demo';

/** Money that the collection tells of. Amounts in fen. */
describe.each(engines())('money that a collection brings, on $kind', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  quietLog();

  const { credit, collected, take, all } = tellingTo(() => receipts);

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

  it.each([
    ['as one', 100_000n, [100_000n], [100_000n, 100_000n], 0n],
    ['as one of which it is a part', 60_000n, [100_000n], [60_000n, 100_000n], 40_000n],
    ['as a part', 60_000n, [60_000n, 40_000n], [60_000n, 60_000n, 40_000n], 40_000n],
  ])(
    'that a report without its number told %s is flagged there, and counts once when that is dismissed',
    async (...row) => {
      const [, settled, first, kept, bank] = row;
      const { store } = receipts.tools;
      const details = (amounts: readonly bigint[], references: Record<string, string>) =>
        amounts.map((amount, at) => ({ amount, currency: 'CNY' as const, references: at === 0 ? references : {} }));
      const sent = (amounts: readonly bigint[], references = {}, told: Told = {}) =>
        amounts.length === 1
          ? credit(100_000n, { references, ...told })
          : credit(100_000n, { details: details(amounts, references), ...told });
      await take(sent(first));
      await take(collected(settled));
      await settle(receipts);
      const parts = settled === 100_000n ? [settled] : [settled, 100_000n - settled];
      for (let times = 0; times < 2; times++) {
        await take(sent(parts, { endToEndId: orderId }, { format: 'camt.054' }));
      }
      const byOrder = receiptIdOfOrder(tenant, orderId);
      const found = await all();
      expect(found.map(({ amount }) => amount).sort()).toEqual(kept.toSorted());
      const flagged = found.filter(({ noReceipt }) => noReceipt);
      expect(flagged.map(({ exception }) => exception?.note)).toEqual([
        expect.stringContaining('order of a collection'),
      ]);
      const [none] = flagged;
      if (!none || none.id === byOrder) throw new Error('The wrong receipt is flagged.');
      await actByHand(store, none, 'd1', step, async (before) => [
        {
          receipt: { next: dismissReceipt(before, { amount: settled, reason: '代收款' }, step), before },
          invoices: [],
        },
      ]);
      await settle(receipts);
      const expected = { clearing: settled, ...(bank > 0n && { bank }), unapplied: -settled - bank };
      expect(await balances(receipts)).toEqual(expected);
      expect(await disagreements(receipts)).toEqual([]);
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

  it('of which a part came back leaves the invoice paid where so much pays none', async () => {
    await keepCustomer(receipts);
    await keepInvoices(receipts, { amount: 60_000n });
    await take(collected(100_000n));
    await settle(receipts);
    const id = receiptIdOfOrder(tenant, orderId);
    expect(await theReceipt(receipts, { id })).toMatchObject({ allocated: 60_000n, onAccount: 40_000n });
    await take(collected(100_000n, 40_000n));
    await settle(receipts);
    expect(await theReceipt(receipts, { id })).toMatchObject({ allocated: 60_000n, onAccount: 0n, refunded: 40_000n });
    await take(collected(100_000n, 40_001n));
    await settle(receipts);
    const { matches } = await receipts.tools.store.readHistory(await theReceipt(receipts, { id }));
    expect(matches[0]?.undone).toBeDefined();
    expect((await theReceipt(receipts, { id })).refunded).toBe(40_001n);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that came back once nothing was left of it waits for somebody once, however often it is told again', async () => {
    await take(collected(100_000n));
    const id = receiptIdOfOrder(tenant, orderId);
    const before = await theReceipt(receipts, { id });
    const by = { at: monday.toISOString(), date: '2026-03-02', cause };
    const asked = { id: 'rfd_1', amount: 100_000n, fromOnAccount: 0n, reason: '多付' };
    const { receipt: next, refund } = refundReceipt(before, asked, by);
    const { store } = receipts.tools;
    await store.writeDecided({ receipt: { next, before }, invoices: [], refund });
    await take(collected(100_000n, 100_000n));
    expect((await theReceipt(receipts, { id })).exception?.reason).toBe('DUPLICATE');
    await assignException(store, { tenant, receiptId: id }, { note: '已问银行' }, by);
    await take(collected(100_000n, 100_000n));
    expect((await theReceipt(receipts, { id })).exception?.note).toBe('已问银行');
    await settleException(store, { tenant, receiptId: id }, by);
    await take(collected(100_000n, 100_000n));
    expect(await theReceipt(receipts, { id })).toMatchObject({ refunded: 100_000n });
    expect((await theReceipt(receipts, { id })).exception).toBeUndefined();
    await settle(receipts);
    expect(await disagreements(receipts)).toEqual([]);
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
});
