import { beforeEach, describe, expect, it } from 'vitest';
import { allocate } from '../../../functions/receivables/matches/match-by-hand.ts';
import { undoSeveral } from '../../../functions/receivables/matches/undo-matches.ts';
import { mergeByHand } from '../../../functions/receivables/receipts/merge-by-hand.ts';
import { unappliedOf } from '../../../functions/receivables/receipts/receipt.ts';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { returnedIdOf } from '../../../functions/receivables/returned/returned-credit.ts';
import { settleAllReturned } from '../../../functions/receivables/returned/settle-returned.ts';
import { unassignReturned } from '../../../functions/receivables/returned/unassign-returned.ts';
import { step } from '../../functions/receivables/receipt-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actByHand } from './by-hand.ts';
import { eachTest } from './each-test.ts';
import {
  balances,
  disagreements,
  keepCustomer,
  keepInvoices,
  keepReceipt,
  monday,
  receiptsWithBook,
  settle,
  theReceipt,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { tellerOf } from './telling.ts';

const tenant = 'demo';
const payer = { name: '江南机械厂有限公司', account: '32001881236052505123' };

/** Somebody paid 1,000.00 twice, and a bank took one of the two back: nobody knows which. Amounts in fen. */
describe.each(engines())('a returned credit that is taken off a receipt, and off it no more, on $kind,', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  let one = '';
  let other = '';
  let returnedId = '';
  quietLog();

  beforeEach(async () => {
    const { credit, reversed, take } = tellerOf(receipts);
    const came = [
      credit(100_000n, { counterparty: payer }),
      credit(100_000n, { counterparty: payer, bankReference: 'B-2' }),
    ];
    for (const event of came) await take(event);
    const back = reversed(100_000n, { counterparty: payer, bankReference: 'R-9', bookingDate: '2026-03-04' });
    await take(back);
    await settle(receipts);
    [one = '', other = ''] = came.map(({ data }) => receiptIdOfCredit(tenant, data.creditKey));
    returnedId = returnedIdOf(tenant, back.data.reversalKey);
  });

  const read = (id: string) => theReceipt(receipts, { id });
  const assign = (receiptId: string, tools: Parameters<typeof assignReturned>[0] = receipts.tools) =>
    assignReturned(tools, { tenant, returnedId, receiptId }, claimOf('assign', receiptId, returnedId), monday);
  const unassign = (receiptId: string, key = receiptId) => {
    const asked = { tenant, returnedId, receiptId, reason: '认错' };
    return unassignReturned(receipts.tools, asked, claimOf('unassign', key, returnedId), monday);
  };

  /** The first of the two is told by hand too. */
  async function alsoByHand() {
    const { id: hand } = await keepReceipt(receipts, { payer: {} });
    const asked = { tenant, receiptId: one, into: hand };
    const merge = () => mergeByHand(receipts.tools.store, asked, claimOf('merge', 'm1', one), step);
    return { hand, merge };
  }

  it('is not taken off it by whoever was about to when somebody took it off', async () => {
    const { store } = receipts.tools;
    let isUnassigned = false;
    // Who assigns it is slow: once it knows what is to be taken off, somebody is faster.
    const readReturning: typeof store.readReturning = async (...asked) => {
      const found = await store.readReturning(...asked);
      if (found.length === 0 || isUnassigned) return found;
      isUnassigned = true;
      await unassign(one);
      return found;
    };
    await assign(one, { ...receipts.tools, store: { ...store, readReturning } });
    await settle(receipts);
    expect(isUnassigned).toBe(true);
    expect([(await read(one)).refunded, (await read(other)).refunded]).toEqual([0n, 100_000n]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('leaves to another customer what is on account by then: whose it was is for somebody to say', async () => {
    const { store } = receipts.tools;
    // Neither is of the payer's name.
    const [first, second] = [
      await keepCustomer(receipts, { names: ['华北钢铁有限公司'], accountKeys: [] }),
      await keepCustomer(receipts, { id: 'cus_2', number: 'K-2', names: ['东海贸易有限公司'], accountKeys: [] }),
    ];
    const [invoice] = await keepInvoices(receipts, { customerId: first.id, amount: 60_000n });
    await settle(receipts);
    const act = (
      key: string,
      use: { readonly customerId: string; readonly invoices?: unknown[]; onAccount?: bigint },
    ) =>
      actByHand(store, { tenant, id: one }, key, step, async (receipt) => {
        const { customerId, invoices = [], onAccount } = use;
        const kept = onAccount && { onAccount: { minor: onAccount, currency: 'CNY' as const } };
        const asked = { customerId, invoices, from: 'UNAPPLIED', ...kept } as Parameters<typeof allocate>[2];
        return [await allocate(store, receipt, asked, step)];
      });
    await act('k1', {
      customerId: first.id,
      invoices: [{ invoiceId: invoice?.id, amount: { minor: 60_000n, currency: 'CNY' } }],
    });
    await act('k2', { customerId: first.id, onAccount: 40_000n });
    const part = { tenant, returnedId, receiptId: one, amount: { minor: 40_000n, currency: 'CNY' } };
    await assignReturned(receipts.tools, part, claimOf('assign', 'part', returnedId), monday);
    await settle(receipts);
    await actByHand(store, { tenant, id: one }, 'k3', step, async (receipt) => {
      const history = await store.readHistory(receipt);
      return undoSeveral(store, receipt, history.matches.slice(0, 1), history, '认领错误', step);
    });
    await act('k4', { customerId: second.id, onAccount: 60_000n });
    await settle(receipts);
    await unassign(one);
    await settle(receipts);
    const again = await read(one);
    expect([again.customerId, again.onAccount, unappliedOf(again)]).toEqual([second.id, 60_000n, 40_000n]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('is taken off first where its receipt is to be merged, which is used then', async () => {
    const { hand, merge } = await alsoByHand();
    const writeDecided = () => Promise.reject(new Error('It dies.'));
    const dies = { ...receipts.tools, store: { ...receipts.tools.store, writeDecided } };
    await expect(assign(one, dies)).rejects.toThrow('It dies.');
    await expect(merge()).rejects.toMatchObject({ code: 'receivables/receipt-used' });
    expect([(await read(one)).refunded, (await read(hand)).merged]).toEqual([100_000n, undefined]);
    await unassign(one);
    await settle(receipts);
    expect([(await read(one)).refunded, (await read(other)).refunded]).toEqual([0n, 100_000n]);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('is not taken off by itself what its receipt is merged into since', async () => {
    const { hand, merge } = await alsoByHand();
    await assign(other);
    await unassign(other);
    await assign(one);
    await unassign(one);
    await merge();
    await settle(receipts);
    await settleAllReturned(receipts.tools, tenant, monday);
    expect((await read(one)).merged?.into).toBe(hand);
    expect([(await read(hand)).refunded, (await read(other)).refunded]).toEqual([0n, 0n]);
    // Named by either of its ids, it is off it again.
    await assign(hand);
    expect((await read(hand)).refunded).toBe(100_000n);
    await unassign(one, 'merged');
    expect((await read(hand)).refunded).toBe(0n);
    expect(await disagreements(receipts)).toEqual([]);
  });
});
