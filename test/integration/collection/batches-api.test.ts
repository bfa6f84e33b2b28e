import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { rawCall, tokenOf } from '../../support/system.ts';
import { Collecting, line, yuan } from './collecting.ts';

describe('batches of collections through the API', () => {
  let at: Collecting;
  beforeAll(async () => {
    at = await Collecting.start();
  });
  beforeEach(() => at.signIn());
  afterAll(() => at?.stop());

  it('of five with one insufficient and one revoked three are booked, and the batch is PARTIAL', async () => {
    for (const [name, suffix] of [
      ['A1', '5101'],
      ['A2', '0002'],
      ['A3', '5103'],
      ['A4', '0004'],
      ['A5', '5105'],
    ] as const)
      await at.mandate(name, suffix);
    const lines = ['A1', 'A2', 'A3', 'A4', 'A5'].map((name, place) => line(name, `${place + 1}00.00`));
    const answer = await at.api.post('/v1/collection-batches', { number: 'five', creditAccountId: at.account, lines });
    const { id } = expectSuccess(answer);
    await at.system.quiesce();
    await at.pass(35);
    expect(await at.batch(id)).toMatchObject({
      state: 'PARTIAL',
      money: { open: yuan('0.00'), settled: yuan('900.00'), failed: yuan('600.00') },
      items: { SETTLED: 3, FAILED: 2 },
    });
    expect(
      (await at.items(id)).map(({ state, reason }: { state: string; reason?: string }) => [state, reason]),
    ).toEqual([
      ['SETTLED', undefined],
      ['FAILED', 'INSUFFICIENT_FUNDS'],
      ['SETTLED', undefined],
      ['FAILED', 'NO_MANDATE'],
      ['SETTLED', undefined],
    ]);
    expect(await at.posted(at.account)).toBe('885.00');
    expect(await at.told(id)).toEqual({
      'batch-accepted': 1,
      'item-accepted': 5,
      'item-routed': 5,
      'item-submitted': 5,
      'item-settled': 3,
      'item-failed': 2,
      'batch-ended': 1,
    });
  });

  it('sent again under its number a batch is the first one; other lines under it are refused', async () => {
    await at.mandate('B1', '5201');
    const request = { number: 'again', creditAccountId: at.account, lines: [line('B1', '10.00')] };
    const first = await at.api.post('/v1/collection-batches', request);
    expect(await at.api.post('/v1/collection-batches', request)).toEqual(first);
    const other = await at.api.post('/v1/collection-batches', { ...request, lines: [line('B1', '11.00')] });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'collection/batch-number-taken', batchId: first.body.id },
    });
  });

  it('names each fault of a batch by its line, and the other lines go on', async () => {
    await at.mandate('C1', '5301');
    const { now } = expectSuccess(await at.api.get('/local/clock'));
    const inDays = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
    await at.mandate('C2', '5302', { validTo: inDays(3) });
    const lines = [
      line('C1', '10.00'),
      line('C1', '10.005'),
      line('C2', '10.00', { dueDate: inDays(5) }),
      line('C9', '10.00'),
      line('C1', '10.00', { payerName: '=HYPERLINK("x")' }),
      line('C1', '10.00', { payerName: '别人' }),
      { amount: yuan('1.00') },
    ];
    const { id, lines: counts } = expectSuccess(
      await at.api.post('/v1/collection-batches', { number: 'faults', creditAccountId: at.account, lines }),
    );
    expect(counts).toEqual({ sent: 7, accepted: 1, refused: 6 });
    const refused = expectSuccess(await at.api.get(`/v1/collection-batches/${id}/refused-lines`)).lines;
    expect(refused.map((one: Record<string, string>) => [one.line, one.code, one.field])).toEqual([
      [2, 'MALFORMED', 'amount.amount'],
      [3, 'MANDATE_NOT_ACTIVE', 'agreementNumber'],
      [4, 'MANDATE_NOT_FOUND', 'agreementNumber'],
      [5, 'MALFORMED', 'payerName'],
      [6, 'PAYER_NAME', 'payerName'],
      [7, 'MALFORMED', 'agreementNumber'],
    ]);
  });

  it('accepts nothing of an atomic batch with a fault', async () => {
    const request = { number: 'atomic', creditAccountId: at.account, atomic: true };
    const lines = [line('C1', '10.00'), line('C9', '10.00')];
    expect(await at.api.post('/v1/collection-batches', { ...request, lines })).toMatchObject({
      status: 422,
      body: { code: 'collection/lines-refused', lines: [{ line: 2, code: 'MANDATE_NOT_FOUND' }] },
    });
    const mended = await at.api.post('/v1/collection-batches', { ...request, lines: [line('C1', '10.00')] });
    expect(mended.body).toMatchObject({ number: 'atomic', lines: { sent: 1, accepted: 1, refused: 0 } });
  });

  it('takes a CSV file in GBK, and says where one without a column is wrong', async () => {
    await at.mandate('D1', '5401');
    const send = async (number: string, bytes: Uint8Array<ArrayBuffer>) => {
      const token = await tokenOf(at.system.url, 'treasurer');
      const path = `/v1/collection-batch-files?number=${number}&creditAccountId=${at.account}`;
      return rawCall(at.system.url, 'POST', path, { token, body: bytes, type: 'text/csv' });
    };
    // 协议号,金额 and 摘要 with 货款 under it, in GBK.
    const gbk = Buffer.from('d0add2e9bac52cbdf0b6ee2cd5aad2aa0a44312c3132332e34352cbbf5bfee0a', 'hex');
    const taken = await send('gbk', Uint8Array.from(gbk));
    expect(taken).toMatchObject({ status: 201, body: { lines: { accepted: 1 } } });
    expect(await at.items(String(taken.body.id))).toMatchObject([{ amount: yuan('123.45'), description: '货款' }]);
    const refused = await send('none', Uint8Array.from(Buffer.from('协议号\nD1\n')));
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'collection/file-refused', reason: 'missing-column', line: 1 },
    });
  });
});
