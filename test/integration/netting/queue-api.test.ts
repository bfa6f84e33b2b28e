import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import * as centres from '../../../functions/netting/centres/centre-examples.ts';
import * as payments from '../../../functions/netting/queued-payments/payment-examples.ts';
import * as resolutions from '../../../functions/netting/resolutions/resolution-examples.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const centrePath = '/v1/netting-centres/ctr_group';
const paymentsPath = `${centrePath}/queued-payments`;

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('a queue through the API', () => {
  let system: System;
  let api: ApiClient;
  const accounts = new Map<string, string>();

  beforeAll(async () => {
    system = await startInMemory({ services: [access, ledger, netting] });
    api = await signIn(system.url, 'treasurer');
    const open = async (holder: string, constraint: object) =>
      expectSuccess(await api.post('/v1/accounts', { currency: 'CNY', holder, ...constraint }, holder)).id;
    const outside = await open('outside', { constraint: { type: 'NONE' } });
    // Chengdu has the 10 that it gives Shanghai on balance; Lyon has 20 of the 50 that it is to pay.
    for (const [id, balance] of [
      ['CHENGDU', '10.00'],
      ['SHANGHAI', ''],
      ['LYON', '20.00'],
    ] as const) {
      accounts.set(id, await open(id, {}));
      const legs = [{ debitAccountId: outside, creditAccountId: accounts.get(id), amount: yuan(balance) }];
      if (balance !== '') expectSuccess(await api.post('/v1/transfers', { legs }, `fund-${id}`));
    }
    const participants = [...accounts].map(([id, accountId]) => {
      return { id, name: id, accounts: [{ at: 'LEDGER', currency: 'CNY', accountId }] };
    });
    const { body } = centres.createNettingCentre;
    const schedule = { ...body.schedule, days: { kind: 'DAILY' } };
    const asked = { ...body, schedule, participants, bilateralLimits: [], excludedPairs: [] };
    expectSuccess(await api.post('/v1/netting-centres', asked, 'c1'));
  });
  afterAll(() => system?.stop());

  const quiesce = () => rawCall(system.url, 'POST', '/local/quiesce');
  const balanceOf = async (id: string) =>
    expectSuccess(await api.get(`/v1/accounts/${accounts.get(id)}/balance`)).posted.amount;
  const ofPayment = (reference: string) => `${paymentsPath}?reference=${reference}`;

  it('takes payments, each once for its reference', async () => {
    const { createQueuedPayment: create, createQueuedPayments: batch } = payments;
    const made = await api.post(paymentsPath, create.body, '');
    const { id, queuedAt, changedAt } = expectSuccess(made);
    expect(made).toMatchObject({ status: 201, body: { ...create.response, id, queuedAt, changedAt } });
    expect(await api.post(paymentsPath, create.body, '')).toEqual({ ...made, status: 200 });
    expect(await api.post(paymentsPath, { ...create.body, payee: 'LYON' }, '')).toMatchObject({
      status: 409,
      body: { code: 'netting/queued-payment-reference-used', errors: [{ pointer: '/reference' }] },
    });
    const many = expectSuccess(await api.post(`${paymentsPath}/batch`, batch.body, ''));
    const [one, other] = batch.response.results;
    expect(many).toEqual({ lines: batch.response.lines, results: [{ ...one, id: many.results[0].id }, other] });
    const again = expectSuccess(await api.post(`${paymentsPath}/batch`, batch.body, ''));
    expect(again.lines).toEqual({ sent: 2, accepted: 0, known: 1, refused: 1 });
    const listed = expectSuccess(await api.get(`${paymentsPath}?currency=CNY&payer=CHENGDU&limit=10`));
    expect(listed).toEqual({ payments: [made.body] });
    expect(expectSuccess(await api.get(ofPayment('PAY-2026-0117')))).toEqual({ payments: [made.body] });
    expect(expectSuccess(await api.get(`${paymentsPath}/${id}`))).toEqual(made.body);
  });

  it.each([
    ['of nobody to itself', { payer: 'NOBODY', payee: 'NOBODY' }, ['/payer', '/payee', '/payee']],
    [
      'in a currency in which they have no accounts',
      { amount: { amount: '1', currency: 'EUR' } },
      ['/payer', '/payee'],
    ],
    ['in a currency that is not netted', { amount: { amount: '1', currency: 'JPY' } }, ['/amount/currency']],
  ])('refuses one %s, each field with its reason', async (_, more, places) => {
    const answer = await api.post(paymentsPath, { ...payments.createQueuedPayment.body, reference: 'X', ...more }, '');
    expect(answer).toMatchObject({ status: 422, body: { code: 'netting/queued-payment-refused' } });
    const { errors } = answer.body as unknown as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(places);
  });

  it('settles together what can, and says why the rest waits', async () => {
    const late = { reference: 'PAY-2026-0120', payer: 'LYON', payee: 'CHENGDU', amount: yuan('50.00') };
    expectSuccess(await api.post(paymentsPath, late, ''));
    const { simulateResolution: simulate, resolveQueue: resolve, getResolution: get } = resolutions;
    const ids = new Map<string, string>();
    for (const { reference } of simulate.response.payments) {
      ids.set(reference, expectSuccess(await api.get(ofPayment(reference))).payments[0].id);
    }
    const shown = resolutions.listResolvedPayments.response.payments.map((one) => {
      return { ...one, paymentId: ids.get(one.reference) };
    });
    const bySet = (list: readonly { reference: string }[]) =>
      [...list].sort((a, b) => (a.reference < b.reference ? -1 : 1));
    const simulated = expectSuccess(await api.post(`${centrePath}/resolve/simulate`, simulate.body, ''));
    expect({ ...simulated, payments: bySet(simulated.payments) }).toEqual({ ...simulate.response, payments: shown });

    const asked = await api.post(`${centrePath}/resolve`, resolve.body, 'r1');
    const { id, createdAt } = expectSuccess(asked);
    expect(asked).toMatchObject({ status: 202, body: { ...resolve.response, id, createdAt, changedAt: createdAt } });
    await quiesce();
    const ended = expectSuccess(await api.get(`${centrePath}/resolutions/${id}`));
    const { changedAt, endedAt } = ended;
    expect(ended).toEqual({ ...get.response, id, createdAt, changedAt, endedAt });
    expect(expectSuccess(await api.post(`${centrePath}/resolve`, resolve.body, 'r1'))).toEqual(ended);
    const all = expectSuccess(await api.get(`${centrePath}/resolutions/${id}/payments?limit=10`)).payments;
    expect(bySet(all)).toEqual(shown);
    const paged: { reference: string }[] = [];
    let cursor = '';
    do {
      const page = expectSuccess(await api.get(`${centrePath}/resolutions/${id}/payments?limit=1${cursor}`));
      paged.push(...page.payments);
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(all);
    const waiting = expectSuccess(await api.get(`${centrePath}/resolutions/${id}/payments?outcome=WAITING&limit=5`));
    expect(waiting).toEqual({ payments: [shown[2]] });

    expect([await balanceOf('CHENGDU'), await balanceOf('SHANGHAI'), await balanceOf('LYON')]).toEqual([
      '0.00',
      '10.00',
      '20.00',
    ]);
    expect(expectSuccess(await api.get(ofPayment('PAY-2026-0117'))).payments).toMatchObject([
      { state: 'SETTLED', resolutionId: id },
    ]);
  });

  it('lets go what waits, and nothing that has settled', async () => {
    const [waiting] = expectSuccess(await api.get(`${paymentsPath}?currency=CNY`)).payments;
    expect(waiting.reference).toBe('PAY-2026-0120');
    const withdrawn = expectSuccess(await api.post(`${paymentsPath}/${waiting.id}/withdraw`, {}, ''));
    expect(withdrawn).toEqual({ ...waiting, state: 'WITHDRAWN', changedAt: withdrawn.changedAt });
    expect(expectSuccess(await api.get(`${paymentsPath}?currency=CNY`))).toEqual({ payments: [] });
    const [settled] = expectSuccess(await api.get(ofPayment('PAY-2026-0117'))).payments;
    expect(await api.post(`${paymentsPath}/${settled.id}/withdraw`, {}, '')).toMatchObject({
      status: 409,
      body: { code: 'netting/queued-payment-state', state: 'SETTLED' },
    });
  });

  it('is of a currency of a centre of one’s own', async () => {
    expect(await api.post(`${centrePath}/resolve`, { currency: 'JPY' }, 'r2')).toMatchObject({
      status: 422,
      body: { code: 'netting/currency-not-netted', errors: [{ pointer: '/currency' }] },
    });
    expect(await api.get(`${paymentsPath}?payer=LYON&reference=X`)).toMatchObject({ status: 400 });
    expect(await api.get(`${centrePath}/resolutions/qrs_00000000000000000000000000`)).toMatchObject({
      status: 404,
      body: { code: 'netting/resolution-not-found' },
    });
    const other = await signIn(system.url, 'treasurer-2');
    expect(await other.post(`${centrePath}/resolve`, { currency: 'CNY' }, 'r3')).toMatchObject({ status: 404 });
    const auditor = await signIn(system.url, 'auditor');
    expect(await auditor.post(`${centrePath}/resolve`, { currency: 'CNY' }, 'r4')).toMatchObject({ status: 403 });
    expectSuccess(await auditor.post(`${centrePath}/resolve/simulate`, { currency: 'CNY' }, ''));
  });
});
