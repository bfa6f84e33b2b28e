import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as access } from '../../functions/access/service.ts';
import { requireChannel } from '../../functions/collection/channels/bank-channel.ts';
import type { CollectionOrder } from '../../functions/collection/gateway/bank-gateway.ts';
import { gatewayOf } from '../../functions/collection/gateway/gateway-of.ts';
import { service as collection } from '../../functions/collection/service.ts';
import { defaultStore } from '../../functions/collection/store.ts';
import { bankFiles } from '../../functions/collection/store-bank-files.ts';
import { type Handler, loadFromFolder } from '../../infra/local/functions.ts';
import type { System } from '../../infra/local/system.ts';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { now } from '../../shared/time/clock.ts';
import { statusXml } from '../functions/collection/gateway/bank-files.ts';
import { messageOf, orderOf } from '../functions/collection/gateway/samples.ts';
import { rawCall, startInMemory, tokenOf } from '../support/system.ts';

/** Hears what collection publishes. */
const listener: ServiceDescription = {
  name: 'listener',
  title: 'Listener',
  description: 'For tests.',
  subscriptions: [
    {
      entry: 'on-bank',
      events: ['collection.bank-file-refused.v1', 'collection.bank-channel-changed.v1'],
      batchSize: 10,
    },
  ],
};

const creditor = {
  name: '华东集团有限公司',
  account: { number: '32001881236052500099', bank: { cnaps: '105100000017' } },
};
const shown = { ...creditor, account: { ...creditor.account, number: '****0099' } };

