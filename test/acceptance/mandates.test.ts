import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import { addDays, businessDateOf } from '../../shared/calendar/plain-date.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../support/system.ts';

const today = businessDateOf(new Date());
const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** What a treasurer sends. */
function request(more: object = {}) {
  return {
    agreementNumber: 'XY-2026-0317',
    payer: {
      name: '江南机械厂',
      account: { number: '32001881236052505123', bank: { cnaps: '105100000017' } },
    },
    currency: 'CNY',
    limits: { perTransaction: yuan('50000.00'), daily: yuan('200000.00') },
    signedOn: addDays(today, -10),
    validFrom: addDays(today, -5),
    ...more,
  };
}

describe('mandates over the API', () => {
  let system: System;
  let treasurer: Awaited<ReturnType<typeof signIn>>;
  let token: string;

  beforeAll(async () => {
    system = await startInMemory();
    treasurer = await signIn(system.url, 'treasurer');
    token = await tokenOf(system.url, 'treasurer');
  });
  afterAll(() => system?.stop());

  it('are recorded, confirmed, suspended, resumed and revoked; the account is shown masked', async () => {
    const made = await treasurer.post('/v1/mandates', request(), 'one');
    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'PENDING',
        payer: {
          name: '江南机械厂',
          account: { type: 'ACCOUNT', number: '****5123', bank: { cnaps: '105100000017' } },
        },
        limits: { perTransaction: yuan('50000.00'), daily: yuan('200000.00') },
        sequence: 'FRST',
        retries: { when: 'NEVER' },
      },
    });
    const path = `/v1/mandates/${made.body.id}`;
    for (const [action, state] of [
      ['confirm', 'ACTIVE'],
      ['suspend', 'SUSPENDED'],
      ['resume', 'ACTIVE'],
      ['revoke', 'REVOKED'],
      ['revoke', 'REVOKED'],
    ]) {
      expect(await treasurer.post(`${path}/${action}`, {})).toMatchObject({ status: 200, body: { state } });
    }
    expect(await treasurer.post(`${path}/resume`, {})).toMatchObject({
      status: 409,
      body: { code: 'collection/mandate-state', state: 'REVOKED' },
    });
    const shown = await treasurer.get(path);
    expect(shown.body).toMatchObject({
      today: { period: today, used: yuan('0.00'), limit: yuan('200000.00'), room: yuan('200000.00') },
      thisMonth: { period: today.slice(0, 7), used: yuan('0.00') },
    });
    expect(JSON.stringify(shown.body)).not.toContain('32001881236052505123');
    expect((await treasurer.get('/v1/mandates')).body.mandates).toMatchObject([{ id: made.body.id }]);
  });

  it('that have expired say so, and take no action', async () => {
    const body = request({ agreementNumber: 'XY-old', validTo: addDays(today, -1) });
    const { id, state } = (await treasurer.post('/v1/mandates', body, 'old')).body;
    expect(state).toBe('EXPIRED');
    expect((await treasurer.post(`/v1/mandates/${id}/confirm`, {})).body).toMatchObject({ state: 'EXPIRED' });
  });

  it('tell the bus of each state, without the number of the account', async () => {
    await treasurer.post('/local/quiesce', {});
    const response = await fetch(`${system.url}/local/events?type=collection.mandate-changed.v1`);
    const { events } = (await response.json()) as { events: { event: { data: { state: string } } }[] };
    expect(events.map(({ event }) => event.data.state).toSorted()).toEqual([
      'ACTIVE',
      'ACTIVE',
      'REVOKED',
      'SUSPENDED',
    ]);
    expect(JSON.stringify(events)).not.toContain('32001881236052505123');
  });

  it('are seen by nobody else, and looked at only by the auditor', async () => {
    const { id } = (await treasurer.post('/v1/mandates', request({ agreementNumber: 'XY-own' }), 'own')).body;
    const stranger = await signIn(system.url, 'treasurer-2');
    const auditor = await signIn(system.url, 'auditor');
    expect((await stranger.get(`/v1/mandates/${id}`)).body.code).toBe('collection/mandate-not-found');
    expect((await stranger.post(`/v1/mandates/${id}/revoke`, {})).status).toBe(404);
    expect((await auditor.get(`/v1/mandates/${id}`)).status).toBe(200);
    expect((await auditor.post(`/v1/mandates/${id}/revoke`, {})).status).toBe(403);
  });

  const account = (more: object) => ({
    payer: { name: '张三', account: { number: '4111111111111112', bank: { cnaps: '105100000017' }, ...more } },
  });

  it('take the account of a company whatever its digits, and a card only if it checks', async () => {
    const card = { type: 'CARD', number: '4111111111111112' };
    const taken = await treasurer.post('/v1/mandates', request({ agreementNumber: 'XY-acc', ...account({}) }), 'acc');
    expect(taken.status).toBe(201);
    const refused = await treasurer.post(
      '/v1/mandates',
      request({ agreementNumber: 'XY-card', ...account(card) }),
      'card',
    );
    expect(refused.body.errors).toMatchObject([{ pointer: '/payer/account/number' }]);
    // 4111 1111 1111 1111 is the published test number that passes.
    const valid = account({ type: 'CARD', number: '4111111111111111' });
    const shown = await treasurer.post('/v1/mandates', request({ agreementNumber: 'XY-card', ...valid }), 'card-2');
    expect(shown.body.payer.account.number).toBe('411111****1111');
  });

  it.each([
    [
      'a CNAPS code with a wrong check digit',
      account({ bank: { cnaps: '105100000018' } }),
      '/payer/account/bank/cnaps',
    ],
    ['a BIC that is none', account({ bank: { bic: 'PCBC1NBJ' } }), '/payer/account/bank/bic'],
    ['no bank', account({ bank: {} }), '/payer/account/bank'],
    ['an IBAN with a digit changed', account({ number: 'DE89370400440532013001' }), '/payer/account/number'],
    ['a number with spaces', account({ number: '3200 1881' }), '/payer/account/number'],
    ['an amount with three decimals', { limits: { daily: yuan('1.001') } }, '/limits/daily/amount'],
    [
      'a limit in another currency',
      { limits: { daily: { amount: '1.00', currency: 'EUR' } } },
      '/limits/daily/currency',
    ],
    [
      'a limit that is never reached',
      { limits: { perTransaction: yuan('300000.00'), daily: yuan('200000.00') } },
      '/limits/perTransaction',
    ],
    ['a last day before the first', { validTo: addDays(today, -6) }, '/validTo'],
    ['a term that begins before it was signed', { signedOn: today }, '/signedOn'],
    ['a signature of tomorrow', { signedOn: addDays(today, 1), validFrom: addDays(today, 1) }, '/signedOn'],
    ['an agreement number that no file carries', { agreementNumber: '协议-1' }, '/agreementNumber'],
    ['days that do not ascend', { retries: { when: 'SET_DAYS', days: [3, 3], time: '10:00' } }, '/retries/days/1'],
    ['a time that is none', { retries: { when: 'PAY_DAY', day: 10, time: '25:00' } }, '/retries/time'],
    [
      'part of a one-off',
      { sequence: 'OOFF', retries: { when: 'PAY_DAY', day: 10, time: '09:00', partial: true } },
      '/retries/partial',
    ],
    ['a field that there is not', { limit: '1' }, '/limit'],
  ])('are refused with %s, and the place is named', async (_, more, pointer) => {
    const before = (await treasurer.get('/v1/mandates')).body;
    const refused = await treasurer.post('/v1/mandates', request({ agreementNumber: 'XY-bad', ...more }), 'bad');
    expect([refused.status, refused.body.code]).toEqual([400, 'request/malformed']);
    expect(refused.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
    expect((await treasurer.get('/v1/mandates')).body).toEqual(before);
  });

  it('need an Idempotency-Key', async () => {
    const answer = await rawCall(system.url, 'POST', '/v1/mandates', { token, body: JSON.stringify(request()) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/idempotency-key-missing' } });
  });
});
