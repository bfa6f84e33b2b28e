import { expect } from 'vitest';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });
export const line = (agreementNumber: string, amount: string, more: object = {}) => ({
  agreementNumber,
  amount: yuan(amount),
  ...more,
});
const creditor = {
  name: '华东集团有限公司',
  account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } },
};

/** A treasurer who collects over the sandbox bank into an account, in a system of its own. */
export class Collecting {
  readonly system: System;
  readonly account: string;
  api: ApiClient;

  private constructor(system: System, api: ApiClient, account: string) {
    this.system = system;
    this.api = api;
    this.account = account;
  }

  static async start(): Promise<Collecting> {
    const system = await startInMemory();
    const api = await signIn(system.url, 'treasurer');
    const main = { currency: 'CNY', holder: '华东集团', name: 'Main' };
    const { id } = expectSuccess(await api.post('/v1/accounts', main, 'main'));
    expectSuccess(await api.put('/v1/bank-channel', { channel: 'SANDBOX', creditor }));
    return new Collecting(system, api, id);
  }

  /** Anew: days pass in some tests, and tokens live an hour. */
  async signIn() {
    this.api = await signIn(this.system.url, 'treasurer');
  }

  async stop() {
    await this.system.stop();
  }

  /** Lets so many minutes pass, and everything that they bring with them be done. */
  async pass(minutes: number) {
    const { now: before } = expectSuccess(await this.api.get('/local/clock'));
    const now = new Date(Date.parse(before) + minutes * 60_000).toISOString();
    const token = await tokenOf(this.system.url, 'treasurer');
    const { status, body } = await rawCall(this.system.url, 'POST', '/local/clock', {
      token,
      body: JSON.stringify({ now }),
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await this.system.quiesce()).toBe(true);
  }

  /** An active mandate over an account of the sandbox bank; its last digits say what the bank does. */
  async mandate(agreementNumber: string, suffix: string, more: object = {}) {
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
    const { id } = expectSuccess(await this.api.post('/v1/mandates', request, agreementNumber));
    expectSuccess(await this.api.post(`/v1/mandates/${id}/confirm`, {}));
  }

  async batch(batchId: string) {
    return expectSuccess(await this.api.get(`/v1/collection-batches/${batchId}`));
  }

  async items(batchId: string) {
    return expectSuccess(await this.api.get(`/v1/collection-batches/${batchId}/items?limit=100`)).items;
  }

  async posted(accountId: string) {
    return expectSuccess(await this.api.get(`/v1/accounts/${accountId}/balance`)).posted.amount;
  }

  /** How often the bus was told what of a batch or collection; the same event is counted once. */
  async told(subject: string): Promise<Record<string, number>> {
    const found = new Map<string, string>();
    let after = 0;
    for (;;) {
      const { events } = expectSuccess(await this.api.get(`/local/events?after=${after}`));
      if (events.length === 0) break;
      for (const { event } of events) if (event.subject === subject) found.set(event.id, event.type);
      after = events.at(-1).position;
    }
    const names = [...found.values()].map((type) => type.replace(/^collection\.(.*)\.v1$/, '$1'));
    return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, some]) => [name, some.length]));
  }
}
