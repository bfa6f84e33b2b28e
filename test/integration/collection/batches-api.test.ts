import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const creditor = {
  name: '华东集团有限公司',
  account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } },
};

describe('collections through the API', () => {
  let system: System;
  let api: ApiClient;
  let account = '';

  beforeAll(async () => {
    system = await startInMemory();
    api = await signIn(system.url, 'treasurer');
    account = expectSuccess(
      await api.post('/v1/accounts', { currency: 'CNY', holder: '华东集团', name: 'Main' }, 'main'),
    ).id;
    expectSuccess(await api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
  });
  afterAll(() => system?.stop());

  /** Lets so many minutes pass, and everything that they bring with them be done. */
  async function pass(minutes: number) {
    const { now: before } = expectSuccess(await api.get('/local/clock'));
    const now = new Date(Date.parse(before) + minutes * 60_000).toISOString();
    const token = await tokenOf(system.url, 'treasurer');
    const { status, body } = await rawCall(system.url, 'POST', '/local/clock', {
      token,
      body: JSON.stringify({ now }),
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await system.quiesce()).toBe(true);
  }

  /** An active mandate over an account of the sandbox bank; its last digits say what the bank does. */
  async function mandate(agreementNumber: string, suffix: string, more: object = {}) {
    const request = {
      agreementNumber,
      payer: {
        name: '江南机械厂',
        account: { type: 'ACCOUNT', number: `3200188123605250${suffix}`, bank: { cnaps: '102100099996' } },
      },
      currency: 'CNY',
      signedOn: '2026-01-05',
      validFrom: '2026-01-05',
      ...more,
    };
    const { id } = expectSuccess(await api.post('/v1/mandates', request, agreementNumber));
    expectSuccess(await api.post(`/v1/mandates/${id}/confirm`, {}));
    return id as string;
  }

  const line = (agreementNumber: string, amount: string, more: object = {}) => ({
    agreementNumber,
    amount: yuan(amount),
    ...more,
  });
  const items = async (batchId: string) =>
    expectSuccess(await api.get(`/v1/collection-batches/${batchId}/items?limit=100`)).items;
  const batch = async (batchId: string) => expectSuccess(await api.get(`/v1/collection-batches/${batchId}`));
  const posted = async (id: string) => expectSuccess(await api.get(`/v1/accounts/${id}/balance`)).posted.amount;

  it('of five with one insufficient and one revoked three are booked, and the batch is PARTIAL', async () => {
    for (const [name, suffix] of [
      ['A1', '5101'],
      ['A2', '0002'],
      ['A3', '5103'],
      ['A4', '0004'],
      ['A5', '5105'],
    ] as const)
      await mandate(name, suffix);
    const lines = ['A1', 'A2', 'A3', 'A4', 'A5'].map((name, place) => line(name, `${place + 1}00.00`));
    const answer = await api.post('/v1/collection-batches', { number: 'five', creditAccountId: account, lines });
    const { id } = expectSuccess(answer);
    await system.quiesce();
    await pass(35);
    expect(await batch(id)).toMatchObject({
      state: 'PARTIAL',
      money: { open: yuan('0.00'), settled: yuan('900.00'), failed: yuan('600.00') },
      items: { SETTLED: 3, FAILED: 2 },
    });
    expect((await items(id)).map(({ state, reason }: { state: string; reason?: string }) => [state, reason])).toEqual([
      ['SETTLED', undefined],
      ['FAILED', 'INSUFFICIENT_FUNDS'],
      ['SETTLED', undefined],
      ['FAILED', 'NO_MANDATE'],
      ['SETTLED', undefined],
    ]);
    expect(await posted(account)).toBe('885.00');
  });
});
