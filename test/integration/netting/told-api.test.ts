import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as collection } from '../../../functions/collection/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import * as examples from '../../../functions/netting/told/untaken-examples.ts';
import { service as receivables } from '../../../functions/receivables/service.ts';
import { service as settlement } from '../../../functions/settlement/service.ts';
import { service as statements } from '../../../functions/statements/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';

const centrePath = '/v1/netting-centres/ctr_group';
const untakenPath = `${centrePath}/untaken-obligations`;
const legalEntity = '上海贸易有限公司';
const accountNames = ['receivable', 'revenue', 'unapplied', 'onAccount', 'discount', 'charge', 'badDebt', 'cash'];
const schedule = { days: { kind: 'DAILY' }, cutOff: '17:00' };

/** From an invoice to an obligation, by streams, bus and queues. */
describe('obligations out of events through the API', () => {
  let system: System;
  let api: ApiClient;
  let today = '';

  beforeAll(async () => {
    system = await startInMemory({
      services: [access, ledger, collection, receivables, settlement, statements, netting],
    });
    api = await signIn(system.url, 'treasurer');
    today = new Date().toISOString().slice(0, 10);
    for (const currency of ['CNY', 'USD']) await putBook(currency);
    const customer = { number: 'K-1001', name: '成都茶业有限公司' };
    const { id: customerId } = expectSuccess(await api.post('/v1/customers', customer, 'k1'));
    const participants = [
      { id: 'CHENGDU', name: '成都茶业有限公司', identities: [{ as: 'CUSTOMER', value: customerId }] },
      { id: 'SHANGHAI', name: legalEntity, identities: [{ as: 'LEGAL_ENTITY', value: legalEntity }] },
    ];
    const centre = {
      ...{ id: 'ctr_group', name: '集团轧差中心', legalEntity: '禹道集团财务有限公司', homeCurrency: 'CNY' },
      ...{ currencies: ['CNY', 'EUR'], schedule, sources: ['INVOICES'], participants },
    };
    expectSuccess(await api.post('/v1/netting-centres', centre, 'c1'));
  });
  afterAll(() => system?.stop());

  /** The accounts of the seller's receivables in a currency. */
  async function putBook(currency: string) {
    const accounts: Record<string, string> = {};
    for (const name of accountNames) {
      const account = { currency, holder: legalEntity, name, constraint: { type: 'NONE' } };
      accounts[name] = expectSuccess(await api.post('/v1/accounts', account, `${currency}-${name}`)).id;
    }
    expectSuccess(await api.put('/v1/receivables-books', { legalEntity, currency, accounts }));
  }
  const quiesce = () => rawCall(system.url, 'POST', '/local/quiesce');
  const issue = async (number: string, currency = 'CNY') => {
    const terms = { legalEntity, number, customerNumber: 'K-1001', issuedOn: today, dueOn: today };
    const made = expectSuccess(
      await api.post('/v1/invoices', { ...terms, amount: { amount: '1200.00', currency } }, number),
    );
    await quiesce();
    return made.id as string;
  };
  const obligationOf = async (invoiceId: string) => {
    const query = `centreId=ctr_group&reference=${encodeURIComponent(`INVOICES/${invoiceId}`)}`;
    const { obligations } = expectSuccess(await api.get(`/v1/obligations?${query}`));
    return obligations[0];
  };

  it('come of an invoice, and follow a credit note', async () => {
    const id = await issue('FP-2026-0041');
    const owed = { amount: '1200.00', currency: 'CNY' };
    expect(await obligationOf(id)).toMatchObject({
      ...{ payer: 'CHENGDU', payee: 'SHANGHAI', amount: owed, state: 'UNCONFIRMED', description: 'FP-2026-0041' },
      origin: { source: 'INVOICES', subject: id, owed, overtaken: false },
    });
    const note = { amount: { amount: '200.00', currency: 'CNY' }, number: 'HZ-1', reason: '退货' };
    expectSuccess(await api.post(`/v1/invoices/${id}/credit-note`, note, 'n1'));
    await quiesce();
    expect(await obligationOf(id)).toMatchObject({ amount: { amount: '1000.00' }, version: 2 });
  });

  it("are found in their centre alone, and are no caller's to record", async () => {
    const id = await issue('FP-2026-0043');
    const reference = `INVOICES/${id}`;
    expect(await obligationOf(id)).toMatchObject({ centreId: 'ctr_group', reference });
    const elsewhere = `centreId=ctr_other&reference=${encodeURIComponent(reference)}`;
    expect(expectSuccess(await api.get(`/v1/obligations?${elsewhere}`))).toEqual({ obligations: [] });
    const before = await obligationOf(id);
    for (const used of [reference, 'COLLECTIONS/of-mine']) {
      const line = {
        reference: used,
        payer: 'SHANGHAI',
        payee: 'CHENGDU',
        amount: { amount: '1.00', currency: 'CNY' },
      };
      const answer = await api.post('/v1/obligations', { centreId: 'ctr_group', ...line }, '');
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/reference' }] } });
      expect(JSON.stringify(answer.body)).toContain(
        'begins with none of INVOICES/, POOL_LOANS/, PAYOUTS/, COLLECTIONS/',
      );
      const batch = { centreId: 'ctr_group', obligations: [line] };
      expect(expectSuccess(await api.post('/v1/obligations/batch', batch, ''))).toMatchObject({
        results: [{ outcome: 'REFUSED', faults: [{ code: 'MALFORMED', field: 'reference' }] }],
      });
    }
    expect(await obligationOf(id)).toEqual(before);
    const acts = { centreId: 'ctr_group', references: [reference] };
    expect(expectSuccess(await api.post('/v1/obligations/confirm', acts, ''))).toMatchObject({ lines: { changed: 1 } });
  });

  it('are listed where the centre cannot take them, as the reference shows, and taken when it can', async () => {
    const id = await issue('FP-2026-0042', 'USD');
    const { untaken } = expectSuccess(await api.get(`${untakenPath}?limit=10`));
    const [shown] = examples.listUntakenObligations.response.untaken;
    const own = { reference: `INVOICES/${id}`, subject: id, date: today };
    const { toldAt, triedAt } = untaken[0];
    expect(untaken).toEqual([{ ...shown, ...own, toldAt, triedAt }]);
    expectSuccess(await api.patch(centrePath, { currencies: ['CNY', 'EUR', 'USD'] }, 'c2'));
    const { body, response } = examples.takeUntakenObligations;
    expect(expectSuccess(await api.post(`${untakenPath}/take`, body, ''))).toEqual(response);
    expect(await obligationOf(id)).toMatchObject({
      state: 'UNCONFIRMED',
      amount: { amount: '1200.00', currency: 'USD' },
    });
    expect(expectSuccess(await api.get(untakenPath))).toEqual({ untaken: [] });
    expect(expectSuccess(await api.post(`${untakenPath}/take`, {}, ''))).toEqual({ tried: 0, taken: 0 });
  });

  it('say at the field which identity leads to another participant', async () => {
    const other = { id: 'BERLIN', name: 'Yudao Europe', identities: [{ as: 'LEGAL_ENTITY', value: legalEntity }] };
    expect(await api.put(`${centrePath}/participants`, { participants: [other] })).toMatchObject({
      status: 409,
      body: { code: 'netting/identity-taken', errors: [{ pointer: '/participants/0/identities/0/value' }] },
    });
  });

  it('are shown to nobody of another tenant', async () => {
    const stranger = await signIn(system.url, 'treasurer-2');
    expect(await stranger.get(untakenPath)).toMatchObject({ status: 404 });
    expect(await stranger.post(`${untakenPath}/take`, {}, '')).toMatchObject({ status: 404 });
  });
});
