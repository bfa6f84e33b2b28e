import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import { service as rates } from '../../../functions/rates/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time/durations.ts';
import { fourParties } from '../../functions/netting/samples.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const euro = (amount: string) => ({ amount, currency: 'EUR' });

/** Cycles without a confirmation: they can be closed as soon as they are cut off. */
describe('the closing of a cycle through the API', () => {
  let system: System;
  let api: ApiClient;
  let instant = 0;

  beforeAll(async () => {
    // Without the jobs of the others: the clock goes on.
    system = await startInMemory({ services: [access, ledger, netting, rates] });
    // Ten in the morning in Shanghai, before the cut-off of any day.
    instant = Date.parse(`${new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)}T02:00:00.000Z`);
    await clock(0);
    api = await signIn(system.url, 'treasurer');
  });
  afterAll(() => system?.stop());

  const quiesce = () => rawCall(system.url, 'POST', '/local/quiesce');
  async function clock(minutes: number) {
    instant += minutes * MINUTE_MS;
    const now = new Date(instant).toISOString();
    await rawCall(system.url, 'POST', '/local/clock', { body: JSON.stringify({ now }) });
    await quiesce();
  }

  /** A centre of A to D and its open cycle. */
  async function centreOf(id: string, more: object = {}): Promise<string> {
    const participants = ['A', 'B', 'C', 'D'].map((party) => ({ id: party, name: `${party} Ltd` }));
    const schedule = { calendar: 'TARGET', days: { kind: 'DAILY' }, cutOff: '17:00', valueDays: 0 };
    const terms = { name: id, legalEntity: '禹道集团财务有限公司', homeCurrency: 'CNY', currencies: ['CNY', 'EUR'] };
    const body = { id, ...terms, schedule, participants, ...more };
    expectSuccess(await api.post('/v1/netting-centres', body, id));
    const [cycle] = expectSuccess(await api.get(`/v1/netting-cycles?centreId=${id}&limit=1`)).cycles;
    return `/v1/netting-cycles/${cycle.id}`;
  }

  async function owe(centreId: string, lines: readonly object[]) {
    const { lines: counted } = expectSuccess(
      await api.post('/v1/obligations/batch', { centreId, obligations: lines }, ''),
    );
    expect(counted).toMatchObject({ sent: lines.length, accepted: lines.length });
  }

  const eight = fourParties.map(({ payer, payee, amount }, place) => {
    return { reference: `R-${place}`, payer, payee, amount: yuan(`${amount}.00`) };
  });
  const cutOff = async (path: string) => expectSuccess(await api.post(`${path}/close`, { to: 'CONFIRMING' }, ''));

  async function close(path: string, more: object = {}) {
    const answer = await api.post(`${path}/close`, { to: 'CLOSED', ...more }, '');
    expect(answer).toMatchObject({ status: 202, body: { state: 'CONFIRMING', closing: { state: 'NETTING' } } });
    await quiesce();
    return expectSuccess(await api.get(path));
  }

  it('pays eight obligations of 680 with three payments of 70', async () => {
    const path = await centreOf('ctr_eight', { payments: 'DIRECT' });
    await owe('ctr_eight', eight);
    expect(await api.get(`${path}/report`)).toMatchObject({ status: 409, body: { code: 'netting/report-not-ready' } });
    expect(await api.post(`${path}/close`, { to: 'CLOSED' }, '')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/confirmation-runs', state: 'OPEN' } },
    });
    const tried = expectSuccess(await api.get(`${path}/report?dryRun=true`));
    expect(tried).toMatchObject({ dryRun: true, cycleState: 'OPEN', outcome: 'NETTED' });
    await cutOff(path);
    const closed = await close(path);
    expect(closed).toMatchObject({
      state: 'CLOSED',
      figures: { obligations: 8, parties: 4, digest: tried.figures.digest },
    });
    expect(closed).not.toHaveProperty('closing');
    expect(await api.post(`${path}/close`, { to: 'CLOSED' }, '')).toEqual({ status: 200, body: closed });

    const report = expectSuccess(await api.get(`${path}/report`));
    expect(report).toEqual({ ...tried, dryRun: false, cycleState: 'CLOSED' });
    expect(report.figures.savings).toEqual([
      {
        currency: 'CNY',
        gross: { payments: 8, value: yuan('680.00') },
        // A–B 40, A–C 30, A–D 30, B–C 40, B–D 150, C–D 110.
        bilateral: { payments: 6, value: yuan('400.00') },
        net: { payments: 3, value: yuan('70.00') },
        ...{ savedValue: yuan('610.00'), savedPayments: 5 },
        ...{ savedValuePercent: '89.71', savedPaymentsPercent: '62.50' },
      },
    ]);
    expect(report.figures.fewestPayments).toEqual([{ currency: 'CNY', how: 'EXACT' }]);
    expect(report.positions).toEqual(
      [
        ['A', '180.00', '200.00', '20.00'],
        ['B', '230.00', '160.00', '-70.00'],
        ['C', '130.00', '170.00', '40.00'],
        ['D', '140.00', '150.00', '10.00'],
      ].map(([participant, paid = '', received = '', net = '']) => {
        return { participant, grossPaid: yuan(paid), grossReceived: yuan(received), net: yuan(net) };
      }),
    );
    expect(report.bilateral[0]).toEqual({
      ...{ first: 'A', second: 'B', firstOwes: yuan('120.00'), firstCount: 1 },
      ...{ secondOwes: yuan('80.00'), secondCount: 1, netOfFirst: yuan('-40.00') },
    });
    expect(report.legs).toEqual([
      { kind: 'DIRECT', payer: 'B', payee: 'A', amount: yuan('20.00') },
      { kind: 'DIRECT', payer: 'B', payee: 'C', amount: yuan('40.00') },
      { kind: 'DIRECT', payer: 'B', payee: 'D', amount: yuan('10.00') },
    ]);
  });

  it('is read by pages and as CSV', async () => {
    const [cycle] = expectSuccess(await api.get('/v1/netting-cycles?centreId=ctr_eight&limit=5')).cycles.slice(-1);
    const path = `/v1/netting-cycles/${cycle.id}/report`;
    const whole = expectSuccess(await api.get(path));
    const rows: Record<string, unknown[]> = { positions: [], bilateral: [], toPay: [], legs: [] };
    let [cursor, pages] = ['', 0];
    do {
      const page = expectSuccess(await api.get(`${path}?limit=5${cursor}`));
      for (const [name, all] of Object.entries(rows)) all.push(...page[name]);
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
      pages += 1;
    } while (cursor !== '');
    // 4 positions, 6 pairs, 4 that are paid and 3 legs.
    expect(pages).toBe(4);
    expect(whole).toMatchObject(rows);
    const legs = expectSuccess(await api.get(`${path}?section=LEGS`));
    expect(legs).toMatchObject({ positions: [], legs: whole.legs });
    const token = await tokenOf(system.url, 'auditor');
    const csv = await fetch(`${system.url}${path}.csv?section=LEGS`, { headers: { authorization: `Bearer ${token}` } });
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const legsCsv = [
      'kind,payer,payee,amount,currency',
      'DIRECT,B,A,20.00,CNY',
      'DIRECT,B,C,40.00,CNY',
      'DIRECT,B,D,10.00,CNY',
    ];
    expect(await csv.text()).toBe(legsCsv.map((line) => `${line}\r\n`).join(''));
    const stranger = await signIn(system.url, 'treasurer-2');
    expect(await stranger.get(path)).toMatchObject({ status: 404, body: { code: 'netting/cycle-not-found' } });
  });

  it('waits for a rate, and closes by itself when there is one', async () => {
    const path = await centreOf('ctr_home', { settlement: 'HOME_CURRENCY', rateSet: 'group' });
    await owe('ctr_home', [{ reference: 'E-1', payer: 'A', payee: 'B', amount: euro('100.05') }]);
    await cutOff(path);
    const waiting = await close(path);
    expect(waiting).toMatchObject({
      ...{ state: 'CONFIRMING', closing: { state: 'WAITING', hindrance: { why: 'FX_RATE_MISSING' } } },
    });
    expect(waiting.closing.hindrance.missing).toEqual([
      { base: 'EUR', quote: 'CNY', rateSet: 'group', date: waiting.cutOffDate },
    ]);
    expect(expectSuccess(await api.get(`${path}/report?dryRun=true`))).toMatchObject({
      ...{ outcome: 'FX_RATE_MISSING', missing: waiting.closing.hindrance.missing, positions: [] },
    });
    const rates = [{ base: 'EUR', quote: 'CNY', rate: '7.8105' }];
    expectSuccess(await api.put('/v1/rate-sets/group', { date: '2026-03-31', rates }));
    await clock(25);
    const { closing } = expectSuccess(await api.get(path));
    expect(closing.hindrance.missing).toMatchObject([{ base: 'EUR', lastDate: '2026-03-31' }]);
    expect(closing.hindrance.missing[0].daysOld).toBeGreaterThan(7);
    expectSuccess(await api.put('/v1/rate-sets/group', { date: waiting.cutOffDate, rates }));
    await clock(25);
    expect(expectSuccess(await api.get(path))).toMatchObject({
      ...{ state: 'CLOSED', figures: { residue: yuan('0.00') } },
    });
    // 100.05 × 7.8105 = 781.440525.
    const report = expectSuccess(await api.get(`${path}/report`));
    expect(report.figures.rates).toEqual([{ base: 'EUR', quote: 'CNY', rate: '7.8105', date: waiting.cutOffDate }]);
    expect(report.positions).toMatchObject([
      { participant: 'A', net: euro('-100.05'), converted: yuan('-781.44') },
      { participant: 'B', net: euro('100.05'), converted: yuan('781.44') },
    ]);
    expect(report.legs).toEqual([
      { kind: 'TO_CENTRE', payer: 'A', payee: '*centre', amount: yuan('781.44') },
      { kind: 'FROM_CENTRE', payer: '*centre', payee: 'B', amount: yuan('781.44') },
    ]);
  });

  it('names the limits that are breached, and closes without what is left out', async () => {
    const bilateralLimits = [{ payer: 'B', payee: 'D', amount: yuan('100.00') }];
    const path = await centreOf('ctr_limits', { bilateralLimits });
    await owe('ctr_limits', eight);
    await cutOff(path);
    const breach = {
      ...{ kind: 'BILATERAL', payer: 'B', payee: 'D' },
      ...{ limit: yuan('100.00'), owed: yuan('150.00'), excess: yuan('50.00') },
    };
    expect(await close(path)).toMatchObject({
      ...{ state: 'CONFIRMING', closing: { hindrance: { why: 'LIMITS_BREACHED', count: 1, breaches: [breach] } } },
    });
    expect(expectSuccess(await api.get(`${path}/report`))).toMatchObject({
      ...{ outcome: 'LIMITS_BREACHED', breaches: [breach] },
    });
    expect(await api.post(`${path}/close`, { to: 'CLOSED', leaveOut: ['R-3', 'X'] }, '')).toMatchObject({
      ...{ status: 404, body: { code: 'netting/obligation-not-found', errors: [{ pointer: '/leaveOut/1' }] } },
    });
    expect(await api.post(`${path}/close`, { to: 'CONFIRMING', leaveOut: ['R-3'] }, '')).toMatchObject({ status: 400 });
    expect(await close(path, { leaveOut: ['R-3'] })).toMatchObject({ state: 'CLOSED', figures: { moved: 1 } });
    const [one] = expectSuccess(await api.get('/v1/obligations?centreId=ctr_limits&reference=R-3')).obligations;
    expect(one).toMatchObject({ movedToNextCycle: true, movedFrom: path.split('/').at(-1), cycleState: 'OPEN' });
  });
});
