import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import type { Cause } from '../../shared/http/cause.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { centreFromPlain } from './centres/centre-items.ts';
import { presentCentre } from './centres/present-centre.ts';
import type { Cycle } from './cycles/cycle.ts';
import { cycleFromPlain } from './cycles/cycle-items.ts';
import { presentCycle } from './cycles/present-cycle.ts';
import { isOvertaken, type Obligation } from './obligations/obligation.ts';
import { obligationFromPlain } from './obligations/obligation-items.ts';
import { presentObligation } from './obligations/present-obligation.ts';

type ToldChange = Pick<ItemChange, 'kind' | 'item'> & Partial<Pick<ItemChange, 'previous'>>;

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item, previous }: ToldChange): DomainEvent[] {
  if (kind === 'REMOVE' || !item) return [];
  switch (item.kind) {
    case 'CENTRE': {
      const centre = centreFromPlain(item);
      const name = centre.revision === 1 ? 'centre-created' : 'centre-changed';
      return [eventOf(name, centre, centre.id, presentCentre(centre))];
    }
    case 'CYCLE': {
      const cycle = cycleFromPlain(item);
      const name = cycleNews(cycle);
      return name === undefined ? [] : [eventOf(name, cycle, cycle.id, presentCycle(cycle))];
    }
    case 'OBLIGATION': {
      const obligation = obligationFromPlain(item);
      const { cycleState: _, ...data } = presentObligation(obligation, 'OPEN');
      const name = obligationNews(obligation, previous && obligationFromPlain(previous));
      return name === undefined ? [] : [eventOf(name, obligation, obligation.id, data)];
    }
    default:
      return [];
  }
}

function cycleNews({ state, revision }: Cycle): string | undefined {
  if (revision === 1) return 'cycle-opened';
  return state === 'CONFIRMING' ? 'cycle-cut-off' : undefined;
}

const names = { WITHDRAWN: 'withdrawn', DISPUTED: 'disputed', CONFIRMED: 'confirmed' } as const;

function obligationNews(obligation: Obligation, before: Obligation | undefined): string | undefined {
  const { state, revision } = obligation;
  // Owed no more before anybody heard of it: there has been nothing.
  if (revision === 1) return state === 'WITHDRAWN' ? undefined : 'obligation-recorded';
  if (before && countsAsBefore(obligation, before)) return isOvertaken(obligation) ? 'obligation-overtaken' : undefined;
  if (before && isOwedOtherwise(obligation, before)) return 'obligation-changed';
  if (before?.state === 'DISPUTED' && (state === 'UNCONFIRMED' || state === 'CONFIRMED')) return 'obligation-resolved';
  return state === 'UNCONFIRMED' ? undefined : `obligation-${names[state]}`;
}

/** Only what its source told is new. */
function countsAsBefore(after: Obligation, before: Obligation): boolean {
  const isSame = after.state === before.state && after.amount === before.amount && after.cycleId === before.cycleId;
  return isSame && after.dispute?.reason === before.dispute?.reason && after.origin?.version !== before.origin?.version;
}

function isOwedOtherwise({ state, amount }: Obligation, before: Obligation): boolean {
  return state !== 'WITHDRAWN' && (before.state === 'WITHDRAWN' || before.amount !== amount);
}

interface Changed {
  readonly tenant: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

function eventOf(
  name: string,
  { tenant, revision, changedAt, cause }: Changed,
  subject: string,
  data: object,
): DomainEvent {
  const type = `netting.${name}.v1`;
  return {
    id: deriveId('evt', type, tenant, subject, String(revision)),
    type,
    tenant,
    occurredAt: changedAt,
    subject,
    actor: cause,
    data: { ...data },
  };
}
