import type { Identity } from '../../../functions/netting/centres/identity.ts';
import { putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { foldLines } from '../../../functions/netting/lines/fold-lines.ts';
import { takeEvents } from '../../../functions/netting/told/take-events.ts';
import type { Invoice } from '../../../functions/receivables/invoices/invoice.ts';
import { customerIdOf, invoiceIdOf } from '../../../functions/receivables/keys.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { aNewCentre, aParticipant, at, on } from '../../functions/netting/intake-samples.ts';
import { invoiceEvent } from '../../functions/netting/told/publishers.ts';
import { entity } from '../../functions/receivables/samples.ts';
import { keepCentre, linesOf, type TestNetting } from './support.ts';

export const tuesday = 'cyc_group_2026-03-31';
export const wednesday = 'cyc_group_2026-04-01';
const customer = customerIdOf('demo', 'K-1');
export const identitiesOf: Record<string, Identity[]> = {
  A: [
    { as: 'CUSTOMER', value: customer },
    { as: 'POOL_ENTITY', value: '乙公司' },
    { as: 'MARKET', value: 'mkt_chengdu' },
    { as: 'ACCOUNT', value: 'acc_collector' },
  ],
  B: [
    { as: 'LEGAL_ENTITY', value: entity },
    { as: 'POOL_ENTITY', value: '甲公司' },
    { as: 'MERCHANT', value: 'mer_teahouse' },
    { as: 'BENEFICIARY', value: 'SHOP-7' },
  ],
};
const sources = ['INVOICES', 'POOL_LOANS', 'PAYOUTS', 'COLLECTIONS'] as const;
/** Identities that were given at `at` may be given to others by then. */
export const whenMoved = '2026-03-31T02:20:00.000Z';
/** The due day of the invoices is tomorrow; their first cycle is that of Wednesday. */
const due = { customerId: customer, dueOn: '2026-04-01', changedAt: at, createdAt: at };

/** What tests of events do with a centre of the tenant. */
export function toldOn(own: () => TestNetting) {
  /** A owes, B is owed; C has no identity. */
  function aCentreOf(tenant: string, more: { state?: 'SUSPENDED'; sources?: typeof sources | [] } = {}) {
    const participants = ['A', 'B', 'C'].map((id) =>
      aParticipant(id, { identities: identitiesOf[id] ?? [], ...(id === 'B' && more.state && { state: more.state }) }),
    );
    const asked = aNewCentre(tenant, participants);
    return keepCentre(own(), tenant, { ...asked, facts: { ...asked.facts, sources: more.sources ?? sources } });
  }

  /** Participants of a centre as they are from the next event on, with their identities or none. */
  const putIn = (tenant: string, centreId: string, ids: readonly string[], withIdentities: boolean) =>
    putParticipants(
      own().tools,
      { tenant, centreId },
      ids.map((id) => aParticipant(id, { identities: withIdentities ? (identitiesOf[id] ?? []) : [] })),
      { ...on, at: whenMoved },
    );

  const accountsOfOrder = async () => {
    return { currency: 'CNY', creditAccountId: 'acc_collector', clearingAccountId: 'acc_clearing' };
  };
  const take = (events: readonly DomainEvent[], moment = at, store = own().store) =>
    takeEvents({ store, accountsOfOrder }, events, new Date(moment));
  const invoiceIn =
    (tenant: string) =>
    (after: Partial<Invoice> = {}, before?: Partial<Invoice>) =>
      invoiceEvent({ ...due, ...after, tenant }, before);
  const idOf = (tenant: string, reference: string) => obligationIdOf(tenant, 'ctr_group', reference);
  const invoiceReference = (tenant: string, number = 'FP-2026-0001') =>
    `INVOICES/${invoiceIdOf(tenant, entity, number)}`;
  const obligationOf = (tenant: string, reference = invoiceReference(tenant)) =>
    own().store.readObligation(tenant, idOf(tenant, reference));
  async function included(tenant: string, cycleId: string) {
    const { lines: all } = await linesOf(own().store, tenant, cycleId);
    return foldLines(all, 'INCLUDED').included.map(({ payer, payee, amount }) => `${payer} → ${payee} ${amount}`);
  }

  return { aCentreOf, putIn, take, invoiceIn, idOf, invoiceReference, obligationOf, included };
}
