import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actOnMandate } from '../../../functions/collection/mandates/act-on-mandate.ts';
import { createMandate } from '../../../functions/collection/mandates/create-mandate.ts';
import { collectionStore } from '../../../functions/collection/store.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { aMandate, cause } from '../../functions/collection/mandates/mandates.ts';
import { engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { localAccess } from '../../support/tables.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const now = new Date('2026-03-02T01:00:00.000Z');

/** What a caller asks for, and the claim of the key that it comes under. */
function asked(tenant: string, key: string, more: Parameters<typeof aMandate>[0] = {}) {
  const {
    id: _id,
    tenant: _t,
    state: _s,
    revision: _r,
    createdAt: _c,
    changedAt: _ch,
    cause: _ca,
    ...content
  } = aMandate(more);
  const id = deriveId('man', tenant, key);
  const claim = {
    operation: 'createMandate',
    key,
    fingerprint: JSON.stringify(more.agreementNumber ?? ''),
    id,
    at: now.toISOString(),
    cause,
  };
  return { content, claim };
}

describe.each(engines())('mandates on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  const make = (tenant: string, key: string, more: Parameters<typeof aMandate>[0] = {}, store = own.store) => {
    const { content, claim } = asked(tenant, key, more);
    return createMandate(store, tenant, content, claim);
  };
  const act = (
    tenant: string,
    mandateId: string,
    action: 'CONFIRM' | 'SUSPEND' | 'RESUME' | 'REVOKE',
    store = own.store,
  ) => actOnMandate(store, { tenant, mandateId }, action, cause, now);

  it('are pending when recorded, and read back as they were', async () => {
    const more = {
      limits: { perTransaction: 5_000_000n, daily: 20_000_000n },
      retries: { when: 'SET_DAYS' as const, days: [1, 3], time: '10:00', partial: true },
      validTo: '2027-12-31',
    };
    const made = await make('new', 'one', more);
    expect(made).toMatchObject({ state: 'PENDING', revision: 1, ...more });
    expect(await own.store.readMandate('new', made.id)).toEqual(made);
    expect(await own.store.readMandate('other', made.id)).toBeUndefined();
    expect(await own.store.readUsage('new', made.id)).toEqual({ used: [], collections: 0, revision: 0 });
  });

  it('are recorded once per key, and one per agreement number', async () => {
    const made = await make('once', 'a', { agreementNumber: 'XY-1' });
    const before = await own.snapshot();
    expect(await make('once', 'a', { agreementNumber: 'XY-1' })).toEqual(made);
    await expect(make('once', 'a', { agreementNumber: 'XY-2' })).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
    await expect(make('once', 'b', { agreementNumber: 'XY-1' })).rejects.toMatchObject({
      code: 'collection/agreement-number-taken',
      fields: { mandateId: made.id, errors: [{ pointer: '/agreementNumber' }] },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('that ten callers record at once under one agreement number are one', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => make('race', `key ${index}`, { agreementNumber: 'XY-9' })),
    );
    const made = tries.filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    expect((await own.store.listMandates('race', undefined, 100)).mandates).toHaveLength(1);
  });

  it('are listed from the newest, page by page, each once', async () => {
    const ids: string[] = [];
    for (const [index, day] of ['01', '02', '03', '04', '05'].entries()) {
      const { content, claim } = asked('list', `key ${index}`, { agreementNumber: `XY-${index}` });
      ids.push((await createMandate(own.store, 'list', content, { ...claim, at: `2026-03-${day}T00:00:00.000Z` })).id);
    }
    const listed: string[] = [];
    let before: string | undefined;
    for (let more = true; more; ) {
      const page = await own.store.listMandates('list', before, 2);
      listed.push(...page.mandates.map(({ mandate }) => mandate.id));
      before = page.mandates.at(-1)?.at;
      more = page.more;
    }
    expect(listed).toEqual(ids.reverse());
  });

  it('are confirmed, suspended, resumed and revoked, each once', async () => {
    const { id } = await make('states', 'one');
    await expect(act('states', id, 'SUSPEND')).rejects.toMatchObject({
      code: 'collection/mandate-state',
      fields: { state: 'PENDING' },
    });
    for (const [action, state] of [
      ['CONFIRM', 'ACTIVE'],
      ['SUSPEND', 'SUSPENDED'],
      ['RESUME', 'ACTIVE'],
      ['REVOKE', 'REVOKED'],
    ] as const) {
      const first = await act('states', id, action);
      expect(first.state).toBe(state);
      expect(await act('states', id, action)).toEqual(first);
    }
    await expect(act('states', id, 'CONFIRM')).rejects.toMatchObject({ code: 'collection/mandate-state' });
    expect(await own.store.readMandate('states', id)).toMatchObject({
      state: 'REVOKED',
      revision: 5,
      revokedAt: now.toISOString(),
    });
  });

  it('that are suspended and revoked at once end revoked', async () => {
    const { id } = await make('both', 'one');
    await act('both', id, 'CONFIRM');
    await Promise.allSettled([act('both', id, 'SUSPEND'), act('both', id, 'REVOKE'), act('both', id, 'SUSPEND')]);
    expect((await own.store.readMandate('both', id))?.state).toBe('REVOKED');
  });

  it('are revoked also where a write is refused or its answer is lost', async () => {
    const { id } = await make('faults', 'one');
    await act('faults', id, 'CONFIRM');
    const client = new DynamoDBClient({ endpoint: own.endpoint, ...localAccess, maxAttempts: 5 });
    const log = injectFaults(client, Number(process.env.YUDAO_SEED ?? 20260302), { conflict: 0.5, timeoutAfter: 0.3 });
    const faulty = collectionStore(client, own.table);
    for (let time = 1; time <= 5; time++) {
      expect((await act('faults', id, 'REVOKE', faulty)).state, String(log)).toBe('REVOKED');
    }
    client.destroy();
    expect(await own.store.readMandate('faults', id)).toMatchObject({ state: 'REVOKED', revision: 3 });
  });
});
