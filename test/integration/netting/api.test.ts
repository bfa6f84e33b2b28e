import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import * as centres from '../../../functions/netting/centres/centre-examples.ts';
import { closeNettingCycle } from '../../../functions/netting/cycles/cycle-examples.ts';
import * as obligations from '../../../functions/netting/obligations/obligation-examples.ts';
import { getNettingReport, getNettingReportCsv } from '../../../functions/netting/report/report-examples.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import { service as rates } from '../../../functions/rates/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time/durations.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('netting through the API', () => {
  let system: System;
  let api: ApiClient;
  /** The first cycle of the centre: which day it is cut off on depends on the day on which this runs. */
  let first: { readonly id: string; readonly cutOffAt: string };
  let next: typeof first;
  let today = '';
  const centrePath = '/v1/netting-centres/ctr_group';

  /** What the reference shows, as it is today. */
  const dated = <Value>(value: Value): Value => {
    const text = JSON.stringify(value).replaceAll('cyc_group_2026-03-31', first.id);
    return JSON.parse(text.replaceAll('"date":"2026-03-31"', `"date":"${today}"`));
  };

  beforeAll(async () => {
    // Without the jobs of the others: the clock goes on by days.
    system = await startInMemory({ services: [access, ledger, netting, rates] });
    // Ten in the morning in Shanghai, before the cut-off of any day.
    await clock(`${new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)}T02:00:00.000Z`);
    api = await signIn(system.url, 'treasurer');
  });
  afterAll(() => system?.stop());

  async function clock(now: string) {
    await rawCall(system.url, 'POST', '/local/clock', { body: JSON.stringify({ now }) });
    await rawCall(system.url, 'POST', '/local/quiesce');
  }

  it('begins with a centre, its participants and its first cycle', async () => {
    const { createNettingCentre: create, changeNettingCentre: change, putNettingParticipants: put } = centres;
    const made = expectSuccess(await api.post('/v1/netting-centres', create.body, 'c1'));
    expect(made).toEqual({ ...create.response, changedAt: made.changedAt });
    expect(expectSuccess(await api.post('/v1/netting-centres', create.body, 'c1'))).toEqual(made);
    const { bilateralLimits: _l, excludedPairs: _p, ...listed } = made;
    expect(expectSuccess(await api.get('/v1/netting-centres?limit=10'))).toEqual({ centres: [listed] });
    const changed = expectSuccess(await api.patch(centrePath, change.body, 'c2'));
    expect(changed).toEqual({ ...change.response, changedAt: changed.changedAt });
    const grown = expectSuccess(await api.put(`${centrePath}/participants`, put.body));
    expect(grown).toEqual({ ...put.response, changedAt: grown.changedAt });
    expect(expectSuccess(await api.get(`${centrePath}?version=1`))).toEqual(made);
    const begin = expectSuccess(await api.get(`${centrePath}/participants?limit=2`));
    const { nextCursor: _, ...page } = centres.listNettingParticipants.response;
    expect(begin).toEqual({ ...page, nextCursor: begin.nextCursor });
    const rest = expectSuccess(await api.get(`${centrePath}/participants?limit=5&cursor=${begin.nextCursor}`));
    expect(rest.participants.map(({ id }: { id: string }) => id)).toEqual(['LAGOS', 'LYON', 'SHANGHAI']);
    [first] = expectSuccess(await api.get('/v1/netting-cycles?centreId=ctr_group&limit=1')).cycles;
    expect(first).toMatchObject({ state: 'OPEN', version: 1 });
    expect(first.cutOffAt > made.changedAt).toBe(true);
  });

  it('takes obligations, each once for its reference', async () => {
    const { createObligation: create, createObligations: batch } = obligations;
    const made = await api.post('/v1/obligations', create.body, '');
    const { id, createdAt, changedAt, date } = expectSuccess(made);
    today = date;
    expect(made).toMatchObject({ status: 201, body: { ...dated(create.response), id, createdAt, changedAt } });
    expect(await api.post('/v1/obligations', create.body, '')).toEqual({ ...made, status: 200 });
    expect(await api.post('/v1/obligations', { ...create.body, payee: 'LYON' }, '')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/obligation-reference-used', errors: [{ pointer: '/reference' }] } },
    });
    const many = expectSuccess(await api.post('/v1/obligations/batch', batch.body, ''));
    const { results, lines } = dated(batch.response);
    const [one, other] = results;
    expect(many).toEqual({ lines, results: [{ ...one, id: many.results[0].id }, other] });
    const again = expectSuccess(await api.post('/v1/obligations/batch', batch.body, ''));
    expect(again.lines).toEqual({ sent: 2, accepted: 0, known: 1, refused: 1, movedToNextCycle: 0 });
    const found = expectSuccess(await api.get('/v1/obligations?centreId=ctr_group&reference=IC-2026-0042'));
    expect(found.obligations).toEqual([made.body]);
    const listed = expectSuccess(await api.get(`/v1/obligations?cycleId=${first.id}&state=UNCONFIRMED`));
    expect(listed.obligations.map(({ reference }: { reference: string }) => reference).sort()).toEqual([
      'IC-2026-0042',
      'IC-2026-0043',
    ]);
  });

  it('tries what they come to; what nobody has confirmed would go to the next cycle', async () => {
    const { dryRun, limit } = getNettingReport.query;
    const path = `/v1/netting-cycles/${first.id}/report`;
    expect(expectSuccess(await api.get(`${path}?dryRun=${dryRun}&limit=${limit}`))).toMatchObject({
      ...{
        cycleId: first.id,
        dryRun: true,
        outcome: 'NETTED',
        figures: { obligations: 0, moved: 2, centreVersion: 3 },
      },
      moved: [
        { reference: 'IC-2026-0042', reason: 'UNCONFIRMED' },
        { reference: 'IC-2026-0043', reason: 'UNCONFIRMED' },
      ],
    });
    const { section } = getNettingReportCsv.query;
    const headers = { authorization: `Bearer ${await tokenOf(system.url, 'treasurer')}` };
    const csv = await fetch(`${system.url}${path}.csv?dryRun=${dryRun}&section=${section}`, { headers });
    const [header] = getNettingReportCsv.response.slice(1).split('\r\n');
    expect(await csv.text()).toBe(`${header}\r\n`);
  });

  it.each([
    ['of nobody to nobody', { payer: 'NOBODY', payee: 'NOBODY' }, ['/payer', '/payee', '/payee']],
    ['of one to itself', { payee: 'CHENGDU' }, ['/payee']],
    ['in a currency that is not netted', { amount: { amount: '1', currency: 'JPY' } }, ['/amount/currency']],
    ['of a year that is far away', { date: `${new Date().getUTCFullYear() + 3}-03-31` }, ['/date']],
  ])('refuses one %s, each field with its reason', async (_, more, places) => {
    const answer = await api.post(
      '/v1/obligations',
      { ...obligations.createObligation.body, reference: 'X', ...more },
      '',
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'netting/obligation-refused' } });
    const { errors } = answer.body as unknown as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(places);
  });

  it('refuses those of suspended participants, and answers what was there before', async () => {
    const { body } = obligations.createObligation;
    const suspended = { id: 'CHENGDU', name: '成都茶业有限公司', state: 'SUSPENDED' };
    expectSuccess(await api.put(`${centrePath}/participants`, { participants: [suspended] }));
    expect(await api.post('/v1/obligations', body, '')).toMatchObject({ status: 200 });
    expect(await api.post('/v1/obligations', { ...body, reference: 'X' }, '')).toMatchObject({
      ...{ status: 422, body: { reason: 'PARTICIPANT_SUSPENDED', errors: [{ pointer: '/payer' }] } },
    });
    expectSuccess(await api.put(`${centrePath}/participants`, { participants: [{ ...suspended, state: 'ACTIVE' }] }));
    expect(await api.post('/v1/obligations', { ...body, centreId: 'ctr_nobody' }, '')).toMatchObject({
      ...{ status: 404, body: { code: 'netting/centre-not-found', errors: [{ pointer: '/centreId' }] } },
    });
  });

  it('confirms, disputes, resolves and withdraws until the cycle takes it no longer', async () => {
    const [one] = expectSuccess(await api.get('/v1/obligations?centreId=ctr_group&reference=IC-2026-0042')).obligations;
    const path = `/v1/obligations/${one.id}`;
    const { id, createdAt } = one;
    const steps = [
      ['confirm', {}, obligations.confirmObligation],
      ['dispute', obligations.disputeObligation.body, obligations.disputeObligation],
      ['resolve-dispute', {}, obligations.resolveObligationDispute],
      ['withdraw', {}, obligations.withdrawObligation],
    ] as const;
    for (const [act, body, { response }] of steps) {
      const answer = expectSuccess(await api.post(`${path}/${act}`, body, ''));
      const { changedAt, dispute } = answer;
      const shown = {
        ...dated(response),
        id,
        createdAt,
        changedAt,
        ...(dispute && { dispute: { ...dispute, reason: dispute.reason } }),
      };
      expect(answer).toEqual(shown);
      expect(expectSuccess(await api.get(path))).toEqual(answer);
    }
    expect(await api.post(`${path}/confirm`, {}, '')).toMatchObject({ status: 409, body: { state: 'WITHDRAWN' } });
  });

  it('confirms, disputes and withdraws many at once, by their references', async () => {
    const { createObligation, confirmObligations, disputeObligations, withdrawObligations } = obligations;
    const [named] = confirmObligations.body.references;
    // The first of the example has been withdrawn by now.
    const reference = `${named}-B`;
    const { id } = expectSuccess(await api.post('/v1/obligations', { ...createObligation.body, reference }, ''));
    const steps = [
      ['confirm', confirmObligations],
      ['dispute', disputeObligations],
      ['withdraw', withdrawObligations],
    ] as const;
    for (const [act, { body, response }] of steps) {
      const sent = { ...body, references: [reference, ...body.references.slice(1)] };
      const { lines, results } = dated(response);
      const [one, other] = results;
      expect(await api.post(`/v1/obligations/${act}`, sent, '')).toMatchObject({
        ...{ status: 200, body: { lines, results: [{ ...one, id }, other] } },
      });
    }
    const unknown = { ...confirmObligations.body, centreId: 'ctr_nobody' };
    expect(await api.post('/v1/obligations/confirm', unknown, '')).toMatchObject({ status: 404 });
    expect(await api.post('/v1/obligations/confirm', { ...unknown, references: [] }, '')).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/references' }] } },
    });
    const stranger = await signIn(system.url, 'treasurer-2');
    expect(await stranger.post('/v1/obligations/confirm', confirmObligations.body, '')).toMatchObject({ status: 404 });
  });

  it('cuts a cycle off by hand; what comes later goes to the next and says so', async () => {
    const path = `/v1/netting-cycles/${first.id}`;
    const closed = expectSuccess(await api.post(`${path}/close`, closeNettingCycle.body, ''));
    expect(closed).toMatchObject({ state: 'CONFIRMING', version: 3 });
    expect(expectSuccess(await api.post(`${path}/close`, closeNettingCycle.body, ''))).toEqual(closed);
    expect(expectSuccess(await api.get(path))).toEqual(closed);
    [next] = expectSuccess(await api.get('/v1/netting-cycles?centreId=ctr_group&limit=1')).cycles;
    expect(next).toMatchObject({ state: 'OPEN', version: 1 });
    const late = { ...obligations.createObligation.body, reference: 'LATE-1', amount: yuan('5.00') };
    expect(expectSuccess(await api.post('/v1/obligations', late, ''))).toMatchObject({
      ...{ cycleId: next.id, cycleState: 'OPEN', movedToNextCycle: true, lateFor: first.id },
    });
    const [one] = expectSuccess(await api.get('/v1/obligations?centreId=ctr_group&reference=IC-2026-0043')).obligations;
    expect(await api.post(`/v1/obligations/${one.id}/withdraw`, {}, '')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/cycle-closed', cycleId: one.cycleId, state: 'CONFIRMING' } },
    });
    expect(await api.get('/v1/netting-cycles/cyc_group_2020-03-31')).toMatchObject({ status: 404 });
  });

  it('cuts cycles off and closes them by itself when their time has come', async () => {
    await clock(new Date(Date.parse(next.cutOffAt) + 5 * MINUTE_MS).toISOString());
    api = await signIn(system.url, 'treasurer');
    const { cycles } = expectSuccess(await api.get('/v1/netting-cycles?centreId=ctr_group'));
    // The confirmation of the first ends at noon, before the next is cut off.
    expect(cycles.map(({ state }: { state: string }) => state)).toEqual(['OPEN', 'CONFIRMING', 'CLOSED']);
    expect(cycles[2]).toMatchObject({ figures: { obligations: 0, moved: 1 } });
    expect(cycles.slice(1).map(({ id }: { id: string }) => id)).toEqual([next.id, first.id]);
    expect(cycles[1].cutAt >= next.cutOffAt).toBe(true);
    // Over a weekend with holidays it is days away, and every job of these days is run.
  }, 120_000);

  it('shows nothing of it to another tenant', async () => {
    const stranger = await signIn(system.url, 'treasurer-2');
    for (const path of [centrePath, `/v1/netting-cycles/${first.id}`, '/v1/netting-cycles?centreId=ctr_group']) {
      expect(await stranger.get(path)).toMatchObject({ status: 404 });
    }
  });
});
