import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as customers from '../../../functions/receivables/customers/customer-examples.ts';
import * as invoices from '../../../functions/receivables/invoices/invoice-examples.ts';
import * as receipts from '../../../functions/receivables/receipts/receipt-examples.ts';
import * as reports from '../../../functions/receivables/reports/report-examples.ts';
import * as runs from '../../../functions/receivables/runs/run-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { signIn, tokenOf } from '../../support/system.ts';
import { type ApiSystem, legalEntity, systemWithBook, yuan } from './api-system.ts';

const queryOf = (query: object) => `?${new URLSearchParams(query as Record<string, string>)}`;

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('runs and reports through the API', () => {
  let own: ApiSystem;
  let api: ApiClient;
  let ids: ApiSystem['ids'];

  const get = async (path: string, query: object = {}) =>
    expectSuccess(await api.get(`${own.fill(path)}${queryOf(query)}`));

  beforeAll(async () => {
    own = await systemWithBook();
    ({ api, ids } = own);
    ids.customerId = expectSuccess(await api.post('/v1/customers', customers.createCustomer.body, 'k1')).id;
    ids.invoiceId = expectSuccess(await api.post('/v1/invoices', invoices.createInvoice.body, 'i1')).id;
    // Nothing is as sure as that: the receipt waits.
    expectSuccess(await api.put('/v1/match-rules', { threshold: 1000 }));
    ids.receiptId = expectSuccess(await api.post('/v1/receipts', receipts.createReceipt.body, 'r1')).id;
    await own.quiet();
  });
  afterAll(() => own?.system.stop());

  it('try rules on what is open, and book nothing', async () => {
    const started = await api.post('/v1/reconciliation-runs', runs.startReconciliationRun.body, 'run1');
    const { id, createdAt, changedAt, ...facts } = expectSuccess(started);
    ids.runId = id;
    const { id: _i, createdAt: _c, changedAt: _a, ...told } = runs.startReconciliationRun.response;
    expect([started.status, facts]).toEqual([202, told]);
    await own.quiet();
    const run = await get('/v1/reconciliation-runs/{runId}');
    expect(run).toMatchObject({
      ...{ state: 'ENDED', receipts: 1, invoices: 1 },
      decided: runs.getReconciliationRun.response.decided,
    });
    expect(run.result).toBeUndefined();
    expect(await get('/v1/reconciliation-runs', runs.listReconciliationRuns.query)).toEqual({ runs: [run] });
    const { decisions } = await get('/v1/reconciliation-runs/{runId}/decisions', runs.listRunDecisions.query);
    const explanation = { rule: 'EARLY_PAYMENT_DISCOUNT', allocations: [{ discount: yuan('246.91') }] };
    expect(decisions).toMatchObject([{ receiptId: ids.receiptId, outcome: 'MATCHED', explanation }]);
    expect(await get('/v1/receipts/{receiptId}')).toMatchObject({ state: 'OPEN' });
    expect(await get('/v1/reconciliation-runs/{runId}/comparison', { limit: '10' })).toEqual({
      figures: { ONLY_RUN: { count: 1, amounts: [yuan('12098.76')] } },
      differences: [
        {
          ...{ receiptId: ids.receiptId, amount: yuan('12098.76'), as: 'ONLY_RUN' },
          run: { invoices: [{ invoiceId: ids.invoiceId, cleared: yuan('12345.67') }], onAccount: yuan('0.00') },
        },
      ],
    });
  });

  it('are refused where they make no sense, and belong to their tenant', async () => {
    for (const [body, pointer] of [
      [{ from: '2026-03-01' }, '/from'],
      [{ dryRun: true, from: '2026-03-02', to: '2026-03-01' }, '/to'],
      [{ rules: { setSizeMax: 8, setCandidatesMax: 4 } }, '/rules/setSizeMax'],
      [{ currency: 'XXX' }, '/currency'],
    ] as const) {
      expect(await api.post('/v1/reconciliation-runs', body, `no-${pointer}`)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer }] },
      });
    }
    const other = await signIn(own.system.url, 'treasurer-2');
    for (const path of ['', '/decisions', '/comparison']) {
      expect(await other.get(`/v1/reconciliation-runs/${ids.runId}${path}`)).toMatchObject({
        status: 404,
        body: { code: 'receivables/run-not-found' },
      });
    }
  });

  it('book what is open by their own rules, tell how it ended, and cannot be compared', async () => {
    const { rules } = runs.startReconciliationRun.body;
    const { id } = expectSuccess(await api.post('/v1/reconciliation-runs', { rules }, 'run2'));
    await own.quiet();
    const run = expectSuccess(await api.get(`/v1/reconciliation-runs/${id}`));
    expect(run.result.outcomes).toEqual({ MATCHED: { count: 1, amounts: [yuan('12098.76')] } });
    const receipt = await get('/v1/receipts/{receiptId}');
    expect(receipt).toMatchObject({ state: 'MATCHED', matches: [{ runId: id }] });
    expect(await api.get(`/v1/reconciliation-runs/${id}/comparison`)).toMatchObject({
      status: 409,
      body: { code: 'receivables/run-not-comparable' },
    });
    const same = await get('/v1/reconciliation-runs/{runId}/comparison', { limit: '10' });
    expect(same).toEqual({ figures: { SAME: { count: 1, amounts: [yuan('12098.76')] } }, differences: [] });
    const path = `${own.system.url}/local/events?type=receivables.reconciliation-run-ended.v1`;
    const { events } = (await (await fetch(path)).json()) as { events: { event: DomainEvent }[] };
    expect(events.map(({ event }) => event.subject)).toEqual([ids.runId, id]);
    expect(await get('/v1/receivables/proof')).toMatchObject({ balanced: true });
  });

  it('are followed by reports: all is paid', async () => {
    const ageing = await get('/v1/receivables/ageing', reports.getAgeing.query);
    expect(ageing).toMatchObject({ rows: [], totals: [] });
    const stray = { number: 'SK-9', legalEntity, amount: yuan('1.00'), paidOn: '2026-03-12' };
    expectSuccess(await api.post('/v1/receipts', stray, 'r9'));
    await own.quiet();
    // On 5 April all of it was open: the match was made today.
    const then = await get('/v1/receivables/ageing', { asOf: '2026-04-05' });
    expect(then).toMatchObject({
      ...{
        asOf: '2026-04-05',
        rows: [{ unapplied: yuan('1.00') }, { customerId: ids.customerId, days1To30: yuan('12345.67') }],
      },
      totals: [{ total: yuan('12345.67'), unapplied: yuan('12099.76') }],
    });
    const page = await get('/v1/receivables/ageing', { asOf: '2026-04-05', limit: '1' });
    const next = await get('/v1/receivables/ageing', { asOf: '2026-04-05', limit: '1', cursor: page.nextCursor });
    expect([...page.rows, ...next.rows]).toEqual(then.rows);
    expect(next.nextCursor).toBeUndefined();
    // 12,345.67 / 12,345.67 × 31.
    const dso = { days: 31, books: [{ receivable: yuan('12345.67'), sales: yuan('12345.67'), dso: '31.0' }] };
    expect(await get('/v1/receivables/dso', reports.getDso.query)).toMatchObject(dso);
    const expected = await get('/v1/receivables/expected-receipts', reports.getExpectedReceipts.query);
    expect(expected.periods).toMatchObject([
      { planned: yuan('12345.67'), early: yuan('12098.76'), given: yuan('246.91'), open: yuan('0.00') },
    ]);
    expect(await api.get('/v1/receivables/dso?from=2026-03-02&to=2026-03-01')).toMatchObject({ status: 400 });
  });

  it('and by statements of account, in pages and as a file', async () => {
    const path = '/v1/customers/{customerId}/statement';
    const statement = await get(path, { from: '2026-03-01', to: '2099-12-31', limit: '1' });
    expect(statement).toMatchObject({
      ...{ customerNumber: 'K-1001', accounts: [{ opening: yuan('0.00'), closing: yuan('0.00') }] },
      lines: [{ kind: 'INVOICE', change: yuan('12345.67'), balance: yuan('12345.67') }],
    });
    const query = { from: '2026-03-01', to: '2099-12-31', limit: '1', cursor: statement.nextCursor };
    expect((await get(path, query)).lines).toMatchObject([
      { kind: 'PAYMENT', paid: { cash: yuan('12098.76'), discount: yuan('246.91') }, balance: yuan('0.00') },
    ]);
    const headers = { authorization: `Bearer ${await tokenOf(own.system.url, 'treasurer')}` };
    const url = `${own.system.url}${own.fill(path)}.csv${queryOf(reports.getCustomerStatementCsv.query)}`;
    const answer = await fetch(url, { headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = bytes.toString('utf8').slice(1).split('\r\n');
    expect(`\ufeff${lines.slice(0, 2).join('\r\n')}\r\n`).toBe(reports.getCustomerStatementCsv.response);
    expect(lines[2]).toContain(`2026-03-02,INVOICE,FP-2026-000317,${legalEntity},CNY,12345.67,12345.67`);
    const stranger = await signIn(own.system.url, 'treasurer-2');
    expect(await stranger.get(`${own.fill(path)}${queryOf(reports.getDso.query)}`)).toMatchObject({ status: 404 });
  });
});
