import { describe, expect, it } from 'vitest';
import { createReceipt } from '../../../functions/receivables/receipts/create-receipt.ts';
import { receiptIdOfNumber, receiptIdOfPayment } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { sameMoneyAs } from '../../../functions/receivables/receipts/same-money.ts';
import { takePaidOrder } from '../../../functions/receivables/receipts/take-paid-order.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { cause, entity } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
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
import { claimOf } from './support.ts';
import { tellerOf } from './telling.ts';

const tenant = 'demo';
const show = (minor: bigint) => presentAmount(minor, 'CNY');

interface Payment {
  readonly transactionId: string;
  readonly amount: bigint;
  readonly refunded?: bigint;
}

/** As settlement tells that the order SO-1 of the entity's market is paid, or that a refund of it went on. Amounts in fen. */
function told(payments: readonly Payment[], references: Record<string, string> = {}): DomainEvent {
  const isRefunded = payments.some(({ refunded }) => refunded !== undefined);
  const type = isRefunded ? 'settlement.order-refund-changed.v1' : 'settlement.order-paid.v1';
  const data = {
    ...{ orderNo: 'SO-1', marketId: 'mkt_ours', references },
    payments: payments.map(({ transactionId, amount, refunded = 0n }) => ({
      ...{ channelId: 'wechat', transactionId, amount: show(amount), refunded: show(refunded) },
      businessDate: '2026-03-02',
    })),
  };
  return { id: `evt_${type}`, type, tenant, occurredAt: monday.toISOString(), subject: 'SO-1', actor: cause, data };
}

const idOf = (transactionId: string) => ({ id: receiptIdOfPayment(tenant, 'SO-1', 'wechat', transactionId) });

describe.each(engines())('money that an order of a market brings, on $kind', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  quietLog();
  const take = (event: DomainEvent) => takePaidOrder(receipts.tools, event, monday);
  const all = async () => (await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 50 })).receipts;

  it('is a receipt for each payment, on the account of what channels owe, and pays the invoice that the order names', async () => {
    await keepCustomer(receipts);
    const [invoice] = await keepInvoices(receipts, {});
    const event = told(
      [
        { transactionId: 'T-1', amount: 60_000n },
        { transactionId: 'T-2', amount: 40_000n },
      ],
      { invoice: 'FP-2026-0001' },
    );
    for (const one of [event, event]) {
      await take(one);
      await settle(receipts);
    }
    const found = (await all()).map(({ amount, allocated, sources, customerId }) => {
      return [amount, allocated, sources.map(({ kind, id }) => `${kind} ${id}`), customerId];
    });
    expect(found.sort()).toEqual([
      [40_000n, 40_000n, ['ORDER SO-1'], invoice?.customerId],
      [60_000n, 60_000n, ['ORDER SO-1'], invoice?.customerId],
    ]);
    expect(await balances(receipts)).toEqual({ channels: 100_000n, revenue: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('goes back with what the channel gave back, told in any order and again', async () => {
    await keepCustomer(receipts);
    await keepInvoices(receipts, {});
    const paid = [{ transactionId: 'T-1', amount: 100_000n }];
    const refunded = (minor: bigint) => paid.map((payment) => ({ ...payment, refunded: minor }));
    const invoice = { invoice: 'FP-2026-0001' };
    const events = [refunded(0n), refunded(30_000n), paid, refunded(100_000n), refunded(30_000n)];
    for (const payments of events) {
      await take(told(payments, invoice));
      await settle(receipts);
    }
    const receipt = await theReceipt(receipts, idOf('T-1'));
    expect([receipt.allocated, receipt.refunded, receipt.exception]).toEqual([0n, 100_000n, undefined]);
    // The customer owes all of it again.
    expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
    const { refunds } = await receipts.tools.store.readHistory(receipt);
    expect(refunds.map(({ amount }) => amount).sort()).toEqual([30_000n, 70_000n]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('is not what the channel pays out later: that is a receipt from the channel, and what it owed is its balance', async () => {
    await take(told([{ transactionId: 'T-1', amount: 100_000n }]));
    await tellerOf(receipts).take(tellerOf(receipts).credit(99_400n, { counterparty: { name: '微信支付' } }));
    await settle(receipts);
    expect((await all()).map(({ amount, cashAccountId }) => [amount, cashAccountId]).sort()).toEqual([
      [100_000n, receipts.accounts.channels],
      [99_400n, receipts.accounts.bank],
    ]);
    expect(await balances(receipts)).toEqual({ channels: 100_000n, bank: 99_400n, unapplied: -199_400n });
  });

  it('is nobody’s receipt where the book does not name what channels owe; what is one already is still taken back', async () => {
    const { store } = receipts.tools;
    await take(told([{ transactionId: 'T-1', amount: 100_000n }]));
    const book = await store.readBook(tenant, { legalEntity: entity, currency: 'CNY' });
    if (!book) throw new Error('There is a book.');
    const { channels: _, ...accounts } = book.accounts;
    await store.writeBook({ ...book, accounts, revision: 2 });
    const after = [
      { transactionId: 'T-1', amount: 100_000n, refunded: 100_000n },
      { transactionId: 'T-2', amount: 5_000n },
    ];
    await take(told(after));
    expect((await all()).map(({ id, refunded }) => [id, refunded])).toEqual([[idOf('T-1').id, 100_000n]]);
  });

  it('and that somebody tells of by hand too pays one invoice: what was told second waits', async () => {
    const { id: customerId } = await keepCustomer(receipts);
    await keepInvoices(receipts, { customerId }, { customerId, number: 'FP-2026-0002', dueOn: '2026-04-30' });
    await take(told([{ transactionId: 'T-1', amount: 100_000n }], { invoice: 'FP-2026-0001' }));
    await settle(receipts);
    const id = receiptIdOfNumber(tenant, 'SK-1');
    const draft = {
      ...{ number: 'SK-1', legalEntity: entity, currency: 'CNY' as const, amount: 100_000n, paidOn: '2026-03-02' },
      ...{ payer: { name: '江南机械厂有限公司' }, texts: ['FP-2026-0002'], references: {} },
    };
    await createReceipt(receipts.tools, tenant, draft, claimOf('createReceipt', 'k1', id));
    await settle(receipts);
    const [order, hand] = [await theReceipt(receipts, idOf('T-1')), await theReceipt(receipts, { id })];
    expect([order.allocated, hand.allocated, hand.exception?.reason]).toEqual([100_000n, 0n, 'DUPLICATE']);
    expect(await sameMoneyAs(receipts.tools.store, hand)).toEqual([order.id]);
  });

  it('is nothing while the order is not paid', async () => {
    await take(told([]));
    expect(await all()).toEqual([]);
  });
});
