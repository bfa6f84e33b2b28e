import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { dismissReturned } from '../../../functions/receivables/returned/dismiss-returned.ts';
import { returnedIdOf } from '../../../functions/receivables/returned/returned-credit.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { engines } from '../../support/engines.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  monday,
  receiptsOn,
  settle,
  type TestReceipts,
  theReceipt,
  writeBook,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { orderId, type Told, tellerOf } from './telling.ts';

const tenant = 'demo';

/** Credits that a bank takes back. Amounts in fen. */
describe.each(engines())('a credit that a bank takes back, on $kind', (engine) => {
  let receipts: TestReceipts;
  beforeAll(() => setLogSink(() => {}));
  beforeEach(async () => {
    receipts = await receiptsOn(engine);
    await writeBook(receipts);
  });
  afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));

  const credit = (minor: bigint, told?: Told) => tellerOf(receipts).credit(minor, told);
  const reversed = (minor: bigint, told?: Told) => tellerOf(receipts).reversed(minor, told);
  const take = (event: DomainEvent) => tellerOf(receipts).take(event);
  const idOf = (event: DomainEvent<{ creditKey: string }>) => receiptIdOfCredit(tenant, event.data.creditKey);
  const read = (event: DomainEvent<{ creditKey: string }>) => theReceipt(receipts, { id: idOf(event) });
  const returnedOf = async ({ data }: DomainEvent<{ reversalKey: string }>) => {
    const returned = await receipts.tools.store.readReturned(tenant, returnedIdOf(tenant, data.reversalKey));
    if (!returned) throw new Error('It was not kept.');
    return returned;
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

  it('that may be of two receipts stays open, is told once, and goes where somebody says, once per key', async () => {
    const both = [
      credit(100_000n, { counterparty: payer }),
      credit(100_000n, { counterparty: payer, bankReference: 'B-2' }),
    ];
    for (const event of both) await take(event);
    const back = reversed(100_000n, { counterparty: payer, bankReference: 'R-9', bookingDate: '2026-03-04' });
    await take(back);
    const changes = await settle(receipts);
    const types = changes.flatMap(toEvents).map(({ type }) => type);
    expect(types.filter((type) => type.includes('returned'))).toEqual(['receivables.returned-credit-raised.v1']);
    const { id, waits } = await returnedOf(back);
    expect(waits?.reason).toBe('SEVERAL_RECEIPTS');
    const [first] = both;
    if (!first) throw new Error('There are two.');
    const receiptId = idOf(first);
    const assign = (key: string, more = {}) =>
      assignReturned(
        receipts.tools,
        { tenant, returnedId: id, receiptId, ...more },
        claimOf('assign', key, id),
        monday,
      );
    const part = { amount: { minor: 40_000n, currency: 'CNY' } };
    for (let times = 0; times < 2; times++) await assign('k1', part);
    expect((await read(first)).refunded).toBe(40_000n);
    await expect(assign('k2', { amount: { minor: 60_001n, currency: 'CNY' } })).rejects.toMatchObject({
      code: 'receivables/returned-credit-exceeded',
    });
    await assign('k3');
    await expect(assign('k4')).rejects.toMatchObject({ code: 'receivables/returned-credit-assigned' });
    await settle(receipts);
    expect((await read(first)).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('is not assigned to more than a receipt has, to another currency, or to none', async () => {
    const small = credit(99_999n, { bankReference: 'B-2' });
    const dollars = credit(100_000n, { currency: 'USD', bankReference: 'B-3' });
    for (const event of [small, dollars]) await take(event);
    const back = reversed(100_000n, { bankReference: 'R-9' });
    await take(back);
    await settle(receipts);
    const { id: returnedId, revision } = await returnedOf(back);
    const assign = (receiptId: string, more = {}) => {
      const asked = { tenant, returnedId, receiptId, ...more };
      return assignReturned(receipts.tools, asked, claimOf('assign', receiptId, returnedId), monday);
    };
    const code = (name: string) => ({ code: `receivables/${name}` });
    await expect(assign(idOf(small))).rejects.toMatchObject(code('receipt-exceeded'));
    await expect(assign(idOf(dollars))).rejects.toMatchObject(code('returned-credit-differs'));
    await expect(assign('rcp_0')).rejects.toMatchObject(code('receipt-not-found'));
    await expect(assign(idOf(small), { expectedVersion: revision + 1 })).rejects.toMatchObject(
      code('version-conflict'),
    );
    expect(await returnedOf(back)).toMatchObject({ parts: [], revision });
    expect((await read(small)).refunded).toBe(0n);
  });

  it('that was never a receipt here is dismissed once, stays so whatever comes, and is assigned no more', async () => {
    const back = reversed(100_000n, { references: { endToEndId: 'E-9' }, bankReference: 'R-9' });
    await take(back);
    await settle(receipts);
    const { id: returnedId, revision } = await returnedOf(back);
    const asked = { tenant, returnedId, reason: 'Never ours', expectedVersion: revision };
    const dismiss = (key: string, more = {}) =>
      dismissReturned(receipts.tools, { ...asked, ...more }, claimOf('dismiss', key, returnedId));
    await expect(dismiss('k0', { expectedVersion: revision + 1 })).rejects.toMatchObject({
      code: 'receivables/version-conflict',
    });
    for (let times = 0; times < 2; times++) expect(await dismiss('k1')).toMatchObject({ dismissed: 'Never ours' });
    const types = (await settle(receipts)).flatMap(toEvents).map(({ type }) => type);
    expect(types).toEqual(['receivables.returned-credit-dismissed.v1']);
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
    const came = credit(100_000n, { references: { endToEndId: 'E-9' } });
    await take(came);
    await take(back);
    await settle(receipts);
    expect((await read(came)).refunded).toBe(0n);
    const refused = { code: 'receivables/returned-credit-dismissed' };
    await expect(dismiss('k2', { expectedVersion: undefined })).rejects.toMatchObject(refused);
    const assigned = { tenant, returnedId, receiptId: idOf(came) };
    await expect(
      assignReturned(receipts.tools, assigned, claimOf('assign', 'k3', returnedId), monday),
    ).rejects.toMatchObject(refused);
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
    await take(tellerOf(receipts).collected(100_000n));
    await take(reversed(100_000n, { references: { endToEndId: orderId } }));
    await take(credit(70_000n, { reversal: true }));
    await settle(receipts);
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
    expect(await balances(receipts)).toEqual({ clearing: 100_000n, unapplied: -100_000n });
  });
});
