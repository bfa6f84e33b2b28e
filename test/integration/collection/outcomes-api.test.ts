import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordIdOfName } from '../../../functions/ledger/record-name.ts';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { signIn } from '../../support/system.ts';
import { Collecting, line, yuan } from './collecting.ts';

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

  const outcome = { outcome: 'SETTLED', amount: yuan('70.00'), reference: 'Statement 17', reason: 'On paper' };
  const approver = () => signIn(at.system.url, 'approver');
  const record = async (orderId: string, body: object) =>
    (await approver()).post(`/v1/collection-orders/${orderId}/outcome`, body);

  it('has what an approver found out recorded, once, and booked; the treasurer who collects may not', async () => {
    const { id, orderId } = await silent('H2');
    const before = Number(await at.posted(at.account));
    const refused = await at.api.post(`/v1/collection-orders/${orderId}/outcome`, outcome);
    expect(refused).toMatchObject({ status: 403 });
    for (const answer of [await record(orderId, outcome), await record(orderId, outcome)]) {
      expect(expectSuccess(answer)).toMatchObject({
        agreementNumber: 'H2',
        state: 'SETTLED',
        reason: 'SETTLED_SHORT',
        money: { settled: yuan('70.00'), failed: yuan('7.00') },
        tries: [{ orderId, settled: yuan('70.00') }],
      });
    }
    await at.system.quiesce();
    // 70.00 less the fee of 5.00.
    expect(Number(await at.posted(at.account)) - before).toBe(65);
    expect(await at.told(id)).toMatchObject({ 'item-settled': 1, 'item-failed': 1, 'collection-ended': 1 });
    const whole = { ...outcome, amount: yuan('77.00'), reference: 'Statement 18' };
    expect(expectSuccess(await record(orderId, whole))).toMatchObject({ money: { settled: yuan('77.00') } });
    const late = { outcome: 'REJECTED', code: 'AC04', reference: 'Call', reason: 'By phone' };
    expect(await record(orderId, late)).toMatchObject({ status: 409, body: { code: 'collection/outcome-refused' } });
  });

  it('ends by the reason that is recorded', async () => {
    const { orderId } = await silent('H3');
    const rejected = { outcome: 'REJECTED', code: 'AC04', reference: 'Call', reason: 'By phone' };
    const ended = { state: 'FAILED', reason: 'ACCOUNT_CLOSED', tries: [{ state: 'DECLINED', code: 'AC04' }] };
    expect(expectSuccess(await record(orderId, rejected))).toMatchObject(ended);
    expect(expectSuccess(await record(orderId, rejected))).toMatchObject(ended);
    expect(await record(orderId, outcome)).toMatchObject({ status: 409, body: { code: 'collection/outcome-refused' } });
  });

  it('is refused what no order could come to, with the field', async () => {
    const { id, orderId } = await silent('H4');
    const faults = [
      [{ ...outcome, amount: yuan('77.01') }, '/amount/amount'],
      [{ ...outcome, amount: { amount: '70.00', currency: 'USD' } }, '/amount/currency'],
      [{ outcome: 'REJECTED', code: 'AM05', reference: 'Call', reason: 'By phone' }, '/code'],
    ] as const;
    for (const [body, pointer] of faults) {
      expect(await record(orderId, body)).toMatchObject({
        status: 400,
        body: { code: 'collection/outcome-malformed', errors: [{ pointer }] },
      });
    }
    const unknown = `${orderId.slice(0, -1)}9`;
    expect(await record(unknown, outcome)).toMatchObject({ status: 404, body: { code: 'collection/order-not-found' } });
    expect(expectSuccess(await at.api.get(`/v1/collections/${id}`))).toMatchObject({ state: 'OPEN' });
  });
});
