import { beforeAll, describe, expect, it } from 'vitest';
import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { up, usePoolSystem, yuan, zeroBalance } from '../support/pool-system.ts';
import { signIn } from '../support/system.ts';

const today = businessDateOf(new Date());
const forHeader = { receipts: { payee: 'AGGREGATED' } };

interface Receipt {
  readonly number: string;
  readonly kind: string;
  readonly side: string;
  readonly accountName: string;
  readonly counterpartyName?: string;
  readonly direction: string;
  readonly amount: { readonly amount: string };
}

/** 'SINGLE c1 PAYER to hq UP 200.00' */
const line = ({ kind, accountName, side, counterpartyName = '', direction, amount }: Receipt) =>
  [kind, accountName, side, counterpartyName, direction, amount.amount].filter((text) => text !== '').join(' ');

describe('receipts over the API', () => {
  const pools = usePoolSystem();
  let runId = '';
  let payment = { id: '', transferId: '' };

  beforeAll(async () => {
    const funding = { effectiveFrom: '2026-01-01', trigger: 'REAL_TIME', receipts: { payer: 'NONE' } };
    const members = [
      { accountId: pools.ids.r1, up: [up({ method: 'ZERO_BALANCE' }, forHeader)] },
      { accountId: pools.ids.c1, up: [up({ method: 'ZERO_BALANCE' }, forHeader)], down: [funding] },
      { accountId: pools.ids.c2, up: [zeroBalance] },
    ];
    expect((await pools.putMembers(members)).status).toBe(200);
    runId = (await pools.api.post(`/v1/pools/${pools.ids.pool}/runs`, { businessDate: today, runNumber: 1 })).body.id;
    await pools.api.post('/local/quiesce', {});
    const order = { accountId: pools.ids.c1, creditAccountId: pools.ids.payee, amount: yuan('90.00') };
    payment = (await pools.api.post(`/v1/pools/${pools.ids.pool}/payments`, order, 'linked')).body;
  });

  const receipts = (query = '', client = pools.api) =>
    client.get(`/v1/pools/${pools.ids.pool}/runs/${runId}/receipts${query}`);

  it('are one of all that came to the header, and one of each movement for those that paid', async () => {
    const { status, body } = await receipts();
    expect(status).toBe(200);
    expect(body.receipts.map(line).toSorted()).toEqual([
      'AGGREGATED hq PAYEE UP 230.00',
      'SINGLE c1 PAYER hq UP 200.00',
      'SINGLE c2 PAYER hq UP 10.00',
      'SINGLE hq PAYEE c2 UP 10.00',
      'SINGLE r1 PAYER hq UP 30.00',
    ]);
    const [aggregated] = body.receipts;
    expect(aggregated).toMatchObject({ accountId: pools.ids.hq, businessDate: today, count: 2 });
    expect(aggregated.number).toMatch(new RegExp(`^${today.replaceAll('-', '')}-[0-9A-HJKMNP-TV-Z]{16}$`));
    const run = (await pools.api.get(`/v1/pools/${pools.ids.pool}/runs/${runId}`)).body;
    for (const { leg, counterpartyAccountId, amount, transferId } of aggregated.movements) {
      expect(run.legs[leg - 1]).toMatchObject({ debitAccountId: counterpartyAccountId, moved: amount, transferId });
    }
    const transfer = (await pools.api.get(`/v1/transfers/${aggregated.movements[0].transferId}`)).body;
    expect(aggregated.bookedAt).toBe(transfer.bookedAt);
    expect((await receipts()).body).toEqual(body);
  });

  it('come in pages, which together are all of them in their order', async () => {
    const all = (await receipts()).body.receipts;
    const paged: Receipt[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await receipts(`?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(body.receipts.length).toBeLessThanOrEqual(2);
      paged.push(...body.receipts);
      cursor = body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(paged).toHaveLength(5);
  });

  it('are found by account and by side', async () => {
    const lines = async (query: string) => (await receipts(query)).body.receipts.map(line);
    expect(await lines(`?accountId=${pools.ids.c2}`)).toEqual(['SINGLE c2 PAYER hq UP 10.00']);
    expect(await lines(`?accountId=${pools.ids.hq}&side=PAYEE`)).toEqual([
      'AGGREGATED hq PAYEE UP 230.00',
      'SINGLE hq PAYEE c2 UP 10.00',
    ]);
    expect(await lines(`?accountId=${pools.ids.hq}&side=PAYER`)).toEqual([]);
    expect(await lines('?side=PAYER')).toHaveLength(3);
  });

  it('of a payment are of what came down to it, in its transfer', async () => {
    const { status, body } = await pools.api.get(`/v1/pools/${pools.ids.pool}/payments/${payment.id}/receipts`);
    expect(status).toBe(200);
    expect(body.receipts.map(line)).toEqual(['SINGLE c1 PAYEE hq DOWN 90.00']);
    expect(body.receipts[0]).toMatchObject({
      leg: 1,
      transferId: payment.transferId,
      counterpartyAccountId: pools.ids.hq,
    });
  });

  it('stay as they are when something else is agreed', async () => {
    const before = [
      (await receipts()).body,
      (await pools.api.get(`/v1/pools/${pools.ids.pool}/payments/${payment.id}/receipts`)).body,
    ];
    const none = { receipts: { payer: 'NONE', payee: 'NONE' } };
    const shown = (await pools.api.get(`/v1/pools/${pools.ids.pool}/members`)).body;
    expect(shown.members[0].up[0].receipts).toEqual({ payer: 'SINGLE', payee: 'AGGREGATED' });
    expect(shown.members[2].up[0].receipts).toEqual({ payer: 'SINGLE', payee: 'SINGLE' });
    await pools.putMembers([{ accountId: pools.ids.c1, up: [up({ method: 'ZERO_BALANCE' }, none)] }]);
    expect([
      (await receipts()).body,
      (await pools.api.get(`/v1/pools/${pools.ids.pool}/payments/${payment.id}/receipts`)).body,
    ]).toEqual(before);
  });

  it('are there for the auditor, and not for another tenant', async () => {
    const stranger = await signIn(pools.system.url, 'treasurer-2');
    const auditor = await signIn(pools.system.url, 'auditor');
    expect(await receipts('', stranger)).toMatchObject({ status: 404, body: { code: 'pooling/pool-not-found' } });
    const ofPayment = `/v1/pools/${pools.ids.pool}/payments/${payment.id}/receipts`;
    expect(await stranger.get(ofPayment)).toMatchObject({ status: 404, body: { code: 'pooling/pool-not-found' } });
    expect((await receipts('', auditor)).status).toBe(200);
    expect((await auditor.get(ofPayment)).status).toBe(200);
  });

  const refused: [string, () => string, number, string, string?][] = [
    ['a run that is not there', () => `runs/run_${'0'.repeat(26)}/receipts`, 404, 'pooling/run-not-found'],
    ['no id of a run', () => 'runs/first/receipts', 400, 'request/malformed', 'runId'],
    ['a payment that is not there', () => `payments/pay_${'0'.repeat(26)}/receipts`, 404, 'pooling/payment-not-found'],
    [
      'an account outside the pool',
      () => `runs/${runId}/receipts?accountId=${pools.ids.free}`,
      404,
      'pooling/not-a-member',
      'accountId',
    ],
    [
      'an account of another tenant',
      () => `runs/${runId}/receipts?accountId=${pools.ids.foreign}`,
      404,
      'pooling/not-a-member',
      'accountId',
    ],
    ['no id of an account', () => `runs/${runId}/receipts?accountId=hq`, 400, 'request/malformed', 'accountId'],
    ['a side that is not there', () => `runs/${runId}/receipts?side=BOTH`, 400, 'request/malformed', 'side'],
    ['a page of nothing', () => `runs/${runId}/receipts?limit=0`, 400, 'request/malformed', 'limit'],
    ['an unknown parameter', () => `runs/${runId}/receipts?kind=SINGLE`, 400, 'request/malformed', 'kind'],
    ['a broken cursor', () => `runs/${runId}/receipts?cursor=abc`, 400, 'request/cursor-not-usable', 'cursor'],
  ];
  it.each(refused)(
    'asked for with %s are refused, and the field is named',
    async (_, path, status, code, parameter) => {
      const answer = await pools.api.get(`/v1/pools/${pools.ids.pool}/${path()}`);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.body.errors?.[0]?.parameter).toBe(parameter);
    },
  );

  it('asked for with the cursor of another filter are refused', async () => {
    const { nextCursor } = (await receipts('?limit=1')).body;
    expect((await receipts(`?limit=1&side=PAYER&cursor=${nextCursor}`)).body.code).toBe('request/cursor-not-usable');
  });

  it.each([
    ['a side that is not there', { receipts: { header: 'NONE' } }, '/members/0/up/0/receipts/header'],
    ['a choice that is not there', { receipts: { payer: 'BOTH' } }, '/members/0/up/0/receipts/payer'],
    ['one word for both', { receipts: 'NONE' }, '/members/0/up/0/receipts'],
  ])('agreed with %s are refused, and nothing is changed', async (_, agreed, pointer) => {
    const before = (await pools.api.get(`/v1/pools/${pools.ids.pool}`)).body;
    const answer = await pools.putMembers([{ accountId: pools.ids.c1, up: [up({ method: 'ZERO_BALANCE' }, agreed)] }]);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed', errors: [{ pointer }] } });
    expect((await pools.api.get(`/v1/pools/${pools.ids.pool}`)).body).toEqual(before);
  });
});
