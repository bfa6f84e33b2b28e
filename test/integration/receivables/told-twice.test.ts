import { beforeEach, describe, expect, it } from 'vitest';
import { customerIdOf } from '../../../functions/receivables/keys.ts';
import { createReceipt } from '../../../functions/receivables/receipts/create-receipt.ts';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit, receiptIdOfNumber } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { sameMoneyAs } from '../../../functions/receivables/receipts/same-money.ts';
import { startDaily } from '../../../functions/receivables/runs/start-run.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { entity } from '../../functions/receivables/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand, unmatchByHand } from './by-hand.ts';
import {
  hashNumber,
  keepCustomer,
  keepInvoices,
  monday,
  receiptsWithCustomer,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { type Told, tellerOf } from './telling.ts';

const tenant = 'demo';
const account = '32001881236052505123';
const counterparty = { name: '江南机械厂有限公司', account };
const remittance = '货款';

/** Two invoices of 1,000.00 are open; somebody tells of 1,000.00 by hand, and others of the same money too. */
describe('money that is told by hand and by others', () => {
  let receipts: TestReceipts;
  quietLog();
  beforeEach(async () => {
    receipts = await receiptsWithCustomer(anEngine());
    const customerId = receipts.customerId;
    await keepInvoices(receipts, { customerId }, { customerId, number: 'FP-2026-0002', dueOn: '2026-04-30' });
    await settle(receipts);
  });

  const fromBank = (told: Told = {}) =>
    tellerOf(receipts).credit(100_000n, {
      ...{ valueDate: '2026-03-02', bookingDate: '2026-03-02', remittance, counterparty },
      ...told,
    });

  async function byHand(more: Partial<Receipt> = {}): Promise<string> {
    const id = receiptIdOfNumber(tenant, 'SK-1');
    const draft = {
      ...{ number: 'SK-1', legalEntity: entity, currency: 'CNY', amount: 100_000n, paidOn: '2026-03-02' },
      ...{ payer: { name: counterparty.name }, texts: ['FP-2026-0001'], references: {}, ...more },
    };
    await createReceipt(receipts.tools, tenant, draft, claimOf('createReceipt', 'k1', id));
    await settle(receipts);
    return id;
  }

  async function told(event: ReturnType<typeof fromBank>): Promise<void> {
    await tellerOf(receipts).take(event, new Date(monday.getTime() + MINUTE_MS));
    await settle(receipts);
  }

  /** The first and the second receipt: what pays invoices, and why it waits. */
  async function bothAfterwards(first: string) {
    const { receipts: all } = await receipts.tools.store.listReceipts(tenant, 'ALL', { count: 9 });
    const [one, other] = [all.find(({ id }) => id === first), all.find(({ id }) => id !== first)];
    if (all.length !== 2 || !one || !other) throw new Error('There are not two receipts.');
    return [one, other] as const;
  }

  const shown = ({ allocated, exception }: Receipt) => [allocated, exception?.reason];
  const held = [
    [100_000n, undefined],
    [0n, 'DUPLICATE'],
  ];

  it('pays one invoice: what a bank tells of it afterwards waits, and the daily run leaves it', async () => {
    const first = await byHand();
    await told(fromBank());
    const [one, other] = await bothAfterwards(first);
    expect([shown(one), shown(other)]).toEqual(held);
    expect(await sameMoneyAs(receipts.tools.store, other)).toEqual([first]);
    await startDaily(receipts.tools.store, tenant, monday);
    await settle(receipts);
    expect(await bothAfterwards(first)).toEqual([one, other]);
    expect(other.suggestions.length).toBeGreaterThan(0);
  });

  it('pays one invoice where the bank came first', async () => {
    await told(fromBank({ remittance: 'FP-2026-0001' }));
    const second = await byHand({ texts: [remittance] });
    const [hand, bank] = await bothAfterwards(second);
    expect([shown(bank), shown(hand)]).toEqual(held);
  });

  it('pays one invoice where both are worked off together: the one that was told first', async () => {
    await tellerOf(receipts).take(fromBank({ remittance: 'FP-2026-0001' }));
    const second = await byHand({ texts: ['FP-2026-0002'] });
    const [hand, bank] = await bothAfterwards(second);
    expect([shown(hand), shown(bank)].sort()).toEqual(held.toSorted());
  });

  it('pays one invoice where a collection brought it, which lies on an account of its own', async () => {
    const first = await byHand({ cashAccountId: receipts.accounts.bank ?? '' });
    await told(tellerOf(receipts).collected(100_000n) as ReturnType<typeof fromBank>);
    const [one, other] = await bothAfterwards(first);
    expect([shown(one), shown(other)]).toEqual(held);
  });

  it('is found after a collection brought it too', async () => {
    await told(tellerOf(receipts).collected(100_000n) as ReturnType<typeof fromBank>);
    const second = await byHand({ texts: [remittance] });
    const [hand, order] = await bothAfterwards(second);
    expect([shown(order), shown(hand)]).toEqual(held);
    expect(await sameMoneyAs(receipts.tools.store, hand)).toEqual([order.id]);
  });

  it('pays one invoice where others paid the same amount more than a hundred times', async () => {
    await payOften(100);
    const first = await byHand();
    await told(fromBank());
    expect([shown(await theReceipt(receipts, { id: first })), shown(await theReceipt(receipts, bank()))]).toEqual(held);
  });

  it('is only suggested where more of its amount came than are looked through, and a bank’s money is not held for that', async () => {
    await payOften(101);
    const first = await byHand();
    const hand = await theReceipt(receipts, { id: first });
    expect([...shown(hand), hand.suggestions.length]).toEqual([0n, 'AMBIGUOUS', 1]);
    await startDaily(receipts.tools.store, tenant, monday);
    await settle(receipts);
    expect(await theReceipt(receipts, hand)).toEqual(hand);
    const other = often('Y-0', 'FP-2026-0003');
    await told(other);
    const paid = await theReceipt(receipts, { id: receiptIdOfCredit(tenant, other.data.creditKey) });
    expect(paid.allocated).toBe(100_000n);
  });

  const bank = () => ({ id: receiptIdOfCredit(tenant, fromBank().data.creditKey) });
  const often = (bankReference: string, remittance = '货款') =>
    fromBank({
      remittance,
      bankReference,
      valueDate: '2026-03-03',
      counterparty: { name: '华北钢铁有限公司', account: '6222021234567890123' },
    });

  /** Another customer, with one open invoice of twice as much, pays the same amount so often. */
  async function payOften(times: number): Promise<void> {
    const id = customerIdOf(tenant, 'K-2');
    const accountKeys = [hashNumber('6222021234567890123')];
    await keepCustomer(receipts, { id, number: 'K-2', names: ['华北钢铁有限公司'], accountKeys });
    await keepInvoices(receipts, { customerId: id, number: 'FP-2026-0003', amount: 200_000n });
    for (let time = 0; time < times; time++) await tellerOf(receipts).take(often(`X-${time}`));
    await settle(receipts);
  }

  it('that somebody took off an invoice is not matched by itself in the receipt that it is merged into', async () => {
    const first = await byHand();
    await unmatchByHand(receipts.tools.store, await theReceipt(receipts, { id: first }), step);
    await told(fromBank({ remittance: 'FP-2026-0001' }));
    const [, bank] = await bothAfterwards(first);
    const merge = { tenant, receiptId: first, into: bank.id };
    await mergeByHand(receipts.tools.store, merge, claimOf('mergeReceipt', 'm1', first), step);
    await settle(receipts);
    const stays = await theReceipt(receipts, bank);
    expect([stays.handled, ...shown(stays)]).toEqual([true, 0n, 'AMBIGUOUS']);
  });

  it('pays at once where what held it is dismissed', async () => {
    const first = await byHand({ payer: {}, texts: [] });
    await told(fromBank({ remittance: 'FP-2026-0001' }));
    const [hand, bank] = await bothAfterwards(first);
    expect([shown(hand), shown(bank)]).toEqual([[0n, 'UNKNOWN_PAYER'], held[1]]);
    await actByHand(receipts.tools.store, hand, 'dismiss', step, async (before) => [
      { receipt: { next: dismissReceipt(before, { reason: '录入错误' }, step), before }, invoices: [] },
    ]);
    await settle(receipts);
    expect((await bothAfterwards(first)).map(shown)).toEqual([[0n, undefined], held[0]]);
  });

  it('may be merged though nobody knows who paid', async () => {
    const first = await byHand({ payer: {}, texts: [] });
    await told(fromBank({ counterparty: { name: '无名氏' } }));
    const [one, other] = await bothAfterwards(first);
    expect([one.exception?.reason, other.exception?.reason]).toEqual(['UNKNOWN_PAYER', 'DUPLICATE']);
    const { store } = receipts.tools;
    expect([await sameMoneyAs(store, one), await sameMoneyAs(store, other)]).toEqual([[other.id], [one.id]]);
  });

  it('is not what another customer paid in the same amount', async () => {
    const first = await byHand();
    const id = customerIdOf(tenant, 'K-2');
    await keepCustomer(receipts, { id, number: 'K-2', names: ['华北钢铁有限公司'], accountKeys: [] });
    await keepInvoices(receipts, { customerId: id, number: 'FP-2026-0003' });
    await settle(receipts);
    await told(fromBank({ counterparty: { name: '华北钢铁有限公司' } }));
    const [, other] = await bothAfterwards(first);
    expect(shown(other)).toEqual([100_000n, undefined]);
    expect((await theReceipt(receipts, other)).customerId).toBe(id);
  });
});
