import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCentre, createCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
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
    await createCentre(own.tools, { ...asked, facts: { ...facts, id: 'ctr_other', sources: ['INVOICES'] } }, claim);
  }
  const inOther = (tenant: string) =>
    own.store.readObligation(tenant, obligationIdOf(tenant, 'ctr_other', invoiceReference(tenant)));

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
    expect(await inOther(tenant)).toBeUndefined();
    // What is new is of the other centre.
    await take([invoiceIn(tenant)({ number: 'FP-2' })], whenMoved);
    const second = obligationIdOf(tenant, 'ctr_other', invoiceReference(tenant, 'FP-2'));
    expect(await own.store.readObligation(tenant, second)).toMatchObject({ amount: 100_000n, payer: 'A' });
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
        if (!(await inOther(tenant))) {
          await putIn(tenant, 'ctr_group', ['A', 'B'], false);
          await putIn(tenant, 'ctr_other', ['A', 'B'], true);
          await take([invoice()], whenMoved);
        }
        return store.addObligations(...added);
      },
    };
    const failed = await take([invoice()], whenMoved, slow);
    expect(failed.size).toBe(1);
    expect(await take([invoice()], whenMoved)).toEqual(new Map());
    expect(await obligationOf(tenant)).toBeUndefined();
    expect(await inOther(tenant)).toMatchObject({ amount: 100_000n });
  });
});
