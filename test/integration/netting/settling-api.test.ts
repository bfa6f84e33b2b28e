import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as collection } from '../../../functions/collection/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import { service as rates } from '../../../functions/rates/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { instantOf } from '../../../shared/calendar/local-time.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';
import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { fourParties } from '../../functions/netting/samples.ts';
import { rawCall, signIn, startInMemory } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** The day on which it is tried, or the next working day; the cycle has no confirmation, and value on the same day. */
const date = addWorkingDays(requireTarget(), businessDateOf(new Date(Date.now() + 150 * MINUTE_MS)), 0);
const morning = Math.max(Date.now(), instantOf(date, '00:01').getTime());

function requireTarget() {
  const calendar = calendars.get('TARGET');
  if (!calendar) throw new Error('There is no calendar TARGET.');
  return calendar;
}

describe('the settlement of a cycle through the API', () => {
  let system: System;
  let api: ApiClient;
  const accounts = new Map<string, string>();

  beforeAll(async () => {
    // Without the jobs of the others: the clock goes on.
    const bank = { ...collection, schedules: [] };
    system = await startInMemory({ services: [access, bank, ledger, netting, rates] });
    await clock(morning);
    api = await signIn(system.url, 'treasurer');
    const creditor = {
      name: '禹道集团财务有限公司',
      account: { number: '32001881236052500099', bank: { cnaps: '105100000017' } },
    };
    expectSuccess(await api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
    for (const holder of ['A', 'B', 'outside']) {
      const opening = { currency: 'CNY', holder, constraint: { type: 'NONE' } };
      accounts.set(holder, expectSuccess(await api.post('/v1/accounts', opening, holder)).id);
    }
  });
  afterAll(() => system?.stop());

  async function clock(instant: number) {
    await rawCall(system.url, 'POST', '/local/clock', {
      body: JSON.stringify({ now: new Date(instant).toISOString() }),
    });
    await quiesce();
    api = await signIn(system.url, 'treasurer');
  }
  const quiesce = () => rawCall(system.url, 'POST', '/local/quiesce');
  const told = async (type: string) => {
    const { body } = await rawCall(system.url, 'GET', `/local/events?type=netting.${type}.v1`);
    return (body as { events: { event: { data: unknown } }[] }).events.map(({ event }) => event.data);
  };
  const balanceOf = async (accountId: string) => expectSuccess(await api.get(`/v1/accounts/${accountId}/balance`));

  /** C is paid at a bank, D at one that refuses it: the sandbox bank takes no account that ends so. */
  const atBank = (party: string, number: string) => ({
    ...{ id: party, name: `${party} Ltd` },
    accounts: [
      { at: 'BANK', currency: 'CNY', name: `${party} Ltd`, account: { number, bank: { cnaps: '105100000017' } } },
    ],
  });
  const inLedger = (party: string) => ({
    ...{ id: party, name: `${party} Ltd` },
    accounts: [{ at: 'LEDGER', currency: 'CNY', accountId: accounts.get(party) }],
  });

  let path = '';

  it('is refused while it is open', async () => {
    const schedule = { calendar: 'TARGET', days: { kind: 'DAILY' }, cutOff: '23:59', valueDays: 0 };
    const centre = {
      ...{ id: 'ctr_pay', name: '轧差中心', legalEntity: '禹道集团财务有限公司', homeCurrency: 'CNY' },
      ...{ currencies: ['CNY'], schedule },
      participants: [
        inLedger('A'),
        inLedger('B'),
        atBank('C', '51001881236052505123'),
        atBank('D', '51001881236052500003'),
      ],
    };
    expectSuccess(await api.post('/v1/netting-centres', centre, 'c'));
    const obligations = fourParties.map(({ payer, payee, amount }, place) => {
      return { reference: `R-${place}`, payer, payee, amount: yuan(`${amount}.00`) };
    });
    expectSuccess(await api.post('/v1/obligations/batch', { centreId: 'ctr_pay', obligations }, ''));
    path = `/v1/netting-cycles/cyc_pay_${date}`;
    expect(await api.post(`${path}/settle`, undefined, '')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/cycle-not-closed', state: 'OPEN' } },
    });
    expectSuccess(await api.post(`${path}/close`, { to: 'CONFIRMING' }, ''));
    expectSuccess(await api.post(`${path}/close`, { to: 'CLOSED' }, ''));
    await quiesce();
  });

  it('says who is short, and of how much, on the cycle and its report', async () => {
    await clock(morning + 6 * MINUTE_MS);
    const cycle = expectSuccess(await api.get(path));
    expect(cycle).toMatchObject({ state: 'SETTLING', settling: { state: 'PENDING_FUNDS' } });
    const waiting = {
      count: 1,
      parties: [
        {
          ...{ participant: 'B', code: 'SHORT_OF_FUNDS', amount: yuan('70.00'), missing: yuan('70.00') },
          accountId: accounts.get('B'),
          detail: 'There is too little on its account; it is asked again once there is more.',
        },
      ],
    };
    // The centre pays three.
    expect(cycle.settling).toMatchObject({ legs: { count: 4, setAside: 3 }, waiting });
    expect(expectSuccess(await api.get(`${path}/report?limit=1`)).settling).toEqual(cycle.settling);
    expect(expectSuccess(await api.get('/v1/obligations?centreId=ctr_pay&reference=R-0')).obligations).toMatchObject([
      { cycleState: 'SETTLING', settled: false },
    ]);
    expect(await told('cycle-pending-funds')).toMatchObject([{ cycleId: `cyc_pay_${date}` }]);
  });

  it('settles when there is enough, and receivers are paid at their banks', async () => {
    const legs = [
      { debitAccountId: accounts.get('outside'), creditAccountId: accounts.get('B'), amount: yuan('70.00') },
    ];
    expectSuccess(await api.post('/v1/transfers', { mode: 'POSTED', legs }, 'top-up'));
    expect(await api.post(`${path}/settle`, undefined, '')).toMatchObject({ status: 202, body: { state: 'SETTLING' } });
    await quiesce();
    const cycle = expectSuccess(await api.get(path));
    expect(cycle).toMatchObject({ state: 'SETTLED', settledAt: expect.any(String) });
    expect(await api.post(`${path}/settle`, undefined, '')).toEqual({ status: 200, body: cycle });
    expect(await told('cycle-settled')).toMatchObject([
      { cycleId: `cyc_pay_${date}`, centreId: 'ctr_pay', valueDate: date },
    ]);
    expect(expectSuccess(await api.get('/v1/obligations?centreId=ctr_pay&reference=R-0')).obligations).toMatchObject([
      { cycleId: `cyc_pay_${date}`, cycleState: 'SETTLED', settled: true },
    ]);
    expect([await balanceOf(accounts.get('A') ?? ''), await balanceOf(accounts.get('B') ?? '')]).toMatchObject([
      { posted: yuan('20.00') },
      { posted: yuan('0.00') },
    ]);
    expect(await api.post(`${path}/unwind`, { leaveOut: ['A'] }, '')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/cycle-cannot-unwind', state: 'SETTLED' } },
    });
  });

  it('pays again what a bank refused, once the account is mended', async () => {
    // An hour after it was handed over, the bank is asked.
    await clock(morning + 75 * MINUTE_MS);
    const { payments } = expectSuccess(await api.get(`${path}/bank-payments`));
    expect(payments).toMatchObject([
      { participant: 'C', leg: 3, payer: '*centre', amount: yuan('40.00'), state: 'PAID' },
      { participant: 'D', leg: 4, amount: yuan('10.00'), state: 'FAILED', attempts: [{ reason: expect.any(String) }] },
    ]);
    const [paid, failed] = payments;
    expect([await balanceOf(paid.positionAccountId), await balanceOf(failed.positionAccountId)]).toMatchObject([
      { posted: yuan('0.00') },
      { posted: yuan('10.00') },
    ]);
    const only = expectSuccess(await api.get(`${path}/bank-payments?state=FAILED`));
    expect(only.payments).toEqual([failed]);
    const retry = `${path}/bank-payments/${failed.id}/retry`;
    const mended = { participants: [atBank('D', '51001881236052505124')] };
    expectSuccess(await api.put('/v1/netting-centres/ctr_pay/participants', mended));
    expect(await api.post(retry, undefined, 'again')).toMatchObject({ status: 202, body: { state: 'DUE' } });
    await quiesce();
    await clock(morning + 150 * MINUTE_MS);
    const { payments: after } = expectSuccess(await api.get(`${path}/bank-payments?limit=1&state=PAID`));
    expect(after).toMatchObject([{ participant: 'C' }]);
    const again = expectSuccess(await api.get(`${path}/bank-payments`)).payments[1];
    expect(again).toMatchObject({ state: 'PAID', attempts: [{ state: 'FAILED' }, { state: 'PAID' }] });
    expect(await balanceOf(again.positionAccountId)).toMatchObject({ posted: yuan('0.00') });
    expect(await api.post(retry, undefined, 'once-more')).toMatchObject({
      ...{ status: 409, body: { code: 'netting/nothing-to-retry', state: 'PAID' } },
    });
    const stranger = await signIn(system.url, 'treasurer-2');
    expect(await stranger.get(`${path}/bank-payments`)).toMatchObject({ status: 404 });
  });
});
