import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCentre, createCentre, putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { presentUntaken } from '../../../functions/netting/told/present-untaken.ts';
import { takeUntaken } from '../../../functions/netting/told/take-untaken.ts';
import { aNewCentre, aParticipant, at, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claimOf, nettingOnEngine, type TestNetting } from './support.ts';
import { identitiesOf, toldOn, wednesday, whenMoved } from './told-support.ts';

describe.each(engines())('what a centre was told and cannot take on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());

  const { aCentreOf, putIn, take, invoiceIn, invoiceReference, obligationOf, included } = toldOn(() => own);

  it('is kept and listed, and taken once it can', async () => {
    const tenant = 'untaken';
    const centre = await aCentreOf(tenant, { state: 'SUSPENDED' });
    const invoice = invoiceIn(tenant);
    const dollars = { number: 'FP-USD', currency: 'USD' as const };
    expect(await take([invoice(), invoice(dollars)])).toEqual(new Map());
    expect(await take([invoice()])).toEqual(new Map());
    const list = async () =>
      (await own.store.listUntaken(tenant, 'ctr_group', undefined, 10)).untaken.map(presentUntaken);
    const codesOf = (all: Awaited<ReturnType<typeof list>>) =>
      all.map(({ description, faults }) => [description, ...faults.map(({ code }) => code)]).sort();
    expect(codesOf(await list())).toEqual([
      ['FP-2026-0001', 'PARTICIPANT_SUSPENDED'],
      ['FP-USD', 'PARTICIPANT_SUSPENDED', 'CURRENCY_NOT_NETTED'],
    ]);
    expect(await included(tenant, wednesday)).toEqual([]);
    const active = aParticipant('B', { identities: identitiesOf.B ?? [] });
    await putParticipants(own.tools, { tenant, centreId: 'ctr_group' }, [active], on);
    expect(await takeUntaken(own.store, centre, undefined, new Date(at))).toMatchObject({ tried: 2, taken: 1 });
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
    expect(codesOf(await list())).toEqual([['FP-USD', 'CURRENCY_NOT_NETTED']]);
    const terms = { currencies: ['CNY', 'EUR', 'USD'] as const };
    await changeCentre(own.tools, { tenant, centreId: 'ctr_group' }, { terms, dropsRateSet: false, pairs: {} }, on);
    await take([invoice({ ...dollars, cleared: 1n, revision: 2 }, dollars)]);
    expect(await list()).toEqual([]);
    expect(await obligationOf(tenant, invoiceReference(tenant, 'FP-USD'))).toMatchObject({ amount: 99_999n });
  });

  it('is kept no more where it was paid meanwhile', async () => {
    const tenant = 'settled';
    await aCentreOf(tenant, { state: 'SUSPENDED' });
    const invoice = invoiceIn(tenant);
    await take([invoice()]);
    await take([invoice({ cleared: 100_000n, revision: 2 }, {})]);
    expect((await own.store.listUntaken(tenant, 'ctr_group', undefined, 10)).untaken).toEqual([]);
    expect(await included(tenant, wednesday)).toEqual([]);
  });

  it('is kept no more where its participants are of another centre, which has taken it', async () => {
    const tenant = 'moved';
    const centre = await aCentreOf(tenant, { state: 'SUSPENDED' });
    const { facts, ...asked } = aNewCentre(
      tenant,
      ['A', 'B'].map((id) => aParticipant(id)),
    );
    const claim = { ...claimOf('ctr_other'), at };
    await createCentre(own.tools, { ...asked, facts: { ...facts, id: 'ctr_other', sources: ['INVOICES'] } }, claim);
    const invoice = invoiceIn(tenant);
    await take([invoice()]);
    await putIn(tenant, 'ctr_group', ['A', 'B'], false);
    await putIn(tenant, 'ctr_other', ['A', 'B'], true);
    await take([invoice({ cleared: 30_000n, revision: 2 }, {})], whenMoved);
    expect(await obligationOf(tenant)).toMatchObject({ centreId: 'ctr_other', amount: 70_000n });
    const kept = async () => (await own.store.listUntaken(tenant, 'ctr_group', undefined, 10)).untaken.length;
    expect(await kept()).toBe(1);
    expect(await takeUntaken(own.store, centre, undefined, new Date(whenMoved))).toMatchObject({ tried: 1, taken: 1 });
    expect(await kept()).toBe(0);
    expect(await obligationOf(tenant)).toMatchObject({ centreId: 'ctr_other', amount: 70_000n });
  });
});
