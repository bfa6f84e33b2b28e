import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../functions/access/service.ts';
import type { PaymentAsked } from '../../functions/collection/published.ts';
import { service as collection } from '../../functions/collection/service.ts';
import type { System } from '../../infra/local/system.ts';
import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { now } from '../../shared/time/clock.ts';
import { noticeXml } from '../functions/collection/gateway/bank-files.ts';
import { rawCall, startInMemory, tokenOf } from '../support/system.ts';

const creditor = {
  name: '华东集团有限公司',
  account: { number: '32001881236052500099', bank: { cnaps: '105100000017' } },
};

/** 1,234.56 at once to an account with this end. */
function asked(id: string, suffix: string): PaymentAsked {
  const payee = { name: '江南机械厂', number: `320018812360525${suffix}`, bank: { cnaps: '102100099996' } };
  const money = { amount: 123_456n, currency: 'CNY' } as const;
  return { id, ...money, payee, businessDate: businessDateOf(now()), railKind: 'IBPS' };
}

/** From the call of another capability to the event that it hears, through the whole system. */
describe('a payment of another capability', () => {
  let system: System;
  let payments: typeof import('../../functions/collection/published.ts');
  beforeAll(async () => {
    system = await startInMemory({ services: [access, collection] });
    payments = await import('../../functions/collection/published.ts');
    await putChannel('treasurer', 'SANDBOX');
    await putChannel('treasurer-2', 'FILES');
  });
  afterAll(() => system?.stop());

  async function putChannel(client: string, channel: 'SANDBOX' | 'FILES') {
    const token = await tokenOf(system.url, client);
    const body = JSON.stringify({ channel, creditor });
    expect(await rawCall(system.url, 'PUT', '/v1/bank-channel', { token, body })).toMatchObject({ status: 200 });
  }

  const hoursOn = (hours: number) =>
    fetch(`${system.url}/local/clock`, {
      method: 'POST',
      body: JSON.stringify({ now: new Date(now().getTime() + hours * 3_600_000).toISOString() }),
    });

  async function told(tenant: string) {
    expect(await system.quiesce()).toBe(true);
    const answer = await fetch(`${system.url}/local/events?type=collection.payment-reported.v1`);
    const { events } = (await answer.json()) as { events: { event: { tenant: string; data: Told } }[] };
    return events.flatMap(({ event }) => (event.tenant === tenant ? [brief(event.data)] : []));
  }

  it('is paid by the sandbox bank and told of, and comes back after two days where the bank says so', async () => {
    const message = { id: 'RUN-1', orders: [asked('A1', '5123'), asked('A2', '0003'), asked('A10', '0010')] };
    const sent = await payments.sendPayments('demo', message, now());
    expect(sent.map(({ outcome }) => outcome)).toEqual(['TAKEN', 'TAKEN', 'TAKEN']);
    await hoursOn(1);
    expect(await payments.sendPayments('demo', message, now())).toEqual(sent);
    const first = ['A1 ACCEPTED', 'A1 SETTLED 1234.56', 'A10 ACCEPTED', 'A10 SETTLED 1234.56', 'A2 ACCEPTED'];
    expect((await told('demo')).sort()).toEqual([...first, 'A2 REJECTED AC04']);
    await hoursOn(49);
    expect((await told('demo')).sort()).toEqual([...first, 'A2 REJECTED AC04', 'A10 RETURNED 1234.56 MS02'].sort());
    const reports = await payments.queryPayments('demo', ['A10', 'unknown'], now());
    expect(reports.map(({ state }) => state)).toEqual(['ACCEPTED', 'SETTLED', 'RETURNED']);
  });

  it('goes as a file, and is told of when the statement shows it', async () => {
    const message = { id: 'RUN-1', orders: [asked('B1', '5123')] };
    expect(await payments.sendPayments('demo2', message, now())).toMatchObject([{ id: 'B1', outcome: 'TAKEN' }]);
    expect(await told('demo2')).toEqual([]);
    const text = noticeXml([{ endToEndId: 'B1', amount: '1234.56', direction: 'DBIT' }], 'camt.053');
    for (const name of ['one.xml', 'again.xml']) {
      await fetch(`${system.url}/local/s3/yudao-collection/inbox/demo2/${name}`, { method: 'PUT', body: text });
    }
    expect(await told('demo2')).toEqual(['B1 SETTLED 1234.56']);
  });
});

interface Told {
  readonly orderId: string;
  readonly state: string;
  readonly amount?: { readonly amount: string };
  readonly code?: string;
}

function brief({ orderId, state, amount, code }: Told): string {
  return [orderId, state, amount?.amount, code].filter(Boolean).join(' ');
}
