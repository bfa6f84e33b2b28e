import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dismissReceipt,
  listOwnCredits,
  mergeReceipt,
  reopenReceipt,
  unmergeReceipt,
} from '../../../functions/receivables/receipts/receipt-examples.ts';
import {
  assignReturnedCredit,
  dismissReturnedCredit,
  listReturnedCredits,
  reopenReturnedCredit,
  unassignReturnedCredit,
} from '../../../functions/receivables/returned/returned-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { signIn } from '../../support/system.ts';
import { type ApiSystem, legalEntity, openAccount, systemWithBook, yuan } from './api-system.ts';

const numbers = { bank: '11001018500053012345', sweep: '11001018500053099999' };

/** A statement of the bank account, line by line, made by hand. */
const statement = (sequence: number, opening: string, closing: string, ...lines: readonly string[]) =>
  [
    ...[':20:R', `:25:${numbers.bank}`, `:28C:${sequence}/1`, `:60F:C26030${sequence}CNY${opening}`],
    ...[...lines, `:62F:C26030${sequence}CNY${closing}`, '-', ''],
  ].join('\r\n');

/** Files of a bank, through to what is booked. */
describe('entries of statements that are no new receipts, through the API', () => {
  let system: System;
  let api: ApiClient;
  let ids: ApiSystem['ids'];
  let fill: ApiSystem['fill'];

  const send = async (text: string, key: string) => {
    expectSuccess(await api.sendFile('/v1/statements', new Uint8Array(Buffer.from(text)), key));
    expect(await system.quiesce()).toBe(true);
  };
  const receipts = async () =>
    expectSuccess(await api.get('/v1/receipts')).receipts as {
      id: string;
      state: string;
      amount: { amount: string };
    }[];
  const proof = async () => expectSuccess(await api.get('/v1/receivables/proof'));
  const balance = async () => expectSuccess(await api.get(`/v1/accounts/${ids.bankAccountId}/balance`)).posted;

  beforeAll(async () => {
    ({ system, api, ids, fill } = await systemWithBook());
    for (const [name, number] of Object.entries(numbers)) {
      ids[`${name}AccountId`] = await openAccount(api, name, { bankAccount: { number } });
    }
  });
  afterAll(() => system?.stop());

  it('from another account of our own are none, and what a bank takes back is taken off its receipt', async () => {
    const own = [':61:2603010301C900,00NTRFNONREF//S-1', `:86:166?00SWEEP?31${numbers.sweep}?32YUDAO`];
    const paid = [':61:2603010301C5000,00NTRFE2E-1//B-1', ':86:166?00CREDIT?3162220212345678901?32JIANGNAN'];
    await send(statement(1, '0,00', '5900,00', ...own, ...paid), 's1');
    expect((await receipts()).map(({ amount }) => amount.amount)).toEqual(['5000.00']);
    await send(statement(2, '5900,00', '900,00', ':61:2603020302RC5000,00NTRFE2E-1//B-1', ':86:166?00RETURN'), 's2');
    expect((await receipts()).map(({ state }) => state)).toEqual(['REFUNDED']);
    const { returnedCredits } = expectSuccess(await api.get('/v1/returned-credits?state=ASSIGNED'));
    expect(returnedCredits).toMatchObject([{ amount: yuan('5000.00'), rest: yuan('0.00'), bankReferences: ['B-1'] }]);
    expect([await balance(), (await proof()).balanced]).toEqual([yuan('0.00'), true]);
  });

  it('that a bank took back of nobody knows which receipt wait, and go where somebody says', async () => {
    const twice = ['B-2', 'B-3'].flatMap((bank) => [
      `:61:2603030303C5000,00NTRFNONREF//${bank}`,
      ':86:166?00CREDIT?3162220212345678901?32JIANGNAN',
    ]);
    const back = [':61:2603030303RC5000,00NTRFNONREF//R-9', ':86:166?00RETURN?3162220212345678901?32JIANGNAN'];
    await send(statement(3, '900,00', '5900,00', ...twice, ...back), 's3');
    const open = expectSuccess(await api.get(`/v1/returned-credits?state=${listReturnedCredits.query.state}`));
    expect(open.returnedCredits).toMatchObject([{ state: 'OPEN', reason: 'SEVERAL_RECEIPTS', rest: yuan('5000.00') }]);
    ids.returnedCreditId = open.returnedCredits[0].id;
    const waiting = (await receipts()).filter(({ state }) => state === 'OPEN');
    ids.returnedReceiptId = waiting[0]?.id ?? '';
    const path = `/v1/returned-credits/${ids.returnedCreditId}/assign`;
    const body = fill(assignReturnedCredit.body);
    expect(await api.post(path, { ...body, receiptId: 'rcp_0' }, 'a0')).toMatchObject({ status: 400 });
    expect(await api.post(path, { ...body, amount: yuan('5000.01') }, 'a1')).toMatchObject({
      status: 409,
      body: {
        code: 'receivables/returned-credit-exceeded',
        available: yuan('5000.00'),
        errors: [{ pointer: '/amount/amount' }],
      },
    });
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, body, 'a2'))).toMatchObject({ state: 'ASSIGNED', rest: yuan('0.00') });
    }
    expect(await api.post(path, body, 'a3')).toMatchObject({
      status: 409,
      body: { code: 'receivables/returned-credit-assigned', receiptIds: [ids.returnedReceiptId] },
    });
    expect(await system.quiesce()).toBe(true);
    const whole = expectSuccess(await api.get(`/v1/receipts/${ids.returnedReceiptId}`));
    expect(whole).toMatchObject({ state: 'REFUNDED', refunds: [{ amount: yuan('5000.00') }] });
    expect([await balance(), (await proof()).balanced]).toEqual([yuan('5000.00'), true]);
    const auditor = await signIn(system.url, 'auditor');
    expect((await auditor.post(path, body, 'a4')).status).toBe(403);
    const other = await signIn(system.url, 'treasurer-2');
    expect((await other.post(path, body, 'a5')).status).toBe(404);
  });

  it('that a bank took back and that were none are dismissed, with the reason', async () => {
    await send(
      statement(4, '5900,00', '5000,00', ':61:2603040304RC900,00NTRFNONREF//R-X', ':86:166?00RETURN?32STRAY'),
      's3b',
    );
    const open = expectSuccess(await api.get('/v1/returned-credits?state=OPEN'));
    expect(open.returnedCredits).toMatchObject([{ reason: 'NO_RECEIPT', rest: yuan('900.00') }]);
    ids.strayCreditId = open.returnedCredits[0].id;
    const path = `/v1/returned-credits/${ids.strayCreditId}/dismiss`;
    expect(await api.post(path, { reason: '' }, 'd0')).toMatchObject({ body: { errors: [{ pointer: '/reason' }] } });
    const { reason } = dismissReturnedCredit.body;
    const dismissed = { state: 'DISMISSED', dismissed: reason, rest: yuan('900.00') };
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, { reason }, 'd1'))).toMatchObject(dismissed);
    }
    expect(await system.quiesce()).toBe(true);
    const { returnedCredits } = expectSuccess(await api.get('/v1/returned-credits?state=DISMISSED'));
    expect(returnedCredits).toMatchObject([dismissed]);
  });

  it('that were dismissed by mistake wait again once they are reopened, once per key', async () => {
    const path = `/v1/returned-credits/${ids.strayCreditId}/reopen`;
    const { expectedVersion } = reopenReturnedCredit.body;
    expect(await api.post(path, { expectedVersion: expectedVersion + 1 }, 'o0')).toMatchObject({
      status: 409,
      body: { code: 'receivables/version-conflict' },
    });
    const before = expectSuccess(await api.get('/v1/returned-credits?state=OPEN'));
    expect(before).toEqual({ returnedCredits: [] });
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, { expectedVersion }, 'o1'))).toMatchObject({ state: 'OPEN' });
    }
    expect(await system.quiesce()).toBe(true);
    expect(await api.post(path, {}, 'o2')).toMatchObject({
      status: 409,
      body: { code: 'receivables/returned-credit-not-dismissed' },
    });
    const unassigned = `/v1/returned-credits/${ids.strayCreditId}/unassign`;
    expect(await api.post(unassigned, fill(unassignReturnedCredit.body), 'u0')).toMatchObject({
      status: 409,
      body: { code: 'receivables/returned-credit-not-assigned', errors: [{ pointer: '/receiptId' }] },
    });
    const { returnedCredits } = expectSuccess(await api.get('/v1/returned-credits?state=OPEN'));
    expect(returnedCredits).toMatchObject([{ id: ids.strayCreditId, reason: 'NO_RECEIPT', candidates: [] }]);
    expect(returnedCredits[0].dismissed).toBeUndefined();
  });

  it('told by hand and by a bank are merged, and the books are exact', async () => {
    const byHand = { number: 'SK-1', legalEntity, amount: yuan('5000.00'), paidOn: '2026-03-03' };
    ids.otherReceiptId = expectSuccess(await api.post('/v1/receipts', byHand, 'r1')).id;
    expect(await system.quiesce()).toBe(true);
    const told = (await receipts()).find(({ id, state }) => state === 'OPEN' && id !== ids.otherReceiptId);
    const path = `/v1/receipts/${told?.id}/merge`;
    const body = fill(mergeReceipt.body);
    expect(await api.post(path, { into: told?.id }, 'm0')).toMatchObject({
      status: 422,
      body: { code: 'receivables/merge-with-itself', errors: [{ pointer: '/into' }] },
    });
    expect(await api.post(path, { into: ids.returnedReceiptId }, 'm1')).toMatchObject({
      status: 409,
      body: { code: 'receivables/merge-differs', differs: ['sources'] },
    });
    expect(await api.post(path, body, 'm2')).toMatchObject({ status: 200 });
    expect(await api.post(path, body, 'm3')).toMatchObject({
      status: 409,
      body: { code: 'receivables/receipt-merged', mergedInto: ids.otherReceiptId },
    });
    expect(
      await api.post(`/v1/receipts/${told?.id}/refund`, { amount: yuan('1.00'), reason: '多付' }, 'm4'),
    ).toMatchObject({
      status: 409,
      body: { code: 'receivables/receipt-merged' },
    });
    expect(await system.quiesce()).toBe(true);
    const { receipts: merged } = expectSuccess(await api.get('/v1/receipts?state=MERGED'));
    expect(merged).toMatchObject([{ id: told?.id, unapplied: yuan('0.00'), mergedInto: ids.otherReceiptId }]);
    const { exceptions } = expectSuccess(await api.get('/v1/exceptions'));
    expect(exceptions).toMatchObject([{ id: ids.otherReceiptId, mergeInto: [] }]);
    expect(await proof()).toMatchObject({
      balanced: true,
      books: [{ receipts: { count: 3, amount: yuan('15000.00') } }],
    });
    expect(await balance()).toEqual(yuan('5000.00'));
  });

  it('that were not the same money after all are two again, and the books are exact', async () => {
    const { receipts: merged } = expectSuccess(await api.get('/v1/receipts?state=MERGED'));
    const path = `/v1/receipts/${merged[0].id}/unmerge`;
    const { body } = unmergeReceipt;
    expect(await api.post(path, { ...body, reason: '' }, 'n0')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await api.post(path, { ...body, expectedVersion: 1 }, 'n1')).toMatchObject({
      body: { code: 'receivables/version-conflict' },
    });
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, body, 'n2'))).toMatchObject({
        unapplied: yuan('5000.00'),
        unmerged: [{ into: ids.otherReceiptId, undone: { reason: body.reason } }],
        mergeInto: [ids.otherReceiptId],
      });
    }
    expect(await api.post(path, body, 'n3')).toMatchObject({
      status: 409,
      body: { code: 'receivables/receipt-not-merged' },
    });
    expect(await system.quiesce()).toBe(true);
    expect(await proof()).toMatchObject({
      balanced: true,
      books: [{ receipts: { count: 4, amount: yuan('20000.00') } }],
    });
    expect(await balance()).toEqual(yuan('5000.00'));
  });

  it('from another account of our own are a receipt once somebody says so, and what was told wrongly by hand is dismissed', async () => {
    const { ownCredits } = expectSuccess(await api.get(`/v1/own-credits?state=${listOwnCredits.query.state}`));
    expect(ownCredits).toMatchObject([{ state: 'LEFT_OUT', amount: yuan('900.00') }]);
    const path = `/v1/own-credits/${ownCredits[0].id}/take`;
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, {}, 'o1'))).toMatchObject({ amount: yuan('900.00') });
    }
    const wrong = { number: 'SK-2', legalEntity, amount: yuan('7.00'), paidOn: '2026-03-03' };
    const { id } = expectSuccess(await api.post('/v1/receipts', wrong, 'r2'));
    const dismissed = expectSuccess(await api.post(`/v1/receipts/${id}/dismiss`, dismissReceipt.body, 'x1'));
    expect(dismissed).toMatchObject({ state: 'DISMISSED', dismissed: yuan('7.00'), unapplied: yuan('0.00') });
    expect(await system.quiesce()).toBe(true);
    expect([(await proof()).balanced, await balance()]).toEqual([true, yuan('5900.00')]);
    for (let times = 0; times < 2; times++) {
      const again = expectSuccess(await api.post(`/v1/receipts/${id}/reopen`, reopenReceipt.body, 'x2'));
      expect(again).toMatchObject({
        state: 'OPEN',
        unapplied: yuan('7.00'),
        dismissals: [{ undone: reopenReceipt.body }],
      });
    }
    expect(await api.post(`/v1/receipts/${id}/reopen`, reopenReceipt.body, 'x3')).toMatchObject({
      status: 409,
      body: { code: 'receivables/receipt-not-dismissed' },
    });
    expect(await system.quiesce()).toBe(true);
    expect(await proof()).toMatchObject({ balanced: true });
  });

  it('that went to the wrong receipt are taken off it again, and go where nobody ruled it out', async () => {
    const path = `/v1/returned-credits/${ids.returnedCreditId}/unassign`;
    const body = fill(unassignReturnedCredit.body);
    expect(await api.post(path, { ...body, reason: '' }, 'w0')).toMatchObject({
      body: { errors: [{ pointer: '/reason' }] },
    });
    const { version: _, ...shown } = unassignReturnedCredit.response;
    for (let times = 0; times < 2; times++) {
      const { state, rest, receipts: none } = expectSuccess(await api.post(path, body, 'w1'));
      expect({ state, rest, none }).toEqual({ state: shown.state, rest: shown.rest, none: shown.receipts });
    }
    expect(await system.quiesce()).toBe(true);
    const again = expectSuccess(await api.get(`/v1/receipts/${ids.returnedReceiptId}`));
    expect(again).toMatchObject({
      ...{ state: 'OPEN', unapplied: yuan('5000.00'), refunded: yuan('0.00') },
      refunds: [
        { kind: 'RETURNED', amount: yuan('5000.00') },
        { kind: 'RETURN_REVERSED', amount: yuan('-5000.00'), reason: body.reason },
      ],
    });
    // Of the two that it might have been, one is left.
    const { returnedCredits } = expectSuccess(await api.get('/v1/returned-credits?state=ASSIGNED'));
    const found = (returnedCredits as { id: string; receipts: { receiptId: string }[] }[]).find(
      ({ id }) => id === ids.returnedCreditId,
    );
    expect(found?.receipts.map(({ receiptId }) => receiptId)).not.toContain(ids.returnedReceiptId);
    expect(found?.receipts).toHaveLength(1);
    expect(await proof()).toMatchObject({ balanced: true });
  });
});
