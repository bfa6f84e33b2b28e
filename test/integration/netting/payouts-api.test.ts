import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../../functions/access/service.ts';
import { service as collection } from '../../../functions/collection/service.ts';
import { service as ledger } from '../../../functions/ledger/service.ts';
import { service as netting } from '../../../functions/netting/service.ts';
import { service as rates } from '../../../functions/rates/service.ts';
import { service as settlement } from '../../../functions/settlement/service.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { now } from '../../../shared/time/clock.ts';
import { signIn, startInMemory } from '../../support/system.ts';
import { openPaidOutMarket, payOrder, waitAnHour, waitForMorning } from '../settlement/paid-out-market-support.ts';

/** The sandbox bank refuses a payout; what it comes to between settlement and netting goes over the bus. */
describe('a payout that did not go, and a netting centre', () => {
  let system: System;
  let treasurer: ApiClient;
  let operator: ApiClient;
  let settlementId = '';
  let obligationId = '';
  let dueOn = '';
  const yuan = (amount: string) => ({ amount, currency: 'CNY' });

  beforeAll(async () => {
    system = await startInMemory({ services: [access, ledger, collection, settlement, netting, rates] });
    // A cycle is of a day: it must not end while it is tried.
    await waitForMorning(system);
    dueOn = businessDateOf(now());
    await signInAll();
    const ruleId = await openPaidOutMarket(operator, treasurer);
    const centre = {
      ...{ id: 'ctr_pay', name: '支付轧差', legalEntity: '禹道集团', homeCurrency: 'CNY', currencies: ['CNY'] },
      sources: ['PAYOUTS'],
      schedule: {
        ...{ days: { kind: 'DAILY' }, cutOff: '23:59', valueDays: 1 },
        confirmation: { workingDays: 1, time: '12:00' },
      },
      participants: [
        { id: 'MARKET', name: '市场', identities: [{ as: 'MARKET', value: 'mkt_chengdu' }] },
        { id: 'VAN', name: '货车', identities: [{ as: 'MERCHANT', value: 'mer_van' }] },
      ],
    };
    expectSuccess(await treasurer.post('/v1/netting-centres', centre, 'c'));
    await payOrder(operator, { no: 'SO-1', ruleId, seller: 'mer_van', transactionId: '1' });
    await quiesce();
    expectSuccess(await operator.post('/v1/settlement-runs', { marketId: 'mkt_chengdu', businessDate: dueOn }, 'run'));
    await quiesce();
    settlementId = (await payout()).id;
  });
  afterAll(() => system?.stop());

  async function signInAll() {
    treasurer = await signIn(system.url, 'treasurer');
    operator = await signIn(system.url, 'operator');
  }
  const quiesce = async () => expect(await system.quiesce()).toBe(true);
  const payout = async () =>
    expectSuccess(await operator.get(`/v1/merchants/mer_van/settlements?date=${dueOn}`)).settlements[0];
  const states = async () => (await payout()).payouts.map(({ state }: { state: string }) => state);
  const obligation = async () => {
    const query = `centreId=ctr_pay&reference=PAYOUTS/${settlementId}`;
    return expectSuccess(await treasurer.get(`/v1/obligations?${query}`)).obligations[0];
  };
  const retry = (key: string) => operator.post(`/v1/settlements/${settlementId}/retry`, undefined, key);
  async function anHourLater() {
    await waitAnHour(system);
    await signInAll();
  }

  it('is an obligation of the market once the bank refused it', async () => {
    await anHourLater();
    expect(await states()).toEqual(['FAILED']);
    const owed = await obligation();
    expect(owed).toMatchObject({ state: 'UNCONFIRMED', payer: 'MARKET', payee: 'VAN', amount: yuan('94.40') });
    obligationId = owed.id;
  });

  it('is none while it is tried again, and disputed as before when that is refused too', async () => {
    const reason = { reason: '商户不认' };
    expectSuccess(await treasurer.post(`/v1/obligations/${obligationId}/dispute`, reason, ''));
    expectSuccess(await retry('retry-1'));
    await quiesce();
    expect(await states()).toEqual(['FAILED', 'SENT']);
    expect(await obligation()).toMatchObject({ id: obligationId, state: 'WITHDRAWN' });
    await anHourLater();
    expect(await states()).toEqual(['FAILED', 'FAILED']);
    expect(await obligation()).toMatchObject({ id: obligationId, state: 'DISPUTED', dispute: reason });
    expectSuccess(await treasurer.post(`/v1/obligations/${obligationId}/resolve-dispute`, {}, ''));
  });

  const cutOff = async (cycleId: string) => {
    const cut = await treasurer.post(`/v1/netting-cycles/${cycleId}/close`, { to: 'CONFIRMING' }, '');
    expect(expectSuccess(cut)).toMatchObject({ state: 'CONFIRMING' });
  };

  it('leaves a cycle that is cut off at the moment in which it is tried again, and comes to the next', async () => {
    const { cycleId } = await obligation();
    expectSuccess(await retry('retry-2'));
    await cutOff(cycleId);
    await quiesce();
    expect(await states()).toEqual(['FAILED', 'FAILED', 'SENT']);
    expect([(await obligation()).state, (await payout()).netting]).toEqual(['WITHDRAWN', undefined]);
    await anHourLater();
    expect(await states()).toEqual(['FAILED', 'FAILED', 'FAILED']);
    const next = await obligation();
    expect(next).toMatchObject({ state: 'UNCONFIRMED', movedToNextCycle: true });
    expect(next.cycleId > cycleId).toBe(true);
  });

  it('goes to no bank once its cycle is cut off', async () => {
    const { cycleId } = await obligation();
    await cutOff(cycleId);
    await quiesce();
    expect((await payout()).netting).toEqual({ cycleId });
    expect(await retry('retry-3')).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/nothing-to-retry', detail: expect.stringContaining(cycleId) } },
    });
    expect(await obligation()).toMatchObject({ state: 'UNCONFIRMED', cycleId });
  });
});
