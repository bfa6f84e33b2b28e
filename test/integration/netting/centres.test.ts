import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../functions/ledger/published.ts';
import {
  changeCentre,
  createCentre,
  findCentre,
  putParticipants,
} from '../../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../../functions/netting/centres/participant.ts';
import {
  readPairs,
  readParticipants,
  readParticipantsOf,
} from '../../../functions/netting/centres/read-participants.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import { aNewCentre, aParticipant, noPairs, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, keepCentre, nettingOnEngine, type TestNetting } from './support.ts';

const idsOf = (participants: readonly Participant[]) => participants.map(({ id }) => id);
const noChange = { terms: {}, dropsRateSet: false, pairs: {} };
const which = (tenant: string) => ({ tenant, centreId: 'ctr_group' });

describe.each(engines())('netting centres on $kind', (engine) => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('are made once per key, with their first cycle and its gates', async () => {
    const made = await keepCentre(own, 'once');
    const before = await own.snapshot();
    expect(await keepCentre(own, 'once')).toEqual(made);
    await expect(createCentre(own.tools, aNewCentre('once'), claimOf('ctr_group', 'other'))).rejects.toMatchObject({
      ...{ code: 'netting/centre-id-taken', fields: { errors: [{ pointer: '/id' }] } },
    });
    await expect(
      createCentre(own.tools, aNewCentre('once'), claimOf('ctr_group', 'ctr_group', 'another request')),
    ).rejects.toMatchObject({ code: 'request/idempotency-key-reused' });
    expect(await own.snapshot()).toEqual(before);
    expect(await findCentre(own.store, which('once'))).toEqual(made);
    expect(await own.store.readCycle('once', 'cyc_group_2026-03-31')).toMatchObject({ state: 'OPEN', revision: 1 });
    await expect(findCentre(own.store, which('nobody'))).rejects.toMatchObject({ code: 'netting/centre-not-found' });
  });

  it('keep every version with the participants that it had', async () => {
    const tenant = 'versions';
    const pairs = {
      bilateralLimits: [{ payer: 'A', payee: 'B', currency: 'CNY', amount: 5n }],
      excludedPairs: [],
    } as const;
    const first = await createCentre(own.tools, { ...aNewCentre(tenant), pairs }, claimOf('ctr_group'));
    const limit = { currency: 'CNY', amount: 7n } as const;
    const changed = aParticipant('A', { state: 'SUSPENDED', netDebitLimits: [limit] });
    const second = await putParticipants(own.tools, which(tenant), [changed, aParticipant('E')], on);
    expect([second.revision, second.participantCount]).toEqual([2, 5]);
    expect(await putParticipants(own.tools, which(tenant), [changed], on)).toEqual(second);
    const third = await changeCentre(
      own.tools,
      which(tenant),
      { ...noChange, terms: { unconfirmed: 'NEXT_CYCLE' }, pairs: { excludedPairs: [['A', 'E']] } },
      { ...on, expectedVersion: 2 },
    );
    const versions = await Promise.all([1, 2, 3].map((version) => findCentre(own.store, which(tenant), { version })));
    expect(versions).toEqual([first, second, third]);
    const participants = await Promise.all(versions.map((version) => readParticipants(own.store, version)));
    expect(participants.map(idsOf)).toEqual(['ABCD', 'ABCDE', 'ABCDE'].map((ids) => [...ids]));
    expect(participants.map(([one]) => one?.state)).toEqual(['ACTIVE', 'SUSPENDED', 'SUSPENDED']);
    expect(participants[1]?.[0]).toEqual(changed);
    expect(await readPairs(own.store, second)).toEqual(pairs);
    expect(await readPairs(own.another().store, third)).toEqual({ ...pairs, excludedPairs: [['A', 'E']] });
  });

  it('change only where the version expected stands, and keep their currencies', async () => {
    const tenant = 'changes';
    await keepCentre(own, tenant);
    const before = await own.snapshot();
    const change = (terms: object, expectedVersion = 1) =>
      changeCentre(own.tools, which(tenant), { ...noChange, terms }, { ...on, expectedVersion });
    await expect(change({ name: '乙' }, 2)).rejects.toMatchObject({ code: 'netting/version-conflict' });
    await expect(change({ currencies: ['EUR'] })).rejects.toMatchObject({
      ...{ code: 'netting/centre-refused', fields: { errors: [{ pointer: '/currencies' }] } },
    });
    await expect(change({ settlement: 'HOME_CURRENCY' })).rejects.toMatchObject({
      fields: { errors: [{ pointer: '/rateSet' }] },
    });
    expect((await change({}, 9)).revision).toBe(1);
    expect(await own.snapshot()).toEqual(before);
  });

  it('keep the home currency where a participant has a limit in it that would bind nothing else', async () => {
    const tenant = 'limited';
    const participants = [aParticipant('A', { netDebitLimits: [{ currency: 'CNY', amount: 1n }] }), aParticipant('B')];
    const asked = aNewCentre(tenant, participants);
    const home = { currencies: ['EUR'], settlement: 'HOME_CURRENCY', rateSet: 'group' } as const;
    await keepCentre(own, tenant, { ...asked, facts: { ...asked.facts, ...home } });
    const each = { ...noChange, terms: { settlement: 'EACH_CURRENCY' } } as const;
    await expect(changeCentre(own.tools, which(tenant), each, on)).rejects.toMatchObject({
      ...{ code: 'netting/centre-refused', fields: { errors: [{ pointer: '/settlement' }] } },
    });
    await putParticipants(own.tools, which(tenant), [aParticipant('A')], on);
    expect(await changeCentre(own.tools, which(tenant), each, on)).toMatchObject({ settlement: 'EACH_CURRENCY' });
  });

  it('lose no participant where two are added at a time', async () => {
    const tenant = 'together';
    await keepCentre(own, tenant);
    const others = [own.tools, { ...own.tools, store: own.another().store }];
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        putParticipants(others[n % 2] ?? own.tools, which(tenant), [aParticipant(`P${n}`)], on),
      ),
    );
    const centre = await findCentre(own.store, which(tenant));
    expect([centre.revision, centre.participantCount]).toEqual([7, 10]);
    expect(idsOf(await readParticipants(own.store, centre))).toEqual([
      ...'ABCD',
      ...[0, 1, 2, 3, 4, 5].map((n) => `P${n}`),
    ]);
  });

  it('have participants on open accounts of their own in the right currency', async () => {
    const account: LedgerAccount = {
      ...{ id: 'acc_1', currency: 'CNY', holder: 'A', purpose: 'GENERAL', hot: false, hasBankAccount: false },
      ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 1 },
    };
    const kinds: Record<string, Partial<LedgerAccount>> = {
      acc_1: {},
      acc_2: { currency: 'EUR' },
      acc_3: { status: 'CLOSED' },
      acc_4: { owner: 'settlement' },
    };
    for (const [id, more] of Object.entries(kinds)) own.accounts.set(id, { ...account, ...more, id });
    const on_ = (id: string, accountId: string) =>
      aParticipant(id, { accounts: [{ at: 'LEDGER', currency: 'CNY', accountId }] });
    await keepCentre(own, 'accounts');
    await putParticipants(own.tools, which('accounts'), [on_('A', 'acc_1')], on);
    const before = await own.snapshot();
    const wrong = ['acc_1', 'acc_2', 'acc_3', 'acc_4', 'acc_5'].map((id, n) => on_(`P${n}`, id));
    await expect(putParticipants(own.tools, which('accounts'), wrong, on)).rejects.toMatchObject({
      code: 'netting/participant-account',
      fields: { errors: [1, 2, 3, 4].map((n) => ({ pointer: `/participants/${n}/accounts/0/accountId` })) },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('of 10,000 participants are kept in parts, and one change writes few of them', async () => {
    const tenant = 'large';
    const participants = Array.from({ length: 10_000 }, (_, n) => aParticipant(`P${String(n).padStart(5, '0')}`));
    await createCentre(own.tools, { ...aNewCentre(tenant, participants), pairs: noPairs }, claimOf('ctr_group'));
    const meter = meterWrites(own.client);
    const next = await putParticipants(own.tools, which(tenant), [aParticipant('P00042', { name: 'Renamed' })], on);
    const { total } = meter.report();
    meter.stop();
    process.stdout.write(`write units to change one of 10,000 participants: ${total}\n`);
    expect(total).toBeLessThan(60);
    const { store } = own.another();
    const some = await readParticipantsOf(store, next, ['P00042', 'P09999', 'NOBODY']);
    expect([...some.values()].map(({ id, name }) => [id, name])).toEqual([
      ['P00042', 'Renamed'],
      ['P09999', 'P09999 Ltd'],
    ]);
    expect(idsOf(await readParticipants(store, next))).toEqual(idsOf(participants));
  });

  it('of long participants shrink to fewer parts, and have no more participants than they may', async () => {
    const tenant = 'full';
    const name = '成都禹道国际茶业贸易有限公司'.repeat(8);
    const of = (from: number, count: number, more = {}) =>
      Array.from({ length: count }, (_, n) => aParticipant(`M-${from + n}`, more));
    const wide = { name, netDebitLimits: [], identities: [] };
    await keepCentre(own, tenant, aNewCentre(tenant, of(0, 5_000, wide)));
    const full = await putParticipants(own.tools, which(tenant), of(5_000, 5_000, wide), on);
    expect(idsOf(await readParticipants(own.another().store, full))).toHaveLength(10_000);
    const before = await own.snapshot();
    await expect(putParticipants(own.tools, which(tenant), of(9_999, 2), on)).rejects.toMatchObject({
      ...{ code: 'netting/centre-refused', status: 409, fields: { errors: [{ pointer: '/participants' }] } },
    });
    expect(await own.snapshot()).toEqual(before);
    const small = await putParticipants(own.tools, which(tenant), of(0, 10_000), on);
    expect(Object.keys(small.blocks).length).toBeLessThanOrEqual(Object.keys(full.blocks).length);
    const back = await readParticipants(own.another().store, small);
    expect([back.length, new Set(back.map((one) => one.name.length > 20))]).toEqual([10_000, new Set([false])]);
  });
});
