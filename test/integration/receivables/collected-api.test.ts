import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultStore } from '../../../functions/collection/store.ts';
import {
  acknowledgeCollectedCredit,
  listCollectedCredits,
} from '../../../functions/receivables/collected/collected-examples.ts';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { noticeXml } from '../../functions/collection/gateway/bank-files.ts';
import { type ApiSystem, openAccount, systemWithBook, yuan } from './api-system.ts';

const number = '11001018500053012345';

/** Files of a bank, through to what is said of them. */
describe('credits for files of collections, through the API', () => {
  let system: ApiSystem['system'];
  let api: ApiSystem['api'];
  let quiet: ApiSystem['quiet'];

  beforeAll(async () => {
    ({ system, api, quiet } = await systemWithBook());
    await openAccount(api, 'bank', { bankAccount: { number } });
  });
  afterAll(() => system?.stop());

  it('for a file of collections that is none of ours cannot be acknowledged', async () => {
    const path = `/v1/collected-credits/${listCollectedCredits.response.collectedCredits[0]?.id}/acknowledge`;
    expect(await api.post(path, acknowledgeCollectedCredit.body, 'k0')).toMatchObject({
      status: 404,
      body: { code: 'receivables/collected-credit-not-found' },
    });
    expect(await api.post(path, { reason: '' }, 'k1')).toMatchObject({ body: { errors: [{ pointer: '/reason' }] } });
  });

  it('for a file of ours that differs for good is acknowledged, with the reason', async () => {
    const messageId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0M';
    const file = { messageId, paymentInformationId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0P' };
    const order = {
      id: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A-1',
      direction: 'COLLECT',
      amount: 100_000n,
      currency: 'CNY',
    } as const;
    await defaultStore().writeSentOrders('demo', messageId, [{ ...order, ...file }]);
    const lines = [{ endToEndId: 'NOTPROVIDED', amount: '990.00' }];
    const batch = `<Btch><MsgId>${messageId}</MsgId></Btch>`;
    const notice = noticeXml([{ total: '990.00', batch, lines }], 'camt.054', { account: number });
    expectSuccess(await api.sendFile('/v1/statements', new Uint8Array(Buffer.from(notice)), 's1'));
    await quiet();
    const list = `/v1/collected-credits?state=${listCollectedCredits.query.state}`;
    const [differing] = expectSuccess(await api.get(list)).collectedCredits;
    expect(differing).toMatchObject({ fileId: messageId, orders: 1, credited: yuan('990.00'), settled: yuan('0.00') });
    const path = `/v1/collected-credits/${differing.id}/acknowledge`;
    const { body } = acknowledgeCollectedCredit;
    for (let times = 0; times < 2; times++) {
      expect(expectSuccess(await api.post(path, body, 'k2'))).toMatchObject({
        state: acknowledgeCollectedCredit.response.state,
        acknowledged: body.reason,
        difference: yuan('990.00'),
      });
    }
    await quiet();
    expect(expectSuccess(await api.get(list))).toEqual({ collectedCredits: [] });
    expect(await api.post(path, body, 'k3')).toMatchObject({
      status: 409,
      body: { code: 'receivables/collected-credit-state', state: 'ACKNOWLEDGED' },
    });
  });
});
