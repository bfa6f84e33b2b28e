import { beforeEach, describe, expect, it } from 'vitest';
import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { returnedIdOf } from '../../../functions/receivables/returned/returned-credit.ts';
import { unassignReturned } from '../../../functions/receivables/returned/unassign-returned.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import {
  balances,
  disagreements,
  monday,
  receiptsWithBook,
  settle,
  type TestReceipts,
  theReceipt,
} from './receipts.ts';
import { claimOf } from './support.ts';
import { tellerOf } from './telling.ts';

const tenant = 'demo';
const payer = { name: '江南机械厂有限公司', account: '32001881236052505123' };

/** Somebody paid 1,000.00 twice, and a bank took one of the two back: nobody knows which. Amounts in fen. */
describe.each(engines())('a returned credit that is taken off a receipt, and off it no more, on $kind,', (engine) => {
  let receipts: TestReceipts;
  let one = '';
  let other = '';
  let returnedId = '';
  quietLog();

  beforeEach(async () => {
    receipts = await receiptsWithBook(engine);
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
  const unassign = (receiptId: string) => {
    const asked = { tenant, returnedId, receiptId, reason: '认错' };
    return unassignReturned(receipts.tools, asked, claimOf('unassign', receiptId, returnedId), monday);
  };

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
});
