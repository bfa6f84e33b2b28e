import { beforeEach, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { openOf } from '../../../functions/receivables/invoices/invoice.ts';
import { presentReceipt } from '../../../functions/receivables/receipts/present-receipt.ts';
import { receiptIdOfNetting } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { takeNetted } from '../../../functions/receivables/receipts/take-netted.ts';
import { settledEvent, tuesday } from '../../functions/netting/telling/told-by-netting.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { unmatchByHand } from './by-hand.ts';
import {
  balances,
  disagreements,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithCustomer,
  settle,
  type TestReceipts,
} from './receipts.ts';

const tenant = 'demo';

/** Amounts in fen. */
describe.each(engines())('invoices that a netting cycle pays, on $kind', (engine) => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithCustomer(engine);
  });
  const take = (...told: Parameters<typeof settledEvent>) =>
    takeNetted(receipts.tools.store, settledEvent(...told), monday);
  const invoiceOf = async (id: string) => {
    const invoice = await receipts.tools.store.readInvoice(tenant, id);
    if (!invoice) throw new Error(`There is no invoice ${id}.`);
    return invoice;
  };
  const receiptOf = (invoiceId: string, cycleId = tuesday) =>
    receipts.tools.store.readReceipt(tenant, receiptIdOfNetting(tenant, cycleId, `INVOICES/${invoiceId}`));

  it('are paid to the fen, each by a receipt of its own, and the books agree', async () => {
    const [one, two] = await keepInvoices(receipts, {}, { number: 'FP-2', amount: 250_000n });
    await settle(receipts);
    await take('INVOICES', [
      [one?.id ?? '', 100_000n],
      [two?.id ?? '', 250_000n],
    ]);
    const changes = await settle(receipts);
    expect(openOf(await invoiceOf(one?.id ?? ''))).toBe(0n);
    expect(openOf(await invoiceOf(two?.id ?? ''))).toBe(0n);
    const receipt = await receiptOf(two?.id ?? '');
    if (!receipt) throw new Error('A receipt was to be kept.');
    expect(presentReceipt(receipt)).toMatchObject({
      ...{ state: 'MATCHED', amount: { amount: '2500.00' }, allocated: { amount: '2500.00' }, paidOn: '2026-04-02' },
      ...{
        sources: [{ kind: 'NETTING', id: tuesday }],
        references: { nettingCycleId: tuesday },
        customerId: two?.customerId,
      },
    });
    expect((await receipts.tools.store.readHistory(receipt)).matches).toMatchObject([{ rule: 'NETTING' }]);
    expect(await balances(receipts)).toEqual({ cash: 350_000n, revenue: -350_000n });
    expect(await disagreements(receipts)).toEqual([]);
    const told = changes.flatMap(toEvents).map(({ type }) => type);
    expect(told.filter((type) => type === 'receivables.invoice-paid.v1')).toHaveLength(2);
  });

  it('count once, told twice, at once and in other pages; a later cycle pays another part', async () => {
    const [one] = await keepInvoices(receipts, {});
    const id = one?.id ?? '';
    const rows = [[id, 40_000n]] as const;
    await Promise.all([take('INVOICES', rows), take('INVOICES', rows), take('INVOICES', rows, { name: '2-0' })]);
    await take('INVOICES', rows);
    expect(openOf(await invoiceOf(id))).toBe(60_000n);
    await take('INVOICES', [[id, 60_000n]], { cycleId: 'cyc_group_2026-04-01' });
    expect(openOf(await invoiceOf(id))).toBe(0n);
    await settle(receipts);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('leave what was paid otherwise since the cut-off on account, in part and in whole', async () => {
    const [one, two] = await keepInvoices(receipts, {}, { number: 'FP-2026-0002' });
    await settle(receipts);
    await keepReceipt(receipts, { payer: {}, texts: ['支付发票 FP-2026-0001 货款'] });
    await settle(receipts);
    expect(openOf(await invoiceOf(one?.id ?? ''))).toBe(0n);
    await keepReceipt(receipts, {
      id: 'rcp_part',
      amount: 30_000n,
      payer: {},
      texts: ['支付发票 FP-2026-0002 部分货款'],
    });
    await settle(receipts);
    expect(openOf(await invoiceOf(two?.id ?? ''))).toBe(70_000n);
    await take('INVOICES', [
      [one?.id ?? '', 100_000n],
      [two?.id ?? '', 100_000n],
    ]);
    await settle(receipts);
    expect(await receiptOf(one?.id ?? '')).toMatchObject({ allocated: 0n, onAccount: 100_000n });
    expect(await receiptOf(two?.id ?? '')).toMatchObject({ allocated: 70_000n, onAccount: 30_000n });
    expect(await balances(receipts)).toEqual({ cash: 330_000n, revenue: -200_000n, onAccount: -130_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('stay open where somebody has undone the match, told again too', async () => {
    const [one] = await keepInvoices(receipts, {});
    const id = one?.id ?? '';
    await take('INVOICES', [[id, 100_000n]]);
    await settle(receipts);
    const receipt = await receiptOf(id);
    if (!receipt) throw new Error('A receipt was to be kept.');
    await unmatchByHand(receipts.tools.store, receipt, step);
    expect(openOf(await invoiceOf(id))).toBe(100_000n);
    await take('INVOICES', [[id, 100_000n]]);
    expect(openOf(await invoiceOf(id))).toBe(100_000n);
    expect(await receiptOf(id)).toMatchObject({ allocated: 0n, onAccount: 0n });
  });

  it('are tried one by one: one that there is not keeps the others from nothing, and is told again', async () => {
    const [one] = await keepInvoices(receipts, {});
    const told = take('INVOICES', [
      ['inv_none', 1n],
      [one?.id ?? '', 100_000n],
    ]);
    await expect(told).rejects.toMatchObject({ errors: { length: 1 } });
    expect(openOf(await invoiceOf(one?.id ?? ''))).toBe(0n);
  });

  it('are not touched by what other sources are told', async () => {
    const [one] = await keepInvoices(receipts, {});
    await take('POOL_LOANS', [[one?.id ?? '', 100_000n]]);
    expect(openOf(await invoiceOf(one?.id ?? ''))).toBe(100_000n);
  });
});
