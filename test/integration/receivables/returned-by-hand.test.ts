import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/receivables/events.ts';
import { assignReturned } from '../../../functions/receivables/returned/assign-returned.ts';
import { dismissReturned } from '../../../functions/receivables/returned/dismiss-returned.ts';
import { reopenReturned } from '../../../functions/receivables/returned/reopen-returned.ts';
import { returnedState } from '../../../functions/receivables/returned/returned-credit.ts';
import { unassignReturned } from '../../../functions/receivables/returned/unassign-returned.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { eachTest } from './each-test.ts';
import { balances, disagreements, keepReceipt, monday, receiptsWithBook, settle, theReceipt } from './receipts.ts';
import { claimOf } from './support.ts';
import { tellingTo } from './telling.ts';

const tenant = 'demo';

/** Credits that a bank takes back. Amounts in fen. */
describe.each(engines())('a credit that a bank took back and somebody looks at, on $kind', (engine) => {
  const receipts = eachTest(() => receiptsWithBook(engine));
  quietLog();

  const { credit, reversed, take, idOf, read, returnedOf } = tellingTo(() => receipts);
  const payer = { name: '江南机械厂有限公司', account: '32001881236052505123' };

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
    expect([...(waits?.candidates ?? [])].sort()).toEqual(both.map(idOf).sort());
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

  it('of a receipt that was told by hand, on no account, is assigned to it, and goes back where it was booked', async () => {
    const byHand = await keepReceipt(receipts, { number: 'SK-1' });
    const back = reversed(100_000n);
    await take(back);
    await settle(receipts);
    expect(await balances(receipts)).toEqual({ cash: 100_000n, unapplied: -100_000n });
    const { id: returnedId } = await returnedOf(back);
    const asked = { tenant, returnedId, receiptId: byHand.id };
    await assignReturned(receipts.tools, asked, claimOf('assign', 'k1', returnedId), monday);
    await settle(receipts);
    expect((await theReceipt(receipts, byHand)).refunded).toBe(100_000n);
    expect(await balances(receipts)).toEqual({});
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

  it('that was dismissed by mistake is reopened, once, and taken off the receipt that came', async () => {
    const named = { references: { endToEndId: 'E-9' } };
    const back = reversed(100_000n, { ...named, bankReference: 'R-9' });
    await take(back);
    await settle(receipts);
    const { id: returnedId } = await returnedOf(back);
    const which = { tenant, returnedId };
    const reopen = (key: string) => reopenReturned(receipts.tools, which, claimOf('reopen', key, returnedId));
    const refused = { code: 'receivables/returned-credit-not-dismissed' };
    await expect(reopen('k0')).rejects.toMatchObject(refused);
    const dismissal = { ...which, reason: 'Never ours' };
    await dismissReturned(receipts.tools, dismissal, claimOf('dismiss', 'k1', returnedId));
    const came = credit(100_000n, named);
    await take(came);
    await settle(receipts);
    for (let times = 0; times < 2; times++) expect(returnedState(await reopen('k1'))).toBe('OPEN');
    await settle(receipts);
    expect((await returnedOf(back)).parts).toEqual([{ receiptId: idOf(came), amount: 100_000n }]);
    expect((await read(came)).refunded).toBe(100_000n);
    await expect(reopen('k2')).rejects.toMatchObject(refused);
    expect(await disagreements(receipts)).toEqual([]);
  });

  it('that was assigned to the wrong receipt is taken off it again, goes to the right one, and could come back', async () => {
    const both = [
      credit(100_000n, { counterparty: payer }),
      credit(100_000n, { counterparty: payer, bankReference: 'B-2' }),
    ] as const;
    for (const event of both) await take(event);
    const back = reversed(100_000n, { counterparty: payer, bankReference: 'R-9', bookingDate: '2026-03-04' });
    await take(back);
    await settle(receipts);
    const { id: returnedId } = await returnedOf(back);
    const assign = (event: (typeof both)[number], key: string) => {
      const asked = { tenant, returnedId, receiptId: idOf(event) };
      return assignReturned(receipts.tools, asked, claimOf('assign', key, returnedId), monday);
    };
    const unassign = (event: (typeof both)[number], key: string) => {
      const asked = { tenant, returnedId, receiptId: idOf(event), reason: '认错' };
      return unassignReturned(receipts.tools, asked, claimOf('unassign', key, returnedId), monday);
    };
    const [wrong, right] = both;
    await expect(unassign(wrong, 'k0')).rejects.toMatchObject({ code: 'receivables/returned-credit-not-assigned' });
    await assign(wrong, 'k1');
    await settle(receipts);
    for (let times = 0; times < 2; times++) await unassign(wrong, 'k1');
    expect(await read(wrong)).toMatchObject({ refunded: 0n, exception: { reason: 'UNKNOWN_PAYER' }, handled: true });
    await settle(receipts);
    // Of the two only the other one may be it now.
    expect((await returnedOf(back)).parts).toEqual([{ receiptId: idOf(right), amount: 100_000n }]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
    await unassign(right, 'k2');
    await assign(wrong, 'k2');
    await settle(receipts);
    expect([(await read(wrong)).refunded, (await read(right)).refunded]).toEqual([100_000n, 0n]);
    const { refunds } = await receipts.tools.store.readHistory(await read(wrong));
    expect(refunds.map(({ amount }) => amount).sort()).toEqual([-100_000n, 100_000n, 100_000n]);
    expect(await balances(receipts)).toEqual({ bank: 100_000n, unapplied: -100_000n });
    expect(await disagreements(receipts)).toEqual([]);
  });
});
