import { beforeEach, describe, expect, it } from 'vitest';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { returnedIdOf, returnedState } from '../../../functions/receivables/returned/returned-credit.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { balances, disagreements, receiptsWithBook, settle, type TestReceipts, theReceipt } from './receipts.ts';
import { orderId, type Told, tellerOf } from './telling.ts';

const tenant = 'demo';
const fileId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0M';
const counterparty = { name: '江南机械厂有限公司', account: '32001881236052505123' };
const back: Told = { counterparty, bankReference: 'R-9', bookingDate: '2026-03-04' };

/**
 * A bank takes back 1,000.00 that are of no receipt, as one report says and another does not; the same payer had paid 1,000.00 by
 * transfer too. Amounts in fen.
 */
describe('a reversal of what is of no receipt', () => {
  let receipts: TestReceipts;
  let transfer = '';
  quietLog();

  const take = (event: DomainEvent) => tellerOf(receipts).take(event);
  const reversed = (told: Told) => tellerOf(receipts).reversed(100_000n, { ...back, ...told });
  const poor = () => reversed({ format: 'MT940' });
  const standing = async () => receipts.tools.store.readReturned(tenant, returnedIdOf(tenant, poor().data.reversalKey));

  beforeEach(async () => {
    receipts = await receiptsWithBook(anEngine());
    const event = tellerOf(receipts).credit(100_000n, { counterparty, bankReference: 'B-7', valueDate: '2026-03-02' });
    await take(event);
    await settle(receipts);
    transfer = receiptIdOfCredit(tenant, event.data.creditKey);
  });

  const cases = [
    ['an order of ours', () => reversed({ format: 'camt.054', references: { endToEndId: orderId } })],
    ['a whole file of collections', () => reversed({ format: 'camt.054', references: { messageId: fileId } })],
    ['money of our own', () => reversed({ format: 'camt.054', own: 'acc_own' })],
  ] as const;

  async function told(...events: readonly DomainEvent[]): Promise<void> {
    receipts.orders.set(orderId, { orderId, mandateId: 'man_1' });
    receipts.files.set(fileId, { orders: 1, currency: 'CNY', settled: 100_000n, returned: 100_000n });
    for (const event of events) {
      await take(event);
      await settle(receipts);
    }
  }

  it.each(cases)(
    'is taken off no receipt once a report says that it is %s, whatever others leave out',
    async (_, rich) => {
      await told(rich(), poor(), rich());
      expect(await standing()).toBeUndefined();
      expect((await theReceipt(receipts, { id: transfer })).refunded).toBe(0n);
      expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
      expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    },
  );

  it.each(cases)('waits no more where it waited until a report says that it is %s', async (_, rich) => {
    const nameless = tellerOf(receipts).reversed(100_000n, { bankReference: 'R-9', bookingDate: '2026-03-04' });
    await told(nameless);
    expect((await standing())?.waits?.reason).toBe('NO_RECEIPT');
    await told(rich(), poor());
    const stands = await standing();
    expect(stands && returnedState(stands)).toBe('DISMISSED');
    expect(stands?.dismissed).toContain('A statement says');
    expect(await receipts.tools.store.listOpenReturned(tenant)).toEqual([]);
    expect((await theReceipt(receipts, { id: transfer })).refunded).toBe(0n);
  });

  it.each(cases)(
    'and was taken off a receipt before a report says that it is %s has somebody look there, once',
    async (_, rich) => {
      await told(poor());
      expect((await theReceipt(receipts, { id: transfer })).refunded).toBe(100_000n);
      await told(rich());
      const flagged = await theReceipt(receipts, { id: transfer });
      expect(flagged.exception).toMatchObject({
        reason: 'DUPLICATE',
        note: expect.stringContaining('which may be unassigned: A statement says'),
      });
      await told(rich(), poor());
      expect(await theReceipt(receipts, { id: transfer })).toEqual(flagged);
      expect(await disagreements(receipts)).toEqual([]);
    },
  );

  it.each([
    ['first', true],
    ['afterwards', false],
  ])('in part leaves the rest to be found: the report that lists its payments comes %s', async (_, isFirst) => {
    const detail = (minor: bigint, references = {}) => ({ amount: -minor, currency: 'CNY', references });
    const details = [detail(60_000n, { endToEndId: orderId }), { ...detail(40_000n), counterparty }];
    const nameless = { bankReference: 'R-9', bookingDate: '2026-03-04' };
    const listing = tellerOf(receipts).reversed(100_000n, { ...nameless, format: 'camt.054', details });
    const whole = tellerOf(receipts).reversed(100_000n, { ...nameless, format: 'MT940' });
    await told(...(isFirst ? [listing, whole] : [whole, listing]));
    const stands = await standing();
    expect(stands).toMatchObject({ amount: 40_000n, parts: [], waits: { reason: 'NO_RECEIPT' } });
    await told(tellerOf(receipts).credit(40_000n, { counterparty, bankReference: 'B-8', valueDate: '2026-03-02' }));
    expect((await standing())?.parts).toMatchObject([{ amount: 40_000n }]);
    expect((await theReceipt(receipts, { id: transfer })).refunded).toBe(0n);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('and was taken off a receipt before a report names another has somebody look at the one, once', async () => {
    const named = { references: { endToEndId: 'E-2' }, counterparty, bankReference: 'B-8', valueDate: '2026-03-02' };
    const other = tellerOf(receipts).credit(100_000n, named);
    const rich = () => reversed({ references: { endToEndId: 'E-2' } });
    await told(poor(), other);
    await told(reversed({ format: 'camt.052', references: { endToEndId: 'E-9' } }));
    expect((await theReceipt(receipts, { id: transfer })).exception).toBeUndefined();
    await told(rich());
    const flagged = await theReceipt(receipts, { id: transfer });
    const otherId = receiptIdOfCredit(tenant, other.data.creditKey);
    expect(flagged).toMatchObject({
      refunded: 100_000n,
      exception: { reason: 'DUPLICATE', note: expect.stringContaining(`A report that knows more names ${otherId}.`) },
    });
    const { exception: _, ...looked } = { ...flagged, revision: flagged.revision + 1 };
    await receipts.tools.store.replaceReceipt(looked, flagged);
    await told(rich(), poor());
    expect(await theReceipt(receipts, { id: transfer })).toEqual(looked);
    expect((await theReceipt(receipts, { id: otherId })).refunded).toBe(0n);
  });
});
