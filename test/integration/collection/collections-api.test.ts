import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectSuccess } from '../../../infra/local/demo/api-client.ts';
import { Collecting, line, yuan } from './collecting.ts';

describe('collections by themselves through the API', () => {
  let at: Collecting;
  beforeAll(async () => {
    at = await Collecting.start();
  });
  beforeEach(() => at.signIn());
  afterAll(() => at?.stop());

  const shown = async (id: string) => expectSuccess(await at.api.get(`/v1/collections/${id}`));

  describe('one that the bank takes and returns', () => {
    let ownAccount = '';
    let id = '';
    const request = () => ({ creditAccountId: ownAccount, policy: 'FASTEST', collection: line('E1', '77.00') });
    beforeAll(async () => {
      await at.mandate('E1', '0010');
      const free = { currency: 'CNY', holder: '华东集团', constraint: { type: 'NONE' } };
      ownAccount = expectSuccess(await at.api.post('/v1/accounts', free, 'free')).id;
    });

    it('is accepted once per key, and settles', async () => {
      const first = await at.api.post('/v1/collections', request(), 'one');
      expect(expectSuccess(first)).toMatchObject({ amount: yuan('77.00'), state: 'OPEN' });
      id = first.body.id;
      expect(expectSuccess(await at.api.post('/v1/collections', request(), 'one')).id).toBe(id);
      const other = { ...request(), collection: line('E1', '78.00') };
      expect(await at.api.post('/v1/collections', other, 'one')).toMatchObject({
        body: { code: 'request/idempotency-key-reused' },
      });
      await at.system.quiesce();
      await at.pass(2);
      expect(await shown(id)).toMatchObject({ state: 'COMPLETED', money: { settled: yuan('77.00') } });
    });

    describe('two days later', () => {
      beforeAll(() => at.pass(2 * 24 * 60 + 2));

      it('comes back, and is told so', async () => {
        expect(await shown(id)).toMatchObject({
          state: 'FAILED',
          money: { settled: yuan('0.00'), returned: yuan('77.00') },
          items: [{ state: 'RETURNED', tries: [{ state: 'RETURNED', code: 'MS02' }] }],
        });
        expect(await at.told(id)).toEqual({
          'collection-accepted': 1,
          'item-accepted': 1,
          'item-routed': 1,
          'item-submitted': 1,
          'item-settled': 1,
          'collection-ended': 1,
          'item-returned': 1,
        });
        // What the bank took for it, it keeps.
        expect(await at.posted(ownAccount)).toBe('-5.00');
      });
    });
  });

  it('what waits for its day is cancelled on demand, and refused where its mandate does not allow it', async () => {
    await at.mandate('F1', '5601', { limits: { perTransaction: yuan('50.00') } });
    const due = new Date(Date.parse(expectSuccess(await at.api.get('/local/clock')).now) + 5 * 86_400_000);
    const dueDate = due.toISOString().slice(0, 10);
    const request = { creditAccountId: at.account, collection: line('F1', '50.00', { dueDate }) };
    const { id } = expectSuccess(await at.api.post('/v1/collections', request, 'later'));
    await at.system.quiesce();
    expect(await at.told(id)).toEqual({ 'collection-accepted': 1, 'item-accepted': 1 });
    expect(expectSuccess(await at.api.post(`/v1/collections/${id}/cancel`, {}))).toMatchObject({
      state: 'CANCELLED',
      money: { cancelled: yuan('50.00'), open: yuan('0.00') },
      items: [{ state: 'CANCELLED' }],
    });
    const tooMuch = { creditAccountId: at.account, collection: line('F1', '50.01') };
    expect(await at.api.post('/v1/collections', tooMuch, 'much')).toMatchObject({
      status: 409,
      body: {
        code: 'collection/collection-refused',
        reason: 'ABOVE_TRANSACTION_LIMIT',
        errors: [{ pointer: '/collection/amount' }],
      },
    });
    const unknown = { creditAccountId: at.account, collection: line('F9', '1.00') };
    expect(await at.api.post('/v1/collections', unknown, 'unknown')).toMatchObject({
      body: { reason: 'MANDATE_NOT_FOUND', errors: [{ pointer: '/collection/agreementNumber' }] },
    });
  });

  it('a collection by itself is no batch, and a batch no collection', async () => {
    await at.mandate('G1', '5701');
    const one = { creditAccountId: at.account, policy: 'FASTEST', collection: line('G1', '5.00') };
    const { id: collectionId, items: shown } = expectSuccess(await at.api.post('/v1/collections', one, 'by-itself'));
    expect(shown).toMatchObject([{ agreementNumber: 'G1', payerName: '江南机械厂' }]);
    const many = { number: 'both', creditAccountId: at.account, policy: 'FASTEST', lines: [line('G1', '6.00')] };
    const { id: batchId } = expectSuccess(await at.api.post('/v1/collection-batches', many));
    const [asBatch, asCollection] = [collectionId.replace('col_', 'cb_'), batchId.replace('cb_', 'col_')];
    for (const path of ['', '/items', '/refused-lines']) {
      const answer = await at.api.get(`/v1/collection-batches/${asBatch}${path}`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'collection/batch-not-found' } });
    }
    const notFound = { status: 404, body: { code: 'collection/collection-not-found' } };
    expect(await at.api.get(`/v1/collections/${asCollection}`)).toMatchObject(notFound);
    expect(await at.api.post(`/v1/collections/${asCollection}/cancel`, {})).toMatchObject(notFound);
    expect(await at.api.post(`/v1/collection-batches/${asBatch}/cancel`, {})).toMatchObject({ status: 404 });
    await at.system.quiesce();
    expect((await at.items(batchId))[0]).toMatchObject({ agreementNumber: 'G1', payerName: '江南机械厂' });
    expect((await at.items(batchId))[0].state).not.toBe('CANCELLED');
  });

  it('lists say how each stands, page by page, and a batch is found by its number', async () => {
    await at.mandate('H1', '5801');
    const number = 'list';
    const lines = [line('H1', '7.00')];
    const { id } = expectSuccess(
      await at.api.post('/v1/collection-batches', { number, creditAccountId: at.account, policy: 'FASTEST', lines }),
    );
    const found = async (of: string) => expectSuccess(await at.api.get(`/v1/collection-batches?number=${of}`)).batches;
    expect(await found(number)).toMatchObject([{ id, number, state: 'OPEN', amount: yuan('7.00') }]);
    expect(await found('nowhere')).toEqual([]);
    await at.system.quiesce();
    await at.pass(2);
    expect(await found(number)).toMatchObject([{ id, state: 'COMPLETED' }]);

    const all = await pages('/v1/collection-batches', 'batches');
    const collections = await pages('/v1/collections', 'collections');
    expect(all.every((one) => one.id.startsWith('cb_'))).toBe(true);
    expect(collections.every((one) => one.id.startsWith('col_'))).toBe(true);
    for (const one of all) expect(one.state).toBe((await at.batch(one.id)).state);
    for (const one of collections) {
      expect(one.state).toBe((await shown(one.id)).state);
    }
    expect(new Set(collections.map(({ state }) => state))).toEqual(new Set(['FAILED', 'CANCELLED', 'COMPLETED']));
    const newestFirst = (some: Listed[]) =>
      some
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .reverse();
    expect(collections.map(({ createdAt }) => createdAt)).toEqual(newestFirst(collections));
    expect(all[0]?.id).toBe(id);
  });

  interface Listed {
    readonly id: string;
    readonly state: string;
    readonly createdAt: string;
  }

  /** All of a list, two at a time. */
  async function pages(path: string, name: string): Promise<Listed[]> {
    const found: Listed[] = [];
    let more = '';
    do {
      const body = expectSuccess(await at.api.get(`${path}?limit=2${more}`));
      found.push(...body[name]);
      more = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (more !== '');
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    return found;
  }
});
