import { describe, expect, it } from 'vitest';
import type { DecidedReceipt } from '../../../functions/receivables/matches/decided-receipt.ts';
import { allocate, refund } from '../../../functions/receivables/matches/match-by-hand.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfOrder } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { takeCollection } from '../../../functions/receivables/receipts/take-collection.ts';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import type { Change } from '../../../functions/receivables/work-off.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand, undoneAll } from './by-hand.ts';
import { deliver, endOfWork, killAtEveryWrite } from './dying.ts';
import { balances, keepCustomer, keepInvoices, monday, settle, type TestReceipts, theReceipt } from './receipts.ts';

const tenant = 'demo';
const [first, second] = ['01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001', '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00101'];

function collected(orderId: string, settled: bigint, references: object, returned?: bigint): DomainEvent {
  const show = (minor: bigint) => presentAmount(minor, 'CNY');
  const one = {
    orderId,
    businessDate: '2026-03-12',
    settled: show(settled),
    ...(returned && { returned: show(returned) }),
  };
  const data = { mandateId: 'man_1', references, tries: [one] };
  const type = 'collection.item-settled.v1';
  return { id: orderId, type, tenant, occurredAt: monday.toISOString(), subject: 'cb_1', actor: cause, data };
}

/**
 * Money comes by two orders. The first pays two invoices that it names, one with its discount, and goes back. The second pays
 * too much; its match is undone, it is used by hand in two ways, all of that is undone at once, and a part is refunded. Each
 * step may be asked for again.
 */
async function work(receipts: TestReceipts, tools: ToldTools, pending: Change[]): Promise<void> {
  const { store } = tools;
  const [one, two, three] = receipts.invoiceIds;
  const id = receiptIdOfOrder(tenant, second);
  const act = (key: string, decide: (receipt: Receipt, claimId: string) => Promise<readonly DecidedReceipt[]>) =>
    actByHand(store, { tenant, id }, key, step, decide);
  const undoAll = (receipt: Receipt) => undoneAll(store, receipt, step);
  const money = (minor: bigint) => ({ minor, currency: 'CNY' });
  const put = (invoices: readonly (readonly [string, bigint])[], onAccount?: bigint) => async (receipt: Receipt) => {
    const parts = invoices.map(([invoiceId, minor]) => ({ invoiceId, amount: money(minor) }));
    const kept = onAccount === undefined ? {} : { onAccount: money(onAccount) };
    return [
      await allocate(
        store,
        receipt,
        { customerId: receipts.customerId, invoices: parts, from: 'UNAPPLIED', ...kept },
        step,
      ),
    ];
  };
  await takeCollection(tools, collected(first, 198_000n, { a: 'FP-2026-0001', b: 'FP-2026-0002' }), monday);
  await takeCollection(tools, collected(second, 120_000n, { c: 'FP-2026-0003' }), monday);
  await deliver(receipts, tools, pending);
  await takeCollection(tools, collected(first, 198_000n, {}, 198_000n), monday);
  await deliver(receipts, tools, pending);
  await act('undo', undoAll);
  await deliver(receipts, tools, pending);
  await act('by hand', put([[three ?? '', 70_000n]]));
  await act(
    'again',
    put(
      [
        [one ?? '', 10_000n],
        [two ?? '', 5_000n],
      ],
      20_000n,
    ),
  );
  await deliver(receipts, tools, pending);
  await act('undo all', undoAll);
  await deliver(receipts, tools, pending);
  await act('refund', async (receipt, claimId) => [
    refund(receipt, { amount: money(50_000n), from: 'UNAPPLIED', reason: '多付' }, claimId, step),
  ]);
  await deliver(receipts, tools, pending);
}

async function begin(receipts: TestReceipts): Promise<void> {
  for (const orderId of [first, second]) receipts.orders.set(orderId, { orderId, mandateId: 'man_1' });
  await keepCustomer(receipts);
  const terms = { discount: { basisPoints: 200, withinDays: 10 } };
  await keepInvoices(
    receipts,
    { number: 'FP-2026-0001', ...terms },
    { number: 'FP-2026-0002' },
    { number: 'FP-2026-0003' },
  );
  await settle(receipts);
}

async function endOf(receipts: TestReceipts) {
  const all = await Promise.all(
    [first, second].map((order) => theReceipt(receipts, { id: receiptIdOfOrder(tenant, order) })),
  );
  const histories = await Promise.all(all.map((receipt) => receipts.tools.store.readHistory(receipt)));
  const invoices = await receipts.tools.store.readInvoices(tenant, receipts.invoiceIds);
  return {
    balances: await balances(receipts),
    cleared: [...invoices.values()].map(({ number, cleared }) => [number, cleared]).sort(),
    receipts: all.map(({ allocated, onAccount, refunded, exception, matchesMade }) => ({
      ...{ allocated, onAccount, refunded, matchesMade },
      reason: exception?.reason,
    })),
    matches: histories.map(({ matches }) => matches.map(({ rule, undone }) => [rule, undone?.reason])),
    refunds: histories.map(({ refunds }) => refunds.map(({ amount }) => amount)),
  };
}

const all = { begin, work, endOf };

describe('receivables whose process dies', () => {
  quietLog();

  it('at any write, before or after it, end as if it had lived', async () => {
    const whole = await endOfWork(all);
    expect(whole).toEqual({
      balances: { receivable: 300_000n, revenue: -300_000n, clearing: 70_000n, unapplied: -70_000n },
      cleared: [
        ['FP-2026-0001', 0n],
        ['FP-2026-0002', 0n],
        ['FP-2026-0003', 0n],
      ],
      receipts: [
        { allocated: 0n, onAccount: 0n, refunded: 198_000n, matchesMade: 1, reason: undefined },
        { allocated: 0n, onAccount: 0n, refunded: 50_000n, matchesMade: 3, reason: 'AMBIGUOUS' },
      ],
      matches: [
        [['EARLY_PAYMENT_DISCOUNT', '退汇 The bank took the money back.']],
        [
          ['REFERENCE', '认领错误'],
          ['BY_HAND', '认领错误'],
          ['BY_HAND', '认领错误'],
        ],
      ],
      refunds: [[198_000n], [50_000n]],
    });
    expect(await killAtEveryWrite(all, whole)).toBeGreaterThan(35);
  }, 120_000);
});
