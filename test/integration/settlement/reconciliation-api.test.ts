import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '../../../functions/settlement/channel-files/channel-file-examples.ts';
import * as channels from '../../../functions/settlement/channels/channel-examples.ts';
import * as comparisons from '../../../functions/settlement/comparing/comparison-examples.ts';
import * as markets from '../../../functions/settlement/markets/market-examples.ts';
import * as merchants from '../../../functions/settlement/merchants/merchant-examples.ts';
import * as orders from '../../../functions/settlement/orders/order-examples.ts';
import * as reports from '../../../functions/settlement/statistics/report-examples.ts';
import * as templates from '../../../functions/settlement/templates/template-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { rawCall, signIn, startInMemory, tokenOf } from '../../support/system.ts';

/** The examples of the reference, one after the other on a fresh system, and what is refused between them. */
describe('a market is reconciled with its channels through the API', () => {
  let system: System;
  let api: ApiClient;
  let token: string;
  const yuan = (amount: string) => ({ amount, currency: 'CNY' });
  const market = '/v1/markets/mkt_chengdu';
  const day = `${market}/comparisons/wechat/2025-09-26`;

  beforeAll(async () => {
    system = await startInMemory();
    token = await tokenOf(system.url, 'operator');
    api = await signIn(system.url, 'operator');
    expectSuccess(await api.post('/v1/markets', markets.createMarket.body, 'm'));
    expectSuccess(await api.put(`${market}/channels/wechat`, channels.putPayChannel.body));
    for (const id of ['mer_teahouse', 'mer_potter', 'mer_van', 'mer_demo']) {
      expectSuccess(await api.post('/v1/merchants', { ...merchants.createMerchant.body, id }, id));
    }
    expectSuccess(await api.post('/v1/orders', orders.createOrder.body, 'o1'));
    expectSuccess(await api.post(`/v1/orders/${orders.createOrder.body.no}/payments`, orders.payOrder.body));
    await quiet();
  });
  afterAll(() => system?.stop());

  const quiet = () => rawCall(system.url, 'POST', '/local/quiesce');
  const send = (text: string, query = '') =>
    rawCall(
      system.url,
      'POST',
      `${market}/channel-files?channelId=wechat&businessDate=2025-09-26&template=own-bill${query}`,
      { token, type: 'text/csv', body: Buffer.from(text) },
    );

  it('has templates that everybody has, and puts its own', async () => {
    const put = await api.put(`${market}/file-templates/own-bill`, templates.putChannelFileTemplate.body);
    const { changedAt, ...shown } = expectSuccess(put);
    expect({ ...shown, changedAt }).toEqual({ ...templates.putChannelFileTemplate.response, changedAt });
    expect(await api.put(`${market}/file-templates/own-bill`, templates.putChannelFileTemplate.body)).toEqual(put);
    expect(expectSuccess(await api.get(`${market}/file-templates/own-bill`))).toEqual(put.body);
    const { templates: all } = expectSuccess(await api.get(`${market}/file-templates`));
    expect(all.map(({ id }: { id: string }) => id)).toEqual(['wechat-pay', 'alipay', 'unionpay', 'own-bill']);
    expect(all[0]).toEqual(templates.listChannelFileTemplates.response.templates[0]);
    const taken = await api.put(`${market}/file-templates/alipay`, templates.putChannelFileTemplate.body);
    expect(taken).toMatchObject({ status: 409, body: { code: 'settlement/template-id-taken' } });
    const faulty = { ...templates.putChannelFileTemplate.body, header: false };
    const refused = await api.put(`${market}/file-templates/other`, faulty);
    expect(refused).toMatchObject({ status: 400, body: { code: 'request/malformed' } });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/columns/amount');
    expect(await api.get(`${market}/file-templates/other`)).toMatchObject({ status: 404 });
    const seen = { ...templates.putChannelFileTemplate.body, name: 'Other', expectedVersion: 7 };
    expect(await api.put(`${market}/file-templates/own-bill`, seen)).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/version-conflict' } },
    });
  });

  it('refuses a file whole, with what is wrong by line, and nothing of it counts', async () => {
    const bad = files.billText.replace('20.00', '20.001').replace('2025-09-26 10:05:00', 'yesterday');
    const sent = await send(bad);
    expect([sent.status, sent.body.status, sent.body.faults]).toEqual([202, 'READING', []]);
    await quiet();
    const refused = expectSuccess(await api.get(`${market}/channel-files/${sent.body.id}`));
    expect([refused.status, refused.problem.code, refused.faulty]).toEqual([
      ...['REFUSED', 'settlement/channel-file-refused', 2],
    ]);
    expect((refused.faults as { line: number; field: string }[]).map(({ line, field }) => [line, field])).toEqual([
      [2, 'at'],
      [3, 'amount'],
    ]);
    expect(refused.content).toBeUndefined();
    const list = await api.get(`${market}/channel-files?from=2025-09-26&to=2025-09-26`);
    expect(expectSuccess(list)).toEqual({ files: [refused] });
    const compare = await api.post(`${market}/comparisons`, comparisons.askForComparison.body);
    expect(compare).toMatchObject({ status: 409, body: { code: 'settlement/channel-file-missing' } });
  });

  it('reads a refused file again where it is sent again, and says what is no such file at all', async () => {
    const first = await send('%PDF-1.7');
    await quiet();
    const one = `${market}/channel-files/${first.body.id}`;
    const refused = expectSuccess(await api.get(one));
    expect(refused).toMatchObject({
      status: 'REFUSED',
      faulty: 0,
      problem: { code: 'settlement/channel-file-refused' },
    });
    const again = await send('%PDF-1.7');
    expect([again.status, again.body.id, again.body.status]).toEqual([202, first.body.id, 'READING']);
    expect(again.body.problem).toBeUndefined();
    await quiet();
    const { changedAt, ...same } = expectSuccess(await api.get(one));
    expect({ ...same, changedAt: refused.changedAt }).toEqual(refused);
    expect(changedAt > refused.changedAt).toBe(true);
  });

  it('says at once what a file is not taken for', async () => {
    expect(await send(files.billText, '&part=0')).toMatchObject({ status: 400 });
    const unknown = await rawCall(
      system.url,
      'POST',
      `${market}/channel-files?channelId=wechat&businessDate=2025-09-26&template=nobody`,
      { token, body: files.billText },
    );
    expect(unknown).toMatchObject({ status: 404, body: { errors: [{ parameter: 'template' }] } });
    const ahead = { channelId: 'wechat', businessDate: '2099-12-31', template: 'own-bill' };
    const sent = await rawCall(system.url, 'POST', `${market}/channel-files?${new URLSearchParams(ahead)}`, {
      ...{ token, body: files.billText },
    });
    const problem = { status: 409, body: { code: 'settlement/business-date-ahead' } };
    expect(sent).toMatchObject({ ...problem, body: { errors: [{ parameter: 'businessDate' }] } });
    const opened = await api.post(`${market}/channel-file-uploads`, { ...ahead, fileName: 'bill.csv' }, 'ahead');
    expect(opened).toMatchObject({ ...problem, body: { errors: [{ pointer: '/businessDate' }] } });
  });

  it('takes a file that the bucket did not take when it is sent again', async () => {
    const bucket = process.env.AWS_ENDPOINT_URL_S3;
    // The port of nobody.
    process.env.AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:1/';
    const failed = await send(files.billText).finally(() => {
      process.env.AWS_ENDPOINT_URL_S3 = bucket;
    });
    expect(failed).toMatchObject({ status: 503, body: { code: 'request/unavailable' } });
    await quiet();
    const { files: listed } = expectSuccess(await api.get(`${market}/channel-files?from=2025-09-26&to=2025-09-26`));
    expect(listed.map(({ status }: { status: string }) => status).toSorted()).toEqual([
      ...['READING', 'REFUSED', 'REFUSED'],
    ]);
  });

  it('takes a file once, and compares it by itself', async () => {
    const { status, body } = await send(files.billText);
    expect(status).toBe(202);
    const { id, createdAt, changedAt } = body as { id: string; createdAt: string; changedAt: string };
    expect(body).toEqual({ ...files.importChannelFile.response, id, createdAt, changedAt });
    await quiet();
    const read = expectSuccess(await api.get(`${market}/channel-files/${id}`));
    expect(read).toEqual({ ...files.getChannelFile.response, id, createdAt, changedAt: read.changedAt });
    expect(await send(files.billText)).toMatchObject({ status: 200, body: read });
    const { files: listed } = expectSuccess(await api.get(`${market}/channel-files?from=2025-09-26&to=2025-09-26`));
    expect(listed).toContainEqual(read);
    const compared = expectSuccess(await api.get(day));
    const { comparedAt } = compared;
    const shown = { ...comparisons.getComparison.response, comparedAt, changedAt: compared.changedAt };
    expect(compared).toEqual(shown);
    const { comparisons: all } = expectSuccess(await api.get(`${market}/comparisons?from=2025-09-26&to=2025-09-26`));
    expect(all).toEqual([compared]);
  });

  it('lists differences by class and state, and keeps what is said of them', async () => {
    const { differences } = expectSuccess(await api.get(`${day}/differences?class=MISSING_HERE`));
    expect(differences).toEqual(comparisons.listDifferences.response.differences);
    expect(expectSuccess(await api.get(`${day}/differences?class=LATE`))).toEqual({ differences: [] });
    const one = `${day}/differences/${differences[0].id}`;
    const explained = expectSuccess(await api.post(`${one}/explain`, comparisons.explainDifference.body));
    expect(explained).toEqual({ ...comparisons.explainDifference.response, at: explained.at });
    expect(await api.post(`${one}/explain`, { note: ' ' })).toMatchObject({ status: 400 });
    expect(await api.post(`${day}/differences/dif_AAAA/explain`, { note: 'x' })).toMatchObject({ status: 404 });

    expectSuccess(await api.post(`${market}/comparisons`, comparisons.askForComparison.body));
    await quiet();
    expect(expectSuccess(await api.get(`${day}/differences?state=EXPLAINED`)).differences).toEqual([explained]);
    const resolved = expectSuccess(await api.post(`${one}/resolve`, comparisons.resolveDifference.body));
    expect(resolved).toEqual({ ...comparisons.resolveDifference.response, at: resolved.at });
    expect(await api.post(`${one}/explain`, { note: 'again' })).toMatchObject({
      ...{ status: 409, body: { code: 'settlement/difference-resolved', by: 'operator' } },
    });
  });

  it('takes a corrected file in the place of the first, and compares again', async () => {
    const corrected = files.billText
      .split('\n')
      .filter((line) => !line.startsWith('4200999'))
      .join('\n')
      .replace('0.60', '0.61');
    expect(await send(corrected)).toMatchObject({ status: 202 });
    await quiet();
    const { differences } = expectSuccess(await api.get(`${day}/differences`));
    const shown = differences.map(({ class: of, state, stands }: Record<string, unknown>) => [of, state, stands]);
    expect(shown).toEqual([
      ['FEE_DIFFERS', 'OPEN', true],
      ['MISSING_HERE', 'RESOLVED', false],
    ]);
    expect(expectSuccess(await api.get(day))).toMatchObject({
      differences: 1,
      total: { here: { fees: yuan('0.60') }, there: { fees: yuan('0.61'), count: 1 } },
    });
  });

  it('takes a large file through an upload, and tells what is wrong with it there', async () => {
    const asked = { ...files.createChannelFileUpload.body, template: 'own-bill' };
    const opened = await api.post(`${market}/channel-file-uploads`, asked, 'u1');
    const upload = expectSuccess(opened);
    expect([opened.status, upload.status]).toEqual([202, 'WAITING']);
    expect(await api.post(`${market}/channel-file-uploads`, asked, 'u1')).toEqual(opened);
    expect(await api.post(`${market}/channel-file-uploads`, { ...asked, part: 3 }, 'u1')).toMatchObject({
      status: 422,
    });
    await fetch(upload.uploadUrl, { method: 'PUT', body: files.billText });
    await quiet();
    const { files: none } = { files: upload };
    const ended = expectSuccess(await api.get(`${market}/channel-files/${none.id}`));
    expect(ended).toMatchObject({ status: 'COMPLETED', part: 2, content: { payments: 2 } });

    const second = expectSuccess(await api.post(`${market}/channel-file-uploads`, asked, 'u2'));
    await fetch(second.uploadUrl, { method: 'PUT', body: files.billText.replace('0.12', '-0.12') });
    await quiet();
    expect(expectSuccess(await api.get(`${market}/channel-files/${second.id}`))).toMatchObject({
      ...{ status: 'REFUSED', faulty: 1, faults: [{ line: 3, field: 'fee' }] },
      problem: { code: 'settlement/channel-file-refused' },
    });
    const { differences } = expectSuccess(await api.get(`${day}/differences?class=DUPLICATE`));
    expect(differences).toMatchObject([{ reference: '4200001', there: { line: 2 } }]);
  });

  it('has statistics of the market and of a merchant, by day and in all', async () => {
    const period = '?from=2025-09-26&to=2025-09-30';
    expect(expectSuccess(await api.get(`${market}/statistics${period}`))).toEqual(reports.getMarketStatistics.response);
    const potter = `/v1/merchants/mer_potter/statistics${period}`;
    expect(expectSuccess(await api.get(potter))).toEqual(reports.getMerchantStatistics.response);
    expect(
      expectSuccess(await api.get('/v1/merchants/mer_van/statistics?from=2025-09-26&to=2025-09-26')),
    ).toMatchObject({
      ...{ total: { orders: 0, net: yuan('0.00') }, days: [] },
    });
    for (const [from, to] of [
      ['2025-09-26', '2025-09-25'],
      ['2025-01-01', '2026-01-02'],
    ]) {
      const refused = await api.get(`${market}/statistics?from=${from}&to=${to}`);
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ parameter: 'to' }] } });
    }
    const own = await signIn(system.url, 'merchant');
    expect(await own.get(`/v1/merchants/mer_demo/statistics${period}`)).toMatchObject({
      status: 200,
      body: { days: [] },
    });
    expect(await own.get(`${market}/statistics${period}`)).toMatchObject({ status: 403 });
    expect(await own.get(potter)).toMatchObject({ status: 404, body: { code: 'settlement/merchant-not-found' } });
  });

  it('writes the daily file by a template of its own', async () => {
    const put = await api.put(`${market}/day-file-templates/own-day`, templates.putDayFileTemplate.body);
    const { changedAt } = expectSuccess(put);
    expect(put.body).toEqual({ ...templates.putDayFileTemplate.response, changedAt });
    const { templates: all } = expectSuccess(await api.get(`${market}/day-file-templates`));
    expect(all).toEqual([templates.listDayFileTemplates.response.templates[0], put.body]);
    const get = async (query: string) => {
      const answer = await fetch(`${system.url}${market}/day-file?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return {
        status: answer.status,
        headers: answer.headers,
        text: Buffer.from(await answer.arrayBuffer()).toString(),
      };
    };
    const file = await get('date=2025-09-26&template=own-day');
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(file.headers.get('next-cursor')).toBeNull();
    expect(file.text).toBe(reports.getDayFile.response);
    // What is paid out on the next working day: 5.00 to the one, 95.00 less the fee to the other.
    expect((await get('date=2025-09-28&template=own-day')).text.split('\r\n').slice(1)).toEqual([
      'SO-2025-000001,分账,-95.00,-0.60',
      'SO-2025-000001,分账,-5.00,0.00',
      '合计,,-100.00,-0.60',
      '',
    ]);
    expect((await get('date=2025-09-26')).text.split('\r\n')[1]).toContain('PAYMENT,2025-09-26,2025-09-26 10:05:00,');
    expect(await get('date=2025-09-26&template=nobody')).toMatchObject({ status: 404 });
    const gb = { ...templates.putDayFileTemplate.body, dates: { day: 'yyyyMMdd', moment: 'HHmm', zone: 'Mars' } };
    const refused = await api.put(`${market}/day-file-templates/other`, gb);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/dates/zone');
  });

  it('shows none of it to another tenant, nor to merchants', async () => {
    const stranger = await signIn(system.url, 'operator-2');
    expect(await stranger.get(day)).toMatchObject({ status: 404 });
    expect(await stranger.get(`${market}/file-templates/own-bill`)).toMatchObject({ status: 404 });
    const merchant = await signIn(system.url, 'merchant');
    expect(await merchant.get(day)).toMatchObject({ status: 403 });
  });
});
