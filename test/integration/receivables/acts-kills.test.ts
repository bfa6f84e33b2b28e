import { describe, expect, it } from 'vitest';
import { createReceipt } from '../../../functions/receivables/receipts/create-receipt.ts';
import { dismissReceipt } from '../../../functions/receivables/receipts/dismiss-receipt.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import { type Receipt, receiptState } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit, receiptIdOfNumber } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { reopenReceipt } from '../../../functions/receivables/receipts/reopen-receipt.ts';
import { takeCredit } from '../../../functions/receivables/receipts/take-credit.ts';
import { unmergeByHand } from '../../../functions/receivables/receipts/unmerge-by-hand.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { returnedIdOf, returnedState } from '../../../functions/receivables/returned/returned-credit.ts';
import { takeReturnedCredit } from '../../../functions/receivables/returned/take-returned-credit.ts';
import { unassignReturned } from '../../../functions/receivables/returned/unassign-returned.ts';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import type { Change } from '../../../functions/receivables/work-off.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { entity } from '../../functions/receivables/samples.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand } from './by-hand.ts';
import { deliver, endOfWork, killAtEveryWrite } from './dying.ts';
import { balances, keepCustomer, keepInvoices, monday, settle, type TestReceipts } from './receipts.ts';
import { claimOf } from './support.ts';
import { tellerOf } from './telling.ts';

const tenant = 'demo';
const payer = { name: '江南机械厂有限公司', account: '32001881236052505123' };
const days = { valueDate: '2026-03-02', bookingDate: '2026-03-02' };
const handId = receiptIdOfNumber(tenant, 'SK-1');

function told(receipts: TestReceipts) {
  const { credit, reversed } = tellerOf(receipts);
  const came = [
    credit(100_000n, { counterparty: payer, remittance: 'FP-2026-0001', ...days }),
    credit(100_000n, { counterparty: payer, bankReference: 'B-2', ...days }),
  ] as const;
  const back = reversed(100_000n, { counterparty: payer, bankReference: 'R-9', bookingDate: '2026-03-04' });
  const ids = came.map(({ data }) => receiptIdOfCredit(tenant, data.creditKey));
  return { came, back, ids, returnedId: returnedIdOf(tenant, back.data.reversalKey) };
}

/** A customer pays 1,000.00 twice, and the bank takes one of the two back: nobody knows which. */
async function begin(receipts: TestReceipts): Promise<void> {
  const { came, back } = told(receipts);
  await keepCustomer(receipts);
  await keepInvoices(receipts, {});
  await settle(receipts);
  for (const event of came) await takeCredit(receipts.tools, event, monday);
  await settle(receipts);
  await takeReturnedCredit(receipts.tools, back, monday);
  await settle(receipts);
}

/** Somebody says that it is the one that pays an invoice, and takes that back. */
async function assigned(receipts: TestReceipts, tools: ToldTools, pending: Change[]): Promise<void> {
  const { ids, returnedId } = told(receipts);
  const [receiptId = ''] = ids;
  await assignReturned(tools, { tenant, returnedId, receiptId }, claimOf('assign', 'k1', returnedId), monday);
  await deliver(receipts, tools, pending);
  const wrong = { tenant, returnedId, receiptId, reason: '认错' };
  await unassignReturned(tools, wrong, claimOf('unassign', 'k1', returnedId), monday);
  await deliver(receipts, tools, pending);
}

/** Somebody merges what was told by hand into what a bank told, takes that back, dismisses it, and takes that back too. */
async function merged(receipts: TestReceipts, tools: ToldTools, pending: Change[]): Promise<void> {
  const { store } = tools;
  const [, into = ''] = told(receipts).ids;
  await mergeByHand(store, { tenant, receiptId: handId, into }, claimOf('merge', 'k1', handId), step);
  await deliver(receipts, tools, pending);
  const twice = { tenant, receiptId: handId, reason: '客户付了两次' };
  await unmergeByHand(store, twice, claimOf('unmerge', 'k1', handId), step);
  await deliver(receipts, tools, pending);
  const change = (key: string, next: (receipt: Receipt) => Receipt) =>
    actByHand(store, { tenant, id: handId }, key, step, async (before) => [
      { receipt: { next: next(before), before }, invoices: [] },
    ]);
  await change('dismiss', (receipt) => dismissReceipt(receipt, { reason: '录入错误' }, step));
  await deliver(receipts, tools, pending);
  await change('reopen', (receipt) => reopenReceipt(receipt, '核实为货款', step));
  await deliver(receipts, tools, pending);
}

async function tellByHand(receipts: TestReceipts): Promise<void> {
  const facts = { legalEntity: entity, currency: 'CNY', amount: 100_000n, paidOn: '2026-03-02' } as const;
  const draft = { ...facts, number: 'SK-1', payer: {}, texts: [], references: {} };
  await begin(receipts);
  await createReceipt(receipts.tools, tenant, draft, claimOf('create', 'k1', handId));
  await settle(receipts);
}

async function endOf(receipts: TestReceipts) {
  const { ids, returnedId } = told(receipts);
  const all = [...(await receipts.tools.store.readReceipts(tenant, [...ids, handId])).values()];
  const places = [...ids, handId];
  all.sort((one, other) => places.indexOf(one.id) - places.indexOf(other.id));
  const histories = await Promise.all(all.map((receipt) => receipts.tools.store.readHistory(receipt)));
  const returned = await receipts.tools.store.readReturned(tenant, returnedId);
  return {
    balances: await balances(receipts),
    receipts: all.map((one) => [receiptState(one), one.allocated, one.refunded, one.sources.length]),
    matches: histories.map(({ matches }) => matches.map(({ rule, undone }) => [rule, undone !== undefined])),
    refunds: histories.map(({ refunds }) => refunds.map(({ amount }) => amount).sort()),
    returned: returned && [returnedState(returned), returned.parts.map((part) => ids.indexOf(part.receiptId))],
  };
}

describe('what somebody does with receipts, where the process dies', () => {
  quietLog();

  it('while a returned credit is assigned, or taken off again, and it is asked for again, ends as if it had lived', async () => {
    const all = { begin, work: assigned, endOf };
    const whole = await endOfWork(all);
    expect(whole).toEqual({
      balances: { bank: 100_000n, unapplied: -100_000n, receivable: 100_000n, revenue: -100_000n },
      receipts: [
        ['OPEN', 0n, 0n, 1],
        ['REFUNDED', 0n, 100_000n, 1],
      ],
      // Once the first is taken back, the invoice is open for the second.
      matches: [[['REFERENCE', true]], [['KNOWN_ACCOUNT_AND_AMOUNT', true]]],
      refunds: [[-100_000n, 100_000n], [100_000n]],
      returned: ['ASSIGNED', [1]],
    });
    expect(await killAtEveryWrite(all, whole)).toBeGreaterThan(20);
  }, 120_000);

  it('while it is merged, or dismissed, or that is taken back, ends as if it had lived', async () => {
    const all = { begin: tellByHand, work: merged, endOf };
    const whole = await endOfWork(all);
    expect(whole).toEqual({
      balances: { bank: 200_000n, cash: 100_000n, unapplied: -200_000n, revenue: -100_000n },
      receipts: [
        ['MATCHED', 100_000n, 0n, 1],
        ['OPEN', 0n, 0n, 1],
        ['OPEN', 0n, 0n, 1],
      ],
      matches: [[['REFERENCE', false]], [], []],
      refunds: [[], [], []],
      returned: ['OPEN', []],
    });
    expect(await killAtEveryWrite(all, whole)).toBeGreaterThan(10);
  }, 120_000);
});
