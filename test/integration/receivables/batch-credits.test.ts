import { beforeEach, describe, expect, it } from 'vitest';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { type Receipt, receiptState } from '../../../functions/receivables/receipts/receipt.ts';
import {
  receiptIdOfCredit,
  receiptIdOfDetail,
  receiptIdOfOrder,
} from '../../../functions/receivables/receipts/receipt-draft.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { EntryDetail } from '../../../shared/formats/statement-events.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand } from './by-hand.ts';
import { balances, disagreements, receiptsWithBook, settle, type TestReceipts, theReceipt } from './receipts.ts';
import { type Told, tellerOf } from './telling.ts';

const tenant = 'demo';
const orderIdOf = (place: number) => `01KAVG2Y7T8XJ4N5QW3R6S9Z0B${String(place).padStart(5, '0')}`;

/** One credit for many payments, 10.00 each unless told. Amounts in fen. */
describe('a batch credit', () => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithBook(anEngine());
  });

  const take = (event: DomainEvent) => tellerOf(receipts).take(event);
  const credit = (minor: bigint, told: Told) => tellerOf(receipts).credit(minor, told);
  const all = async () => (await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 600 })).receipts;
  const amounts = async () => (await all()).map(({ amount }) => amount);
  const detail = (more: Partial<EntryDetail> = {}): EntryDetail => ({
    ...{ amount: 1_000n, currency: 'CNY', references: {} },
    ...more,
  });
  const unpriced = ({ amount: _, currency: _c, ...rest }: EntryDetail): EntryDetail => rest;

  /** So many orders of ours, as the collection tells of them, and as a statement lists them. */
  async function collect(count: number): Promise<EntryDetail[]> {
    const ids = Array.from({ length: count }, (_, place) => orderIdOf(place));
    for (const orderId of ids) {
      receipts.orders.set(orderId, { orderId, mandateId: 'man_1' });
      const event = tellerOf(receipts).collected(1_000n);
      const data = event.data as unknown as { tries: readonly object[] };
      const tries = data.tries.map((one) => ({ ...one, orderId }));
      await take({ ...event, id: `evt_${orderId}`, data: { ...data, tries } });
    }
    return ids.map((endToEndId) => detail({ references: { endToEndId } }));
  }

  it('of more orders than an event carries brings each once, and none when the bank takes it back', async () => {
    const details = await collect(51);
    await take(credit(51_000n, { details }));
    expect((await amounts()).filter((one) => one === 1_000n).length).toBe(51);
    expect((await all()).length).toBe(51);
    const back = details.map((one) => ({ ...one, amount: -1_000n }));
    await take(
      tellerOf(receipts).reversed(51_000n, { details: back, bookingDate: '2026-03-04', bankReference: 'R-1' }),
    );
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
  });

  it('of more customers than an event carries says of each who paid', async () => {
    const details = Array.from({ length: 60 }, (_, place) => detail({ counterparty: { name: `客户${place}` } }));
    const event = credit(60_000n, { details });
    expect((event.data as unknown as { details: unknown[] }).details.length).toBe(50);
    for (let times = 0; times < 2; times++) await take(event);
    expect((await all()).map(({ payer }) => payer.name).sort()).toEqual(
      details.map(({ counterparty }) => counterparty?.name).sort(),
    );
  });

  it.each([
    ['less what the bank kept', 1_990n, (one: EntryDetail) => one],
    ['without amounts', 2_000n, unpriced],
  ])('%s waits where it lists orders: their receipts are that money', async (_, total, as) => {
    const details = (await collect(2)).map(as);
    const event = credit(total, { details });
    await take(event);
    await settle(receipts);
    const whole = await theReceipt(receipts, { id: receiptIdOfCredit(tenant, event.data.creditKey) });
    expect(whole).toMatchObject({ amount: total, exception: { reason: 'DUPLICATE' } });
    expect(whole.exception?.note).toContain('2 came for orders of a collection');
    await dismiss(whole);
    await settle(receipts);
    expect(receiptState(await theReceipt(receipts, whole))).toBe('DISMISSED');
    expect(await balances(receipts)).toEqual({ clearing: 2_000n, unapplied: -2_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  const dismiss = (whole: Receipt) =>
    actByHand(receipts.tools.store, whole, 'dismiss', step, async (before) => [
      { receipt: { next: dismissReceipt(before, { reason: '代收款已入账' }, step), before }, invoices: [] },
    ]);

  it('that a report without its payments told as one waits once another lists orders in it, whatever they add up to', async () => {
    const details = await collect(2);
    const event = credit(1_990n, { format: 'MT940' });
    await take(event);
    const id = receiptIdOfCredit(tenant, event.data.creditKey);
    expect((await theReceipt(receipts, { id })).exception).toBeUndefined();
    await take(credit(1_990n, { details }));
    expect((await theReceipt(receipts, { id })).noReceipt?.why).toContain('orders of a collection');
  });

  it('of money of our own that does not add up waits too', async () => {
    const event = credit(1_990n, { details: [detail(), detail()] });
    const { details, ...data } = event.data as unknown as { details: object[] };
    await take({ ...event, data: { ...data, details: details.map((one) => ({ ...one, ownAccountId: 'acc_own' })) } });
    expect((await all()).map(({ noReceipt }) => noReceipt?.why)).toEqual([
      'Of 2 payments that a statement lists in it, 2 came from accounts of your own: nobody paid those.',
    ]);
  });

  it.each([
    [500, 500, false],
    [501, 1, true],
  ])('of %d payments is %d receipts', async (count, expected, waits) => {
    await take(credit(BigInt(count) * 1_000n, { details: Array.from({ length: count }, () => detail()) }));
    const found = await all();
    expect([found.length, found[0]?.exception?.reason === 'DUPLICATE']).toEqual([expected, waits]);
  });

  it('that reports list in different orders leads by each reference to its own payment', async () => {
    const [one, other] = [
      detail({ amount: 60_000n, counterparty: { name: '甲公司' } }),
      detail({ amount: 40_000n, counterparty: { name: '乙公司' } }),
    ];
    const named = ({ references: _, ...rest }: EntryDetail, endToEndId: string) => ({
      ...rest,
      references: { endToEndId },
    });
    const event = credit(100_000n, { details: [one, other], format: 'camt.054' });
    await take(event);
    await take(credit(100_000n, { details: [named(other, 'E-2'), named(one, 'E-1')] }));
    const back = { references: { endToEndId: 'E-2' }, bankReference: 'R-9', bookingDate: '2026-03-04' };
    await take(tellerOf(receipts).reversed(40_000n, back));
    await settle(receipts);
    const parts = [0, 1].map((place) =>
      theReceipt(receipts, { id: receiptIdOfDetail(tenant, event.data.creditKey, place) }),
    );
    expect((await Promise.all(parts)).map(({ amount, refunded }) => [amount, refunded])).toEqual([
      [60_000n, 0n],
      [40_000n, 40_000n],
    ]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that was told as one leads by the reference of each payment to that one', async () => {
    const event = credit(100_000n, { format: 'MT940' });
    await take(event);
    const details = [['E-1', 60_000n] as const, ['E-2', 40_000n] as const];
    await take(
      credit(100_000n, {
        details: details.map(([endToEndId, amount]) => detail({ amount, references: { endToEndId } })),
      }),
    );
    const back = { references: { endToEndId: 'E-2' }, bankReference: 'R-9', bookingDate: '2026-03-04' };
    await take(tellerOf(receipts).reversed(40_000n, back));
    await settle(receipts);
    expect((await theReceipt(receipts, { id: receiptIdOfCredit(tenant, event.data.creditKey) })).refunded).toBe(
      40_000n,
    );
  });

  it('names the receipt of each order that it brings', async () => {
    await take(credit(2_000n, { details: await collect(2) }));
    const ids = [0, 1].map((place) => receiptIdOfOrder(tenant, orderIdOf(place)));
    const found = await Promise.all(ids.map((id) => theReceipt(receipts, { id })));
    expect(found.map(({ sources }) => sources.map(({ kind }) => kind))).toEqual(
      ids.map(() => ['COLLECTION', 'STATEMENT']),
    );
  });
});
