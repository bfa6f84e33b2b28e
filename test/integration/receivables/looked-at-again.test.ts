import { describe, expect, it } from 'vitest';
import { putRules } from '../../../functions/receivables/books/put-rules.ts';
import { type CustomerChange, changeCustomer } from '../../../functions/receivables/customers/change-customer.ts';
import { endDispute, putInDispute, reduce } from '../../../functions/receivables/invoices/act-on-invoice.ts';
import { undoSeveral } from '../../../functions/receivables/matches/undo-matches.ts';
import { defaultMatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause, on } from '../../functions/receivables/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { eachTest } from './each-test.ts';
import {
  disagreements,
  hashNumber,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithCustomer,
  settle,
  theReceipt,
} from './receipts.ts';

const tenant = 'demo';

/** Money that nothing explained until something changed; nobody asks for it to be matched. Amounts in fen. */
describe('an open receipt is looked at again', () => {
  const receipts = eachTest(() => receiptsWithCustomer(anEngine()));
  quietLog();

  /** What of a receipt pays invoices, once all is worked off. */
  const allocated = async (receipt: { readonly id: string }) => {
    await settle(receipts);
    return (await theReceipt(receipts, receipt)).allocated;
  };

  const change = async (asked: CustomerChange) => {
    const customer = await receipts.tools.store.readCustomer(tenant, receipts.customerId);
    const next = customer && changeCustomer(customer, asked, on);
    if (!next) throw new Error('Nothing changes.');
    await receipts.tools.store.replaceCustomer(next, customer);
  };

  it('when its payer’s name becomes an alias of a customer', async () => {
    await keepInvoices(receipts, {});
    const receipt = await keepReceipt(receipts, { payer: { name: '苏州河纺织品经营部' } });
    expect(await allocated(receipt)).toBe(0n);
    await change({ aliases: ['苏州河纺织品经营部'] });
    expect(await allocated(receipt)).toBe(100_000n);
  });

  it('when the account that it was paid from becomes one of a customer', async () => {
    await keepInvoices(receipts, {});
    const key = hashNumber('11001018500053012345');
    const receipt = await keepReceipt(receipts, { payer: { accountKey: key } });
    expect(await allocated(receipt)).toBe(0n);
    await change({ addAccounts: [{ key, masked: '****2345' }] });
    expect(await allocated(receipt)).toBe(100_000n);
  });

  it('when the dispute over its invoice is over', async () => {
    const [invoice] = await keepInvoices(receipts, {});
    const which = { tenant, invoiceId: invoice?.id ?? '' };
    await putInDispute(receipts.tools.store, which, '少两箱', on);
    const receipt = await keepReceipt(receipts);
    expect(await allocated(receipt)).toBe(0n);
    await endDispute(receipts.tools.store, which, on);
    expect(await allocated(receipt)).toBe(100_000n);
  });

  it('when a credit note of 500 leaves of an invoice of 1,500 what it paid', async () => {
    const [invoice] = await keepInvoices(receipts, { amount: 150_000n });
    const receipt = await keepReceipt(receipts);
    expect(await allocated(receipt)).toBe(0n);
    const note = { kind: 'CREDIT_NOTE', currency: 'CNY', amount: 50_000n, number: 'HZ-1', reason: '退货' } as const;
    const claim = { operation: 'creditInvoice', key: 'k1', fingerprint: 'f', id: 'cdn_1', at: step.at, cause };
    const which = { tenant, invoiceId: invoice?.id ?? '' };
    await reduce(receipts.tools.store, which, { ...note, date: '2026-03-02' }, () => 'cdn_1', claim);
    expect(await allocated(receipt)).toBe(100_000n);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('when a match is undone that had paid its invoice; what was taken off by hand stays off', async () => {
    await keepInvoices(receipts, {});
    const first = await keepReceipt(receipts);
    expect(await allocated(first)).toBe(100_000n);
    const second = await keepReceipt(receipts, { number: 'SK-2', paidOn: '2026-03-03' });
    expect(await allocated(second)).toBe(0n);
    const { store } = receipts.tools;
    const before = await theReceipt(receipts, first);
    const history = await store.readHistory(before);
    for (const one of await undoSeveral(store, before, history.matches, history, '付错', step)) {
      await store.writeDecided(one, undefined);
    }
    const undone = await theReceipt(receipts, first);
    expect(await allocated(second)).toBe(100_000n);
    expect(await theReceipt(receipts, first)).toEqual(undone);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('when the rules change by which it was not matched', async () => {
    const put = (rules: typeof defaultMatchRules) => putRules(receipts.tools.store, { tenant, rules }, cause, monday);
    await put({ ...defaultMatchRules, off: ['NAME_AND_AMOUNT'] });
    await keepInvoices(receipts, {});
    const receipt = await keepReceipt(receipts);
    expect(await allocated(receipt)).toBe(0n);
    await put(defaultMatchRules);
    expect(await allocated(receipt)).toBe(100_000n);
  });
});
