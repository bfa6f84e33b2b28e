import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../functions/netting/centres/identity.ts';
import { createCentre, putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import type { Participant } from '../../../functions/netting/centres/participant.ts';
import { findParties } from '../../../functions/netting/told/find-parties.ts';
import type { Told } from '../../../functions/netting/told/told.ts';
import { aNewCentre, aParticipant, at, cause, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { claimOf, nettingOnEngine, type TestNetting } from './support.ts';

const entity = (value: string): Identity => ({ as: 'POOL_ENTITY', value });
const with_ = (id: string, ...values: string[]) => aParticipant(id, { identities: values.map(entity) });
const later = '2026-03-31T02:16:00.000Z';

describe.each(engines())('identities of participants on $kind', (engine) => {
  let own: TestNetting;
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  function make(tenant: string, id: string, participants: Participant[], moment = at) {
    const asked = aNewCentre(tenant, participants);
    const facts = { ...asked.facts, id, sources: ['POOL_LOANS'] as const };
    return createCentre(own.tools, { ...asked, facts }, { ...claimOf(id), at: moment });
  }
  const put = (tenant: string, centreId: string, participants: Participant[], moment = at) =>
    putParticipants(own.tools, { tenant, centreId }, participants, { ...on, at: moment });
  /** Between whom a loan is, as `ctr_a: A → B`; nothing where it is between none. */
  async function partiesOf(tenant: string, borrower: string, lender: string, moment = at) {
    const told: Told = {
      ...{ tenant, source: 'POOL_LOANS', subject: 'dln_1', version: 1, owed: 1n, currency: 'CNY', toldAt: at, cause },
      ...{ payer: entity(borrower), payee: entity(lender) },
    };
    const [found] = await findParties(own.store, [told], moment);
    const [one] = found?.placed ?? [];
    return found && one && `${found.centre.id}: ${one.payer} → ${one.payee}`;
  }

  it('lead to one participant of one centre', async () => {
    const tenant = 'lead';
    await make(tenant, 'ctr_a', [with_('A', '甲#1', '甲#2'), with_('B', '乙')]);
    await make(tenant, 'ctr_b', [with_('A', '丙')]);
    expect(await partiesOf(tenant, '甲#1', '乙')).toBe('ctr_a: A → B');
    expect(await partiesOf(tenant, '乙', '甲#2')).toBe('ctr_a: B → A');
    expect(await partiesOf(tenant, '甲#1', '丙')).toBeUndefined();
    expect(await partiesOf(tenant, '甲#1', '甲#2')).toBeUndefined();
    expect(await partiesOf(tenant, '甲', '乙')).toBeUndefined();
    expect(await partiesOf('another', '甲#1', '乙')).toBeUndefined();
  });

  it('are refused for two, at the field, and nothing is written', async () => {
    const tenant = 'two';
    await make(tenant, 'ctr_a', [with_('A', '甲'), with_('B', '乙')]);
    const before = await own.snapshot();
    const taken = (pointer: string) => ({
      ...{ code: 'netting/identity-taken', status: 409, fields: { errors: [{ pointer }] } },
    });
    await expect(make(tenant, 'ctr_b', [with_('X', '丁', '甲')])).rejects.toMatchObject(
      taken('/participants/0/identities/1/value'),
    );
    await expect(put(tenant, 'ctr_a', [with_('C', '丁'), with_('D', '乙')])).rejects.toMatchObject(
      taken('/participants/1/identities/0/value'),
    );
    await expect(put(tenant, 'ctr_a', [with_('C', '丁'), with_('D', '丁')])).rejects.toMatchObject({
      ...{ code: 'netting/centre-refused', fields: { errors: [{ pointer: '/participants/1/identities/0/value' }] } },
    });
    expect(await own.snapshot()).toEqual(before);
    // Another kind of identity is another identity, and another tenant has its own.
    await put(tenant, 'ctr_a', [aParticipant('C', { identities: [{ as: 'LEGAL_ENTITY', value: '甲' }] })]);
    await make('two-others', 'ctr_a', [with_('A', '甲')]);
  });

  it('go from one participant to another, in one request too', async () => {
    const tenant = 'move';
    await make(tenant, 'ctr_a', [with_('A', '甲'), with_('B', '乙')]);
    await put(tenant, 'ctr_a', [with_('A', '乙'), with_('B', '甲')]);
    expect(await partiesOf(tenant, '甲', '乙')).toBe('ctr_a: B → A');
    await make(tenant, 'ctr_b', [with_('X')]);
    await put(tenant, 'ctr_a', [with_('A'), with_('B', '甲')]);
    expect(await partiesOf(tenant, '甲', '乙', later)).toBeUndefined();
    await put(tenant, 'ctr_b', [with_('X', '乙')], later);
    await put(tenant, 'ctr_b', [with_('Y', '丙')], later);
    expect(await partiesOf(tenant, '乙', '丙')).toBe('ctr_b: X → Y');
    await expect(put(tenant, 'ctr_a', [with_('A', '乙')], later)).rejects.toMatchObject({ status: 409 });
  });

  it('that a request claimed before it broke off are waited for, and free a while later', async () => {
    const tenant = 'broken';
    await make(tenant, 'ctr_a', [with_('A', '甲'), with_('B', '乙')]);
    const claim = { tenant, ...entity('丙'), centreId: 'ctr_a', participantId: 'A', claimedAt: at };
    expect(await own.store.claimIdentity(claim, undefined)).toBe(true);
    await expect(partiesOf(tenant, '丙', '乙')).rejects.toMatchObject({ code: 'request/conflict-retry' });
    expect(await partiesOf(tenant, '丙', '乙', later)).toBeUndefined();
    await expect(make(tenant, 'ctr_b', [with_('X', '丙')])).rejects.toMatchObject({ code: 'netting/identity-taken' });
    await make(tenant, 'ctr_b', [with_('X', '丙')], later);
    await put(tenant, 'ctr_b', [with_('Y', '丁')], later);
    expect(await partiesOf(tenant, '丙', '丁')).toBe('ctr_b: X → Y');
  });

  it('stay with whom they are where a request that was to move them broke off', async () => {
    const tenant = 'stay';
    await make(tenant, 'ctr_a', [with_('A', '甲'), with_('B', '乙')]);
    const before = (await own.store.readIdentities(tenant, [entity('甲')])).get('POOL_ENTITY#甲');
    await own.store.claimIdentity(
      { tenant, ...entity('甲'), centreId: 'ctr_a', participantId: 'B', claimedAt: at },
      before,
    );
    expect(await partiesOf(tenant, '甲', '乙')).toBe('ctr_a: A → B');
    await expect(put(tenant, 'ctr_a', [with_('C', '甲')], later)).rejects.toMatchObject({ status: 409 });
    await expect(make(tenant, 'ctr_b', [with_('X', '甲')], later)).rejects.toMatchObject({ status: 409 });
  });

  it('are one’s alone where two centres claim them at the same time', async () => {
    const tenant = 'race';
    const values = Array.from({ length: 40 }, (_, place) => `乙${place}`);
    const results = await Promise.allSettled([
      make(tenant, 'ctr_a', [with_('A', ...values)]),
      make(tenant, 'ctr_b', [with_('A', ...[...values].reverse())]),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    for (const { status, reason } of results as PromiseRejectedResult[]) {
      if (status === 'rejected') expect(reason).toMatchObject({ code: 'netting/identity-taken' });
    }
  });
});
