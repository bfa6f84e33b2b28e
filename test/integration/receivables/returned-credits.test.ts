import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { returnedState } from '../../../functions/receivables/returned/returned-credit.ts';
import {
  settleAllReturned,
  settleReturned,
  settleReturnedOf,
} from '../../../functions/receivables/returned/settle-returned.ts';
import { aReceipt } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  monday,
  receiptsOn,
  settle,
  type TestReceipts,
  writeBook,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { orderId, type Told, tellingTo } from './telling.ts';

const tenant = 'demo';

/** Credits that a bank takes back. Amounts in fen. */
describe.each(engines())('a credit that a bank takes back, on $kind', (engine) => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsOn(engine);
    await writeBook(receipts);
  });

  const { credit, reversed, take, idOf, read, returnedOf, collected } = tellingTo(() => receipts);
  /** Tools of a process that dies when it is to write what is taken back. */
  const dying = () => {
    const writeDecided = () => Promise.reject(new Error('It died.'));
    return { ...receipts.tools, store: { ...receipts.tools.store, writeDecided } };
  };
  const payer = { name: '江南机械厂有限公司', account: '32001881236052505123' };

  it('leaves its invoice open and its receipt given back, told by several reports, twice, before it or after', async () => {
    await keepCustomer(receipts);
    const [invoice] = await keepInvoices(receipts, {});
    const came = credit(100_000n, { remittance: 'FP-2026-0001' });
    const back = [
      reversed(100_000n, { format: 'MT942', bookingDate: '2026-03-04' }),
      reversed(100_000n, { bookingDate: '2026-03-04' }),
    ] as const;
    await take(came);
    await settle(receipts);
    expect((await read(came)).allocated).toBe(100_000n);
    for (const event of [...back, ...back, came]) {
      await take(event);
      await settle(receipts);
      const { allocated, refunded, exception } = await read(came);
      expect([allocated, refunded, exception]).toEqual([0n, 100_000n, undefined]);
      expect(await balances(receipts)).toEqual({ receivable: 100_000n, revenue: -100_000n });
    }
    const { matches, refunds } = await receipts.tools.store.readHistory(await read(came));
    const returned = await returnedOf(back[0]);
    expect(matches.map(({ undone }) => undone !== undefined)).toEqual([true]);
    expect(refunds.map(({ returnOf }) => returnOf)).toEqual([returned.id]);
    expect((await receipts.tools.store.readInvoices(tenant, [invoice?.id ?? ''])).get(invoice?.id ?? '')?.cleared).toBe(
      0n,
    );
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it.each([
    ['the bank’s reference', {}, {}],
    ['the end-to-end reference', { references: { endToEndId: 'E-7' } }, { bankReference: 'R-9' }],
    ['payer and amount', { counterparty: payer }, { bankReference: 'R-9' }],
  ])('is found by %s, though it is told before the credit', async (_, named: Told, alone: Told) => {
    const back = reversed(100_000n, { ...named, ...alone, bookingDate: '2026-03-04' });
    await take(back);
    await settle(receipts);
    expect(await returnedOf(back)).toMatchObject({ parts: [], waits: { reason: 'NO_RECEIPT' } });
    const came = credit(100_000n, named);
    await take(came);
    await settle(receipts);
    expect((await returnedOf(back)).parts).toEqual([{ receiptId: idOf(came), amount: 100_000n }]);
    expect((await read(came)).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({});
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('takes no other payer’s money for a serial number that the bank used before, and shows whose it was', async () => {
    await keepCustomer(receipts);
    await keepInvoices(receipts, { amount: 500_000n });
    const came = credit(500_000n, { bankReference: '000012', counterparty: payer, remittance: 'FP-2026-0001' });
    await take(came);
    await settle(receipts);
    const other = { name: '江北机械厂有限公司', account: '32001881236052509999' };
    const day = { bookingDate: '2028-03-02', valueDate: '2028-03-02' };
    const back = reversed(10_000n, { bankReference: '000012', counterparty: other, ...day });
    await take(back);
    await settle(receipts);
    expect(await returnedOf(back)).toMatchObject({
      parts: [],
      waits: { reason: 'DOUBTFUL_RECEIPT', candidates: [idOf(came)] },
    });
    expect(await read(came)).toMatchObject({ allocated: 500_000n, refunded: 0n });
  });

  it('does not take what a payer called the money for what the bank calls it', async () => {
    const came = credit(100_000n, { references: { endToEndId: 'R-9' } });
    await take(came);
    const back = reversed(100_000n, { bankReference: 'R-9' });
    await take(back);
    await settle(receipts);
    expect(await returnedOf(back)).toMatchObject({ parts: [], waits: { reason: 'NO_RECEIPT' } });
  });

  it('is found by what the bank calls the money though its payer called it the same', async () => {
    const came = credit(100_000n, { bankReference: 'X-1', references: { endToEndId: 'X-1' } });
    await take(came);
    await take(reversed(100_000n, { bankReference: 'X-1', bookingDate: '2026-03-04' }));
    await settle(receipts);
    expect((await read(came)).refunded).toBe(100_000n);
  });

  it('is not taken off a receipt again that somebody took it off, though that broke off before the money was back', async () => {
    const named = { references: { endToEndId: 'E-7' } };
    const came = credit(100_000n, named);
    await take(came);
    const back = reversed(200_000n, { ...named, bankReference: 'R-9' });
    await take(back);
    await settle(receipts);
    const { id: returnedId, waits } = await returnedOf(back);
    expect(waits?.reason).toBe('RECEIPT_EXCEEDED');
    const asked = { tenant, returnedId, receiptId: idOf(came), amount: { minor: 100_000n, currency: 'CNY' } };
    await expect(assignReturned(dying(), asked, claimOf('assign', 'k1', returnedId), monday)).rejects.toThrow('died');
    expect((await read(came)).refunded).toBe(0n);
    await settleAllReturned(receipts.tools, tenant, monday);
    expect((await read(came)).refunded).toBe(100_000n);
    expect((await returnedOf(back)).parts).toEqual([{ receiptId: idOf(came), amount: 100_000n }]);
    expect(await receipts.tools.store.listOpenReturned(tenant)).toMatchObject([{ id: returnedId }]);
  });

  it('is taken back by the job where it was assigned, and what told of that was lost', async () => {
    const came = credit(100_000n);
    await take(came);
    const back = reversed(100_000n, { bookingDate: '2026-03-04' });
    await take(back);
    const { id } = await returnedOf(back);
    await expect(settleReturned(dying(), { tenant, id }, monday)).rejects.toThrow('died');
    expect((await returnedOf(back)).parts).toEqual([{ receiptId: idOf(came), amount: 100_000n }]);
    await receipts.changes();
    await settleAllReturned(receipts.tools, tenant, monday);
    expect((await read(came)).refunded).toBe(100_000n);
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
  });

  it.each([
    ['has taken it back', false],
    ['broke off before it took it back', true],
  ])('is one of two of the same receipt, though both found it, and the faster one %s', async (_, breaksOff) => {
    const named = { references: { endToEndId: 'E-7' } };
    const came = credit(100_000n, named);
    await take(came);
    const both = ['R-1', 'R-2'].map((bankReference) => reversed(100_000n, { ...named, bankReference }));
    for (const event of both) await take(event);
    const [slower, faster] = await Promise.all(both.map(returnedOf));
    if (!slower || !faster) throw new Error('There are two.');
    const { store } = receipts.tools;
    const overtaken = vi.fn(async (...asked: Parameters<typeof store.replaceReturned>) => {
      if (overtaken.mock.calls.length === 1) {
        const done = settleReturned(breaksOff ? dying() : receipts.tools, faster, monday);
        await (breaksOff ? expect(done).rejects.toThrow('died') : done);
      }
      return store.replaceReturned(...asked);
    });
    await settleReturned({ store: { ...store, replaceReturned: overtaken } }, slower, monday);
    await settle(receipts);
    expect((await read(came)).refunded).toBe(100_000n);
    const states = (await Promise.all(both.map(returnedOf))).map((one) => [returnedState(one), one.waits?.reason]);
    expect(states).toEqual([
      ['OPEN', 'RECEIPT_EXCEEDED'],
      ['ASSIGNED', undefined],
    ]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('is looked at for a receipt that came only where that has its amount or its end-to-end reference', async () => {
    for (const [place, minor] of [70_000n, 80_000n].entries()) {
      await take(reversed(minor, { bankReference: `R-${place}`, references: { endToEndId: `E-${place}` } }));
    }
    await settle(receipts);
    const { store } = receipts.tools;
    const looked = vi.fn(store.readReturned);
    const settleOf = (receipt: Partial<Receipt>) =>
      settleReturnedOf({ store: { ...store, readReturned: looked } }, tenant, [aReceipt(receipt)], monday);
    await settleOf({ amount: 70_001n });
    await settleOf({ amount: 80_000n, currency: 'USD' });
    expect(looked).not.toHaveBeenCalled();
    await settleOf({ amount: 70_000n });
    await settleOf({ amount: 90_000n, references: { endToEndId: 'E-1' } });
    expect(looked).toHaveBeenCalledTimes(2);
  });

  it('as a whole takes back the payments that a later report lists', async () => {
    const payments = [
      { minor: 60_000n, named: { references: { endToEndId: 'E-1' }, bankReference: 'B-2' } },
      { minor: 40_000n, named: { references: { endToEndId: 'E-2' }, bankReference: 'B-3' } },
    ];
    for (const { minor, named } of payments) await take(credit(minor, named));
    await take(reversed(100_000n, { bankReference: 'R-9', bookingDate: '2026-03-04', format: 'MT942' }));
    await settle(receipts);
    const details = payments.map(({ minor, named: { references } }) => ({
      amount: -minor,
      currency: 'CNY' as const,
      references,
    }));
    const listed = reversed(100_000n, { bankReference: 'R-9', bookingDate: '2026-03-04', details });
    await take(listed);
    await settle(receipts);
    expect((await returnedOf(listed)).parts.map(({ amount }) => amount)).toEqual([60_000n, 40_000n]);
    expect(await balances(receipts)).toEqual({});
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('as a whole takes back all payments that the credit was of', async () => {
    const details = [60_000n, 40_000n].map((amount) => ({ amount, currency: 'CNY', references: {} }));
    await take(credit(100_000n, { details }));
    await take(reversed(100_000n, { bookingDate: '2026-03-04' }));
    await settle(receipts);
    const { receipts: all } = await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 9 });
    expect(all.map(({ amount, refunded }) => [amount, refunded]).sort()).toEqual([
      [40_000n, 40_000n],
      [60_000n, 60_000n],
    ]);
    expect(await balances(receipts)).toEqual({});
  });

  it('of an order of ours is for the collection to tell, and a debit that is reversed is none', async () => {
    await take(collected(100_000n));
    await take(reversed(100_000n, { references: { endToEndId: orderId } }));
    await take(credit(70_000n, { reversal: true }));
    await settle(receipts);
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
    expect(await balances(receipts)).toEqual({ clearing: 100_000n, unapplied: -100_000n });
  });
});
