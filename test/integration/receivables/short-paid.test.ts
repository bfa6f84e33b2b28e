import { beforeEach, describe, expect, it } from 'vitest';
import { assignException, settleException } from '../../../functions/receivables/exceptions/act-on-exception.ts';
import { reviewAllShortPaid } from '../../../functions/receivables/exceptions/review-short-paid.ts';
import { reduce } from '../../../functions/receivables/invoices/act-on-invoice.ts';
import { matchToPlain } from '../../../functions/receivables/matches/match-items.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { workOff } from '../../../functions/receivables/work-off.ts';
import { batchWriter } from '../../../shared/dynamo/batch-writer.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { unmatchByHand } from './by-hand.ts';
import {
  disagreements,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithCustomer,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';

const tenant = 'demo';
const known = { name: '江南机械厂有限公司' };

/** An invoice of 1,000.00. Amounts in fen. */
describe.each(engines())('receipts that paid too little, on $kind', (engine) => {
  let receipts: TestReceipts;
  let first: Receipt;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithCustomer(engine);
    await keepInvoices(receipts, {});
    first = await pay('SK-1', 60_000n);
    await assignException(
      receipts.tools.store,
      { tenant, receiptId: first.id },
      { assignee: '李会计', note: '客户说下周补' },
      step,
    );
    await settle(receipts);
  });

  async function pay(number: string, amount: bigint): Promise<Receipt> {
    const receipt = await keepReceipt(receipts, { number, amount, payer: known, texts: ['FP-2026-0001'] });
    await settle(receipts);
    return receipt;
  }
  const unmatch = (receipt: Receipt) => unmatchByHand(receipts.tools.store, receipt, step);
  async function credit(amount: bigint): Promise<void> {
    const [invoiceId = ''] = receipts.invoiceIds;
    const asked = { kind: 'CREDIT_NOTE', currency: 'CNY', amount, number: 'HZ-1', reason: '退货' } as const;
    const claim = { operation: 'credit', key: 'c', fingerprint: 'c', id: 'crn_1', at: step.at, cause };
    const which = { tenant, invoiceId };
    await reduce(receipts.tools.store, which, { ...asked, date: '2026-03-02' }, () => 'crn_1', claim);
    await settle(receipts);
  }
  const exceptionOf = async (of: Receipt) => (await theReceipt(receipts, of)).exception;
  const exception = {
    ...{ reason: 'SHORT_PAID', since: monday.toISOString() },
    ...{ assignee: '李会计', note: '客户说下周补' },
  };

  it('wait again with whoever had them when the payment of the rest is undone, though all of it is told twice', async () => {
    expect(await exceptionOf(first)).toEqual(exception);
    const rest = await pay('SK-2', 40_000n);
    expect(await exceptionOf(first)).toBeUndefined();
    await unmatch(rest);
    const told = await settle(receipts);
    expect(await exceptionOf(first)).toEqual(exception);
    expect((await exceptionOf(rest))?.reason).not.toBe('SHORT_PAID');
    await workOff(receipts.tools, [...told, ...told.toReversed()], monday);
    expect(await exceptionOf(first)).toEqual(exception);
    await pay('SK-3', 40_000n);
    expect(await exceptionOf(first)).toBeUndefined();
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('wait again too where a credit note closed the invoice and a part of what paid it is undone', async () => {
    const second = await pay('SK-2', 30_000n);
    expect((await exceptionOf(second))?.reason).toBe('SHORT_PAID');
    await credit(10_000n);
    expect([await exceptionOf(first), await exceptionOf(second)]).toEqual([undefined, undefined]);
    await unmatch(second);
    await settle(receipts);
    expect(await exceptionOf(first)).toEqual(exception);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that are undone themselves wait as money to be used', async () => {
    const rest = await pay('SK-2', 40_000n);
    await unmatch(first);
    await settle(receipts);
    const undone = await theReceipt(receipts, first);
    expect([undone.exception?.reason === 'SHORT_PAID', undone.settled]).toEqual([false, undefined]);
    // What paid the rest had never paid too little.
    expect(await exceptionOf(rest)).toBeUndefined();
  });

  it('are settled by the daily work where the payment of the rest did not lead to them', async () => {
    const { store } = receipts.tools;
    const blind = { ...receipts.tools, store: { ...store, listMatchesOf: async () => [] } };
    await keepReceipt(receipts, { number: 'SK-2', amount: 40_000n, payer: known, texts: ['FP-2026-0001'] });
    await settle(receipts, blind);
    expect(await exceptionOf(first)).toEqual(exception);
    for (let times = 0; times < 2; times++) await reviewAllShortPaid(store, tenant, monday);
    expect(await theReceipt(receipts, first)).toMatchObject({ settled: exception });
    expect(await exceptionOf(first)).toBeUndefined();
  });

  /** So many later matches of the same customer, as their history would have them. */
  async function laterMatches(count: number): Promise<void> {
    const { client, table, tools } = receipts;
    const [made] = (await tools.store.readMatches([await theReceipt(receipts, first)])).get(first.id) ?? [];
    if (!made) throw new Error('It has no match.');
    const writer = batchWriter(client, table);
    for (let place = 1; place <= count; place++) {
      const facts = { id: `mat_${place}`, receiptId: `rcp_${place}`, date: '2026-03-09', allocations: [] };
      await writer.put(matchToPlain({ ...made, ...facts }));
    }
    await writer.finish();
  }

  it('wait again though much happened with the customer since', async () => {
    const rest = await pay('SK-2', 40_000n);
    expect(await exceptionOf(first)).toBeUndefined();
    await laterMatches(201);
    await receipts.changes();
    await unmatch(rest);
    await settle(receipts);
    expect(await exceptionOf(first)).toEqual(exception);
  });

  it('wait again by the daily work where what was undone did not lead to them', async () => {
    const { store } = receipts.tools;
    const blind = { ...receipts.tools, store: { ...store, forMatchesSince: async () => true } };
    const rest = await pay('SK-2', 40_000n);
    await unmatch(rest);
    await settle(receipts, blind);
    expect(await exceptionOf(first)).toBeUndefined();
    for (let times = 0; times < 2; times++) await reviewAllShortPaid(store, tenant, monday);
    expect(await exceptionOf(first)).toEqual(exception);
  });

  it('and were settled by somebody stay settled', async () => {
    await settleException(receipts.tools.store, { tenant, receiptId: first.id }, step);
    const rest = await pay('SK-2', 40_000n);
    await unmatch(rest);
    await settle(receipts);
    expect(await exceptionOf(first)).toBeUndefined();
  });
});
