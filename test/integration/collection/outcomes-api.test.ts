import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordIdOfName } from '../../../functions/ledger/record-name.ts';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { Collecting, line } from './collecting.ts';

describe('an order that the bank is silent about', () => {
  let at: Collecting;
  beforeAll(async () => {
    at = await Collecting.start();
  });
  beforeEach(() => at.signIn());
  afterAll(() => at?.stop());

  /** A collection that a bank has, and says nothing of for a day; its id and the number of its order. */
  async function silent(agreementNumber: string) {
    await at.mandate(agreementNumber, '0007');
    const request = { creditAccountId: at.account, policy: 'FASTEST', collection: line(agreementNumber, '77.00') };
    const { id } = expectSuccess(await at.api.post('/v1/collections', request, agreementNumber));
    await at.system.quiesce();
    const { items } = expectSuccess(await at.api.get(`/v1/collections/${id}`));
    return { id, orderId: items[0].tries[0].orderId as string };
  }

  it('has a hold in the ledger that nobody ends there', async () => {
    const { orderId } = await silent('H1');
    const hold = recordIdOfName('demo', ['collection', orderId]);
    for (const [way, body] of [
      ['void', {}],
      ['post', { amounts: [] }],
    ] as const) {
      const answer = await at.api.post(`/v1/transfers/${hold}/${way}`, body, `${way}-${orderId}`);
      expect(answer).toMatchObject({ status: 409, body: { code: 'ledger/pending-owned', owner: 'collection' } });
    }
    expect(expectSuccess(await at.api.get(`/v1/transfers/${hold}`))).toMatchObject({
      status: 'PENDING',
      owner: 'collection',
    });
  });
});
