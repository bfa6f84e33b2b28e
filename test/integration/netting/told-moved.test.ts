import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCentre, createCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { requireGone, requireStanding } from '../../../functions/netting/closing/require-standing.ts';
import { cycleFor } from '../../../functions/netting/cycles/find-cycle.ts';
import { actTogether } from '../../../functions/netting/obligations/act-together.ts';
import { readOfCentre } from '../../../functions/netting/obligations/read-of-centre.ts';
import { aNewCentre, aParticipant, at, on } from '../../functions/netting/intake-samples.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claimOf, nettingOnEngine, type TestNetting } from './support.ts';
import { toldOn, wednesday, whenMoved } from './told-support.ts';

/** An invoice of 1,000.00 that A owes B, and that Wednesday's cycle of their centre is to pay. */
describe.each(engines())('an obligation that came of events, whose parties change, on $kind', (engine) => {
  let own: TestNetting;
  quietLog();
  beforeAll(async () => {
    own = await nettingOnEngine(engine);
  });
  afterAll(() => own?.close());
  const { aCentreOf, putIn, take, invoiceIn, invoiceReference, obligationOf, included } = toldOn(() => own);

  /** The invoice is an obligation, and then 300.00 of it are paid at the bank. */
  async function anInvoice(tenant: string) {
    await aCentreOf(tenant);
    const invoice = invoiceIn(tenant);
    await take([invoice()]);
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
    return (cleared: bigint, revision: number) => take([invoice({ cleared, revision }, {})], whenMoved);
  }
  async function otherCentre(tenant: string) {
    const participants = ['A', 'B'].map((id) => aParticipant(id));
    const { facts, ...asked } = aNewCentre(tenant, participants);
    const claim = { ...claimOf('ctr_other'), at };
    return createCentre(own.tools, { ...asked, facts: { ...facts, id: 'ctr_other', sources: ['INVOICES'] } }, claim);
  }
  const inCentre = async (tenant: string, centreId: string, number?: string) => {
    const reference = invoiceReference(tenant, number);
    return (await readOfCentre(own.store, { tenant, centreId }, [reference])).get(reference);
  };

  it('is withdrawn by what is paid before the cut-off, though the customer leads to nobody any more', async () => {
    const pay = await anInvoice('taken');
    await putIn('taken', 'ctr_group', ['A'], false);
    expect(await pay(30_000n, 2)).toEqual(new Map());
    expect(await included('taken', wednesday)).toEqual(['A → B 70000']);
    await pay(100_000n, 3);
    expect(await included('taken', wednesday)).toEqual([]);
  });

  it('follows though its centre takes no invoices any more, and takes no new one', async () => {
    const tenant = 'sources';
    const pay = await anInvoice(tenant);
    const change = { terms: { sources: [] }, dropsRateSet: false, pairs: {} } as const;
    await changeCentre(own.tools, { tenant, centreId: 'ctr_group' }, change, on);
    await pay(30_000n, 2);
    expect(await included(tenant, wednesday)).toEqual(['A → B 70000']);
    await take([invoiceIn(tenant)({ number: 'FP-2' })], whenMoved);
    expect(await obligationOf(tenant, invoiceReference(tenant, 'FP-2'))).toBeUndefined();
  });

  it('stays in the cycle of its centre where both go to another one, and stands in no second', async () => {
    const tenant = 'moved';
    const pay = await anInvoice(tenant);
    await otherCentre(tenant);
    await putIn(tenant, 'ctr_group', ['A', 'B'], false);
    await putIn(tenant, 'ctr_other', ['A', 'B'], true);
    await pay(30_000n, 2);
    expect(await obligationOf(tenant)).toMatchObject({ amount: 70_000n, state: 'UNCONFIRMED', cycleId: wednesday });
    expect(await inCentre(tenant, 'ctr_other')).toBeUndefined();
    // What is new is of the other centre.
    await take([invoiceIn(tenant)({ number: 'FP-2' })], whenMoved);
    expect(await inCentre(tenant, 'ctr_other', 'FP-2')).toMatchObject({ amount: 100_000n, payer: 'A' });
    expect(await inCentre(tenant, 'ctr_group', 'FP-2')).toBeUndefined();
  });

  it('is nothing that another centre can do something to', async () => {
    const tenant = 'other';
    await anInvoice(tenant);
    const { store } = own;
    const other = await otherCentre(tenant);
    const references = [invoiceReference(tenant)];
    const acts = [{ kind: 'CONFIRM' }, { kind: 'DISPUTE', reason: '数量不符' }, { kind: 'WITHDRAW' }] as const;
    const cycle = await cycleFor(store, other, '2026-04-01', on);
    const before = await own.snapshot();
    for (const act of acts) {
      expect(await actTogether(store, other, references, act, on)).toMatchObject([
        { outcome: 'REFUSED', faults: [{ code: 'OBLIGATION_NOT_FOUND', field: 'reference' }] },
      ]);
    }
    const notFound = { code: 'netting/obligation-not-found', fields: { errors: [{ pointer: '/leaveOut/0' }] } };
    await expect(requireStanding(store, cycle, references)).rejects.toMatchObject(notFound);
    await expect(requireGone(store, { ...cycle, state: 'CLOSED' }, references)).rejects.toMatchObject(notFound);
    expect(await own.snapshot()).toEqual(before);
    const [acted] = await actTogether(store, { tenant, id: 'ctr_group' }, references, { kind: 'CONFIRM' }, on);
    expect(acted).toMatchObject({ outcome: 'CHANGED', obligation: { state: 'CONFIRMED' } });
  });

  it('is added by one centre only where two take it at the same time', async () => {
    const tenant = 'race';
    await aCentreOf(tenant);
    await otherCentre(tenant);
    const { store } = own;
    const invoice = invoiceIn(tenant);
    // Between reading and writing of one process both go to the other centre, and the next process has the same event.
    const slow = {
      ...store,
      addObligations: async (...added: Parameters<typeof store.addObligations>) => {
        if (!(await inCentre(tenant, 'ctr_other'))) {
          await putIn(tenant, 'ctr_group', ['A', 'B'], false);
          await putIn(tenant, 'ctr_other', ['A', 'B'], true);
          await take([invoice()], whenMoved);
        }
        return store.addObligations(...added);
      },
    };
    const [event, another] = [invoice(), invoice({ number: 'FP-2' })];
    const failed = await take([event, another], whenMoved, slow);
    // It alone has to be told again: what was written with it has its place.
    expect([...failed.keys()]).toEqual([event]);
    expect(await take([event], whenMoved)).toEqual(new Map());
    expect(await inCentre(tenant, 'ctr_group')).toBeUndefined();
    expect(await inCentre(tenant, 'ctr_other')).toMatchObject({ amount: 100_000n });
    expect(await included(tenant, wednesday)).toEqual(['A → B 100000']);
    expect(await inCentre(tenant, 'ctr_group', 'FP-2')).toMatchObject({ amount: 100_000n });
  });
});
