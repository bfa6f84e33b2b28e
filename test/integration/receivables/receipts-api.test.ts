import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as customers from '../../../functions/receivables/customers/customer-examples.ts';
import * as invoices from '../../../functions/receivables/invoices/invoice-examples.ts';
import * as matches from '../../../functions/receivables/matches/match-examples.ts';
import * as receipts from '../../../functions/receivables/receipts/receipt-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { signIn } from '../../support/system.ts';
import { type ApiSystem, openAccount, systemWithBook, yuan } from './api-system.ts';

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('receipts through the API', () => {
  let own: ApiSystem;
  let api: ApiClient;
  let ids: ApiSystem['ids'];

  const receipt = async (id = ids.receiptId) => expectSuccess(await api.get(`/v1/receipts/${id}`));
  const act = (verb: string, body: object, key: string) =>
    api.post(`/v1/receipts/${ids.receiptId}/${verb}`, own.fill(body), key);
  const proof = async () => expectSuccess(await api.get('/v1/receivables/proof'));

  beforeAll(async () => {
    own = await systemWithBook();
    ({ api, ids } = own);
    ids.bankAccountId = await openAccount(api, 'bank', { bankAccount: { number: '11001018500053012345' } });
    ids.customerId = expectSuccess(await api.post('/v1/customers', customers.createCustomer.body, 'k1')).id;
    ids.invoiceId = expectSuccess(await api.post('/v1/invoices', invoices.createInvoice.body, 'i1')).id;
  });
  afterAll(() => own?.system.stop());

  it('are told by hand, once per number, and matched by themselves: 12,098.76 on day 10 clears 12,345.67', async () => {
    const made = await api.post('/v1/receipts', receipts.createReceipt.body, 'r1');
    const { id, createdAt, changedAt, sources, ...facts } = expectSuccess(made);
    ids.receiptId = id;
    const { id: _i, createdAt: _c, changedAt: _a, sources: _s, ...told } = receipts.createReceipt.response;
    expect([made.status, facts]).toEqual([201, told]);
    expect(sources).toMatchObject([{ kind: 'BY_HAND', id: 'SK-2026-0042' }]);
    expect(expectSuccess(await api.post('/v1/receipts', receipts.createReceipt.body, 'other-key')).id).toBe(id);
    const taken = { ...receipts.createReceipt.body, amount: yuan('1.00') };
    expect(await api.post('/v1/receipts', taken, 'r2')).toMatchObject({
      status: 409,
      body: { code: 'receivables/receipt-number-taken', errors: [{ pointer: '/number' }] },
    });
    await own.quiet();
    const matched = await receipt();
    expect(matched).toMatchObject({
      state: 'MATCHED',
      customerId: ids.customerId,
      matches: [{ rule: 'EARLY_PAYMENT_DISCOUNT' }],
    });
    ids.matchId = matched.matches[0].id;
    const match = expectSuccess(await api.get(`/v1/matches/${ids.matchId}`));
    expect(match.allocations).toEqual([{ invoiceId: ids.invoiceId, cash: yuan('12098.76'), discount: yuan('246.91') }]);
    expect(match.evidence).toContainEqual({ kind: 'ACCOUNT', found: '****5123', meant: '江南机械厂有限公司' });
    expect(expectSuccess(await api.get(`/v1/transfers/${match.transferId}`)).legs.length).toBe(2);
    expect(expectSuccess(await api.get(`/v1/invoices/${ids.invoiceId}`)).state).toBe('PAID');
    expect(await proof()).toMatchObject({
      balanced: true,
      books: [{ matches: { discount: yuan('246.91') }, open: yuan('0.00') }],
    });
  });

  it('are unmatched and wait for somebody, who finds how they may be explained', async () => {
    const body = receipts.unmatchReceipt.body;
    const undone = expectSuccess(await act('unmatch', body, 'u1'));
    expect(undone).toMatchObject({
      state: 'OPEN',
      exception: { reason: 'AMBIGUOUS' },
      matches: [{ undone: { reason: body.reason } }],
    });
    expect(undone.suggestions).toMatchObject([{ place: 1, rule: 'EARLY_PAYMENT_DISCOUNT' }]);
    await own.quiet();
    expect(await receipt()).toMatchObject({ state: 'OPEN', version: undone.version });
    expect(expectSuccess(await act('unmatch', body, 'u1')).version).toBe(undone.version);
    expect(await act('unmatch', { ...body, matchId: ids.matchId }, 'u2')).toMatchObject({
      status: 409,
      body: { code: 'receivables/match-undone' },
    });
    expect(await act('unmatch', body, 'u6')).toMatchObject({
      status: 409,
      body: { code: 'receivables/nothing-matched' },
    });
    expect(expectSuccess(await api.get(`/v1/matches/${ids.matchId}`)).undoneTransferId).toMatch(/^tr_/);
    expect(await proof()).toMatchObject({
      balanced: true,
      books: [{ open: yuan('12345.67'), receipts: { unapplied: yuan('12098.76') } }],
    });
    const listed = expectSuccess(await api.get('/v1/exceptions?reason=AMBIGUOUS'));
    expect(listed.exceptions.map(({ id }: { id: string }) => id)).toEqual([ids.receiptId]);
    const assigned = expectSuccess(
      await api.post(`/v1/exceptions/${ids.receiptId}/assign`, matches.assignException.body),
    );
    expect(assigned.exception).toMatchObject(matches.assignException.body);
    await own.quiet();
    const mine = await api.get(`/v1/exceptions?assignee=${encodeURIComponent('王芳')}`);
    expect(expectSuccess(mine).exceptions.length).toBe(1);
    expect(await api.post(`/v1/exceptions/${ids.receiptId}/settle`, {})).toMatchObject({
      status: 409,
      body: { code: 'receivables/exception-open' },
    });
  });

  it('are refused what they have not got, and nothing of it is written', async () => {
    const before = await receipt();
    const invoice = { invoiceId: ids.invoiceId, amount: yuan('12098.77') };
    const base = { customerId: ids.customerId };
    for (const [verb, body, status, code, pointer] of [
      ['allocate', { ...base, invoices: [invoice] }, 409, 'receivables/receipt-exceeded'],
      [
        'allocate',
        { ...base, invoices: [{ ...invoice, amount: yuan('12345.68') }] },
        409,
        'receivables/invoice-exceeded',
        '/invoices/0',
      ],
      [
        'allocate',
        { ...base, invoices: [{ ...invoice, amount: yuan('1.00') }], from: 'ON_ACCOUNT' },
        409,
        'receivables/on-account-exceeded',
      ],
      [
        'allocate',
        { ...base, onAccount: { amount: '1.00', currency: 'USD' } },
        409,
        'receivables/other-currency',
        '/onAccount/currency',
      ],
      [
        'dismiss',
        { amount: { amount: '1.00', currency: 'USD' }, reason: 'x' },
        409,
        'receivables/other-currency',
        '/amount/currency',
      ],
      ['allocate', base, 422, 'receivables/match-empty'],
      [
        'allocate',
        { ...base, onAccount: yuan('1.00'), expectedVersion: 1 },
        409,
        'receivables/version-conflict',
        '/expectedVersion',
      ],
      [
        'match',
        { suggestion: 2, expectedVersion: before.version },
        409,
        'receivables/suggestion-not-found',
        '/suggestion',
      ],
      ['match', { suggestion: 1 }, 400, 'request/malformed', '/expectedVersion'],
      ['match', { suggestion: 1, expectedVersion: 1 }, 409, 'receivables/version-conflict', '/expectedVersion'],
      ['match', { invoices: ['inv_00000000000000000000000000'] }, 404, 'receivables/invoice-not-found', '/invoices/0'],
      ['match', {}, 400, 'request/malformed'],
      ['refund', { amount: yuan('12098.77'), reason: 'x' }, 409, 'receivables/receipt-exceeded', '/amount/amount'],
      ['refund', { amount: yuan('0.00'), reason: 'x' }, 400, 'request/malformed'],
    ] as const) {
      const answer = await act(verb, body, `refused-${verb}-${code}-${status}`);
      expect([answer.status, answer.body.code], JSON.stringify(body)).toEqual([status, code]);
      if (pointer) expect(answer.body.errors).toMatchObject([{ pointer }]);
    }
    expect(await receipt()).toEqual(before);
    const stranger = await signIn(own.system.url, 'treasurer-2');
    expect((await stranger.get(`/v1/receipts/${ids.receiptId}`)).status).toBe(404);
    const wrongCash = {
      ...receipts.createReceipt.body,
      number: 'SK-9',
      cashAccountId: 'acc_00000000000000000000000000',
    };
    expect(await api.post('/v1/receipts', wrongCash, 'r9')).toMatchObject({
      status: 409,
      body: { code: 'receivables/cash-account' },
    });
  });

  it('are matched by a suggestion, by the invoices named, allocated to the fen, and refunded', async () => {
    const chosen = { suggestion: 1, expectedVersion: (await receipt()).version };
    expect(expectSuccess(await act('match', chosen, 'm1'))).toMatchObject({
      state: 'MATCHED',
      allocated: yuan('12098.76'),
    });
    expectSuccess(await act('unmatch', receipts.unmatchReceipt.body, 'u3'));
    const named = expectSuccess(await act('match', receipts.matchReceipt.body, 'm2'));
    expect(named.matches.at(-1)).toMatchObject({ rule: 'BY_HAND', allocations: [{ discount: yuan('246.91') }] });
    expect(await act('match', chosen, 'm2')).toMatchObject({
      status: 422,
      body: { code: 'request/idempotency-key-reused' },
    });
    expectSuccess(await act('unmatch', receipts.unmatchReceipt.body, 'u4'));
    const allocated = expectSuccess(await act('allocate', receipts.allocateReceipt.body, 'a1'));
    const { state, allocated: paid, onAccount, unapplied } = receipts.allocateReceipt.response;
    expect(allocated).toMatchObject({ state, allocated: paid, onAccount, unapplied });
    const refunded = expectSuccess(await act('refund', receipts.refundReceipt.body, 'f1'));
    expect(refunded).toMatchObject({ state: 'MATCHED', refunded: yuan('2000.00'), unapplied: yuan('0.00') });
    expect(refunded).not.toHaveProperty('exception');
    expectSuccess(await act('refund', { amount: yuan('98.76'), from: 'ON_ACCOUNT', reason: '多付退款' }, 'f2'));
    const { id: matchId } = refunded.matches.at(-1);
    const { refunds } = await receipt();
    expect(await act('unmatch', { matchId, reason: 'x' }, 'u5')).toMatchObject({
      status: 409,
      body: { code: 'receivables/on-account-used', usedBy: [{ refundId: refunds[1].id, amount: yuan('98.76') }] },
    });
    await own.quiet();
    expect(await proof()).toMatchObject({
      balanced: true,
      books: [
        {
          receipts: { allocated: yuan('10000.00'), onAccount: yuan('0.00'), refunded: yuan('2098.76') },
          open: yuan('2345.67'),
        },
      ],
    });
  });

  it('of a bank statement are matched by the number that stands in them, and lie on the account of the statement', async () => {
    const text =
      ':20:R\r\n:25:11001018500053012345\r\n:28C:1/1\r\n:60F:C260320CNY0,00\r\n:61:2603200320C2345,67NTRFE2E-77//B77\r\n:86:/REMI/fp 2026 000317\r\n:62F:C260320CNY2345,67\r\n-\r\n';
    expectSuccess(await api.sendFile('/v1/statements', new Uint8Array(Buffer.from(text)), 's1'));
    await own.quiet();
    const { receipts: found } = expectSuccess(await api.get('/v1/receipts?state=MATCHED&limit=1'));
    expect(found).toMatchObject([
      {
        amount: yuan('2345.67'),
        sources: [{ kind: 'STATEMENT' }],
        cashAccountId: ids.bankAccountId,
        customerId: ids.customerId,
      },
    ]);
    expect(expectSuccess(await api.get(`/v1/accounts/${ids.bankAccountId}/balance`)).posted).toEqual(yuan('2345.67'));
    expect(expectSuccess(await api.get(`/v1/invoices/${ids.invoiceId}`))).toMatchObject({
      state: 'PAID',
      open: yuan('0.00'),
    });
    expect((await proof()).balanced).toBe(true);
    expect(expectSuccess(await api.get('/v1/refused-bookings'))).toEqual({ bookings: [] });
  });

  it('are listed by state and customer, page by page, the latest first', async () => {
    const first = expectSuccess(await api.get('/v1/receipts?limit=1'));
    const second = expectSuccess(await api.get(`/v1/receipts?limit=1&cursor=${first.nextCursor}`));
    const days = [first, second].flatMap(({ receipts: page }) => page.map(({ paidOn }: { paidOn: string }) => paidOn));
    expect([days, second.nextCursor]).toEqual([['2026-03-20', '2026-03-12'], undefined]);
    expect(expectSuccess(await api.get('/v1/receipts?state=OPEN')).receipts).toEqual([]);
    const ofCustomer = await api.get(`/v1/receipts?customerId=${ids.customerId}`);
    expect(expectSuccess(ofCustomer).receipts.length).toBe(2);
    expect((await api.get(`/v1/receipts?limit=1&state=OPEN&cursor=${first.nextCursor}`)).status).toBe(400);
  });

  it('tell the bus what happened to them, each once', async () => {
    const told = (await (await fetch(`${own.system.url}/local/events`)).json()) as { events: { event: DomainEvent }[] };
    const ofReceipt = told.events.map(({ event }) => event).filter(({ subject }) => subject === ids.receiptId);
    const counts = Map.groupBy(ofReceipt, ({ type }) => type);
    expect(Object.fromEntries([...counts].map(([type, events]) => [type, events.length]))).toEqual({
      'receivables.receipt-recorded.v1': 1,
      'receivables.receipt-matched.v1': 4,
      'receivables.receipt-unmatched.v1': 3,
      'receivables.receipt-refunded.v1': 2,
      'receivables.exception-raised.v1': 3,
      'receivables.exception-settled.v1': 3,
    });
    expect(new Set(ofReceipt.map(({ id }) => id)).size).toBe(16);
    expect(JSON.stringify(ofReceipt)).not.toContain('32001881236052505123');
  });
});