describe('a bank that is part of the system, and one that is reached by files', () => {
  let system: System;
  const heard: { id: string; type: string; data: Record<string, unknown> }[] = [];
  const tokens = new Map<string, string>();

  const listen: Handler = async (event) => {
    for (const { body } of (event as { Records: { body: string }[] }).Records) heard.push(JSON.parse(body).detail);
    return { batchItemFailures: [] };
  };

  beforeAll(async () => {
    system = await startInMemory({
      services: [access, collection, listener],
      loadHandler: async (name, entry) => (name === listener.name ? listen : loadFromFolder(name, entry)),
    });
    for (const client of ['treasurer', 'operator', 'auditor', 'treasurer-2']) {
      tokens.set(client, await tokenOf(system.url, client));
    }
  });
  afterAll(() => system?.stop());

  function send(method: 'GET' | 'PUT', body?: unknown, client = 'treasurer') {
    return rawCall(system.url, method, '/v1/bank-channel', {
      token: tokens.get(client) ?? '',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  const setClock = (at: Date) =>
    fetch(`${system.url}/local/clock`, { method: 'POST', body: JSON.stringify({ now: at.toISOString() }) });
  const hoursOn = (hours: number) => setClock(new Date(now().getTime() + hours * 3_600_000));

  const putFile = (key: string, text: string) =>
    fetch(`${system.url}/local/s3/yudao-collection/${key}`, { method: 'PUT', body: text });

  /** Hands orders over by the channel that the tenant has put. */
  async function hand(id: string, orders: readonly CollectionOrder[], tenant = 'demo') {
    const channel = requireChannel(await defaultStore().readChannel(tenant));
    const message = { ...messageOf(id, orders, tenant), account: channel.creditor };
    return gatewayOf(channel, { store: defaultStore(), outbox: bankFiles() }).hand(message, now());
  }

  async function inbox(orderId: string, tenant = 'demo') {
    const reports = await defaultStore().readReports(tenant, orderId);
    return reports.map(({ report: { state, code } }) => (code ? `${state} ${code}` : state));
  }

  it('is missing until a channel is put', async () => {
    expect(await send('GET')).toMatchObject({ status: 200, body: { version: 0 } });
    await expect(hand('M0', [orderOf('A0')])).rejects.toMatchObject({ code: 'collection/bank-channel-missing' });
  });

  it('is put by version, shown masked, and told', async () => {
    const put = await send('PUT', { channel: 'SANDBOX', creditor, expectedVersion: 0 });
    expect(put).toMatchObject({
      status: 200,
      body: { version: 1, channel: 'SANDBOX', creditor: shown, initiatingParty: { name: creditor.name } },
    });
    expect((await send('GET', undefined, 'auditor')).body).toEqual(put.body);
    expect((await send('PUT', { channel: 'SANDBOX', creditor, expectedVersion: 0 })).body).toEqual(put.body);
    expect(await send('PUT', { channel: 'FILES', creditor, expectedVersion: 0 })).toMatchObject({
      status: 409,
      body: { code: 'collection/version-conflict', version: 1 },
    });
    expect(await send('PUT', { channel: 'FILES', creditor }, 'operator')).toMatchObject({ status: 403 });
    expect((await send('GET', undefined, 'treasurer-2')).body).toEqual({ version: 0 });
  });

  it.each<[string, object, string]>([
    ['of an unknown kind', { channel: 'SWIFT' }, '/channel'],
    ['with a masked account', { creditor: shown }, '/creditor/account/number'],
    [
      'with a bank code that does not check',
      { creditor: { ...creditor, account: { ...creditor.account, bank: { cnaps: '105100000018' } } } },
      '/creditor/account/bank/cnaps',
    ],
    [
      'with an IBAN that does not check',
      { creditor: { ...creditor, account: { ...creditor.account, number: 'DE89370400440532013001' } } },
      '/creditor/account/number',
    ],
    ['with a Chinese name for a bank that takes Latin letters', { characters: 'LATIN' }, '/creditor/name'],
  ])('is refused %s', async (_, more, pointer) => {
    const { status, body } = await send('PUT', { channel: 'FILES', creditor, ...more });
    expect(status).toBe(400);
    expect((body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
  });

  it('answers by its rules as the clock goes on', async () => {
    const orders = [orderOf('A1'), orderOf('A2', '0002'), orderOf('A7', '0007'), orderOf('A10', '0010')];
    expect(await hand('M1', orders)).toEqual({ outcome: 'TAKEN' });
    const all = () => Promise.all(orders.map(({ id }) => inbox(id)));
    expect(await all()).toEqual([[], [], [], []]);
    await hoursOn(1);
    const settled = ['ACCEPTED', 'SETTLED'];
    expect(await all()).toEqual([settled, ['ACCEPTED', 'REJECTED AM04'], [], settled]);
    await hoursOn(26);
    expect(await all()).toEqual([settled, ['ACCEPTED', 'REJECTED AM04'], ['SETTLED'], settled]);
    await hoursOn(24);
    expect((await all())[3]).toEqual([...settled, 'RETURNED MS02']);
  });

  it('writes files to the outbox, and reads what comes into the inbox', async () => {
    // The clock has gone on by days: the token of the beginning has run out.
    tokens.set('treasurer-2', await tokenOf(system.url, 'treasurer-2'));
    expect(await send('PUT', { channel: 'FILES', creditor }, 'treasurer-2')).toMatchObject({ status: 200 });
    expect(await hand('MSG-1', [orderOf('A1'), orderOf('A2')], 'demo2')).toEqual({ outcome: 'TAKEN' });
    const file = await fetch(`${system.url}/local/s3/yudao-collection/outbox/demo2/IBPS/MSG-1.xml`);
    expect(await file.text()).toContain('<MsgId>MSG-1</MsgId>');
    expect((await putFile('inbox/demo2/one.xml', statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>'))).status).toBe(200);
    expect(await system.quiesce()).toBe(true);
    expect(await Promise.all([inbox('A1', 'demo2'), inbox('A2', 'demo2')])).toEqual([['ACCEPTED'], ['ACCEPTED']]);
    expect(await inbox('A1')).toEqual(['ACCEPTED', 'SETTLED']);
  });

  it('tells of a file that is refused, once, without the account in its name', async () => {
    const text = statusXml('MSG-9', '<GrpSts>RJCT</GrpSts>');
    await putFile('inbox/demo2/32001881236052500099.xml', text);
    await putFile('inbox/demo2/32001881236052500099.xml', text);
    expect(await system.quiesce()).toBe(true);
    const told = heard.filter(({ type }) => type === 'collection.bank-file-refused.v1');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      tenant: 'demo2',
      data: {
        key: 'inbox/demo2/****0099.xml',
        reason: 'unknown-message',
        detail: 'No file was sent with the message MSG-9.',
      },
    });
    const changes = heard.filter(({ type }) => type === 'collection.bank-channel-changed.v1');
    expect(changes.map(({ data }) => data.channel).sort()).toEqual(['FILES', 'SANDBOX']);
  });
});
