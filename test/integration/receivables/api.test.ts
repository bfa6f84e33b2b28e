import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as books from '../../../functions/receivables/books/book-examples.ts';
import * as customers from '../../../functions/receivables/customers/customer-examples.ts';
import * as invoices from '../../../functions/receivables/invoices/invoice-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { signIn } from '../../support/system.ts';
import { type ApiSystem, legalEntity, systemWithAccounts, yuan } from './api-system.ts';

const file = (text: string) => new Uint8Array(Buffer.from(text));

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('receivables through the API', () => {
  let own: ApiSystem;
  let api: ApiClient;
  let approver: ApiClient;
  let ids: ApiSystem['ids'];

  beforeAll(async () => {
    own = await systemWithAccounts();
    ({ api, ids } = own);
    approver = await signIn(own.system.url, 'approver');
  });
  afterAll(() => own?.system.stop());

  it('are booked on accounts that the legal entity holds', async () => {
    const { id: foreign } = expectSuccess(
      await api.post('/v1/accounts', { currency: 'USD', holder: legalEntity, name: 'Foreign' }, 'foreign'),
    );
    const asked = own.fill(books.putReceivablesBook.body);
    const wrong = { ...asked, accounts: { ...asked.accounts, badDebt: foreign, charge: asked.accounts.discount } };
    expect(await api.put('/v1/receivables-books', wrong)).toMatchObject({
      status: 409,
      body: {
        code: 'receivables/book-accounts',
        errors: [{ pointer: '/accounts/charge' }, { pointer: '/accounts/badDebt' }],
      },
    });
    const put = expectSuccess(await api.put('/v1/receivables-books', asked));
    expect(put).toMatchObject({ version: 1, accounts: asked.accounts });
    expect(expectSuccess(await api.get('/v1/receivables-books')).books).toEqual([put]);
  });

  it('are matched by rules, the common ones until others are put', async () => {
    expect(expectSuccess(await api.get('/v1/match-rules'))).toEqual(books.getMatchRules.response);
    const put = expectSuccess(await api.put('/v1/match-rules', books.putMatchRules.body));
    expect(put).toEqual({ ...books.putMatchRules.response, changedAt: put.changedAt });
    expect(expectSuccess(await api.get('/v1/match-rules'))).toEqual(put);
  });

  it('are owed by customers, whose account numbers are shown masked', async () => {
    const made = await api.post('/v1/customers', customers.createCustomer.body, 'k1');
    const { id, createdAt, changedAt } = expectSuccess(made);
    ids.customerId = id;
    expect(made).toEqual({ status: 201, body: { ...customers.createCustomer.response, id, createdAt, changedAt } });
    const changed = expectSuccess(await api.patch(`/v1/customers/${id}`, customers.changeCustomer.body, 'c1'));
    expect(changed).toMatchObject({
      aliases: customers.changeCustomer.response.aliases,
      accounts: ['****5123', '****0123'],
      tolerance: customers.changeCustomer.response.tolerance,
      threshold: customers.changeCustomer.response.threshold,
      version: 2,
    });
    expect(expectSuccess(await api.get(`/v1/customers/${id}`))).toEqual(changed);
    const all = JSON.stringify(expectSuccess(await api.get('/v1/customers')));
    expect(all).not.toContain('32001881236052505123');
    expect(await (await signIn(own.system.url, 'treasurer-2')).get(`/v1/customers/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'receivables/customer-not-found' },
    });
  });

  it('are paid to virtual accounts', async () => {
    const asked = own.fill(customers.createVirtualAccount.body);
    const { id } = expectSuccess(await api.post('/v1/virtual-accounts', asked, 'v1'));
    expect(expectSuccess(await api.get(`/v1/virtual-accounts/${id}`))).toMatchObject({ ...asked, state: 'ACTIVE' });
    expect(expectSuccess(await api.post(`/v1/virtual-accounts/${id}/close`, {}))).toMatchObject({ state: 'CLOSED' });
    expect(expectSuccess(await api.get('/v1/virtual-accounts')).virtualAccounts).toMatchObject([{ state: 'CLOSED' }]);
  });

  it('begin with an invoice: 12,345.67 of 2 March by 2/10 net 30 is due on 1 April', async () => {
    const made = await api.post('/v1/invoices', invoices.createInvoice.body, 'i1');
    const { id, createdAt, changedAt } = expectSuccess(made);
    ids.invoiceId = id;
    const customerId = ids.customerId ?? '';
    expect(made.body).toEqual({ ...invoices.createInvoice.response, id, customerId, createdAt, changedAt });
    expect(expectSuccess(await api.get(`/v1/invoices/${id}`))).toEqual(made.body);
    const { reductions: _, ...head } = made.body;
    const byNumber = `/v1/invoices?legalEntity=${encodeURIComponent(legalEntity)}&number=FP-2026-000317`;
    expect(expectSuccess(await api.get(byNumber))).toEqual({ invoices: [head] });
    expect(expectSuccess(await api.get(`${byNumber}0`))).toEqual({ invoices: [] });
    expect(expectSuccess(await api.get(`/v1/invoices?customerId=${customerId}&open=true`))).toEqual({
      invoices: [head],
    });
  });

  it('come in batches, of which lines with faults harm no others', async () => {
    const answer = await api.post('/v1/invoice-batches', invoices.createInvoiceBatch.body);
    expect(answer).toEqual({ status: 200, body: invoices.createInvoiceBatch.response });
    const atomic = { ...invoices.createInvoiceBatch.body, atomic: true };
    expect(await api.post('/v1/invoice-batches', atomic)).toMatchObject({
      status: 422,
      body: { code: 'receivables/lines-refused', lines: [{ line: 2, field: 'dueOn' }] },
    });
  });

  it('come in files, with faults by line and column', async () => {
    const head = '发票号,客户号,金额,开票日,到期日,合同号\n';
    const query = `?legalEntity=${encodeURIComponent(legalEntity)}&currency=CNY`;
    const send = (text: string) => api.sendFile(`/v1/invoice-batch-files${query}`, file(text), 'unused');
    const answer = await send(`${head}FP-1,K-1001,"1,000.00",2026/3/2,2026/4/1,HT-1\nFP-2,K-9,10,2026/3/2,2026/4/1,\n`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        lines: { sent: 2, accepted: 1, refused: 1 },
        amounts: [yuan('1000.00')],
        faults: [{ line: 3, code: 'CUSTOMER_NOT_FOUND', field: '客户号' }],
      },
    });
    expect(await send('发票号,金额\n')).toMatchObject({ status: 400, body: { code: 'receivables/file-refused' } });
  });

  it('of two thousand lines are recorded in one call', async () => {
    const lines = Array.from({ length: 2_000 }, (_, place) => ({
      ...{ legalEntity, number: `PL-${100_000 + place}`, customerNumber: 'K-1001', amount: yuan('10.01') },
      ...{ issuedOn: '2026-03-02', dueOn: '2026-05-01' },
    }));
    const answer = await api.post('/v1/invoice-batches', { lines });
    expect(answer).toMatchObject({
      status: 200,
      body: { lines: { sent: 2_000, accepted: 2_000, refused: 0 }, amounts: [yuan('20020.00')], faults: [] },
    });
  });

  it('are disputed, credited and written off, the last by an approver alone', async () => {
    const path = `/v1/invoices/${ids.invoiceId}`;
    expect(expectSuccess(await api.post(`${path}/dispute`, invoices.disputeInvoice.body))).toMatchObject({
      state: 'DISPUTED',
      dispute: { reason: '数量不符' },
    });
    expect(expectSuccess(await api.post(`${path}/resolve-dispute`, {}))).toMatchObject({ state: 'OPEN', version: 3 });
    const credited = await api.post(`${path}/credit-note`, invoices.creditInvoice.body, 'cn');
    expect(credited).toMatchObject({
      status: 201,
      body: { open: yuan('12000.00'), credited: yuan('345.67'), reductions: [{ number: 'HZ-2026-0004' }] },
    });
    expect(await api.post(`${path}/credit-note`, invoices.creditInvoice.body, 'cn')).toEqual(credited);
    const asked = { amount: yuan('12000.00'), reason: '客户破产' };
    expect(await api.post(`${path}/write-off`, asked, 'wo')).toMatchObject({ status: 403 });
    expect(await approver.post(`${path}/write-off`, { ...asked, amount: yuan('12000.01') }, 'no')).toMatchObject({
      status: 409,
      body: { code: 'receivables/above-open', open: yuan('12000.00') },
    });
    expect(await approver.post(`${path}/write-off`, asked, 'wo')).toMatchObject({
      status: 201,
      body: { state: 'WRITTEN_OFF', open: yuan('0.00') },
    });
    expect(await api.post(`${path}/dispute`, { reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'receivables/invoice-state', state: 'WRITTEN_OFF' },
    });
  });
});
