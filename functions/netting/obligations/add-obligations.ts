import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import { onceEach } from '../batches/once-each.ts';
import type { Centre } from '../centres/centre.ts';
import { type Cycle, gateCount, gateOfTry } from '../cycles/cycle.ts';
import { cycleFor } from '../cycles/find-cycle.ts';
import { obligationIdOf } from '../keys.ts';
import type { NettingStore } from '../store.ts';
import { gatePolicy, obligationsPerWriteMax, writesAtOnceMax } from '../store-obligations.ts';
import type { LineFault } from './check-obligation.ts';
import { type DatedDraft, groupByCycle } from './group-by-cycle.ts';
import { type AskedObligation, type Obligation, saysTheSame } from './obligation.ts';
import { withNews } from './obligation-news.ts';

export type Adding = Pick<NettingStore, 'readCycle' | 'openCycle' | 'readObligations' | 'addObligations'>;

/** An obligation that its centre takes, before it has a place. */
export interface Draft {
  readonly asked: AskedObligation;
  readonly at: string;
  readonly cause: Cause;
}

export type Added =
  /** KNOWN: it was there, with the same content. */
  | { readonly outcome: 'ACCEPTED' | 'KNOWN'; readonly obligation: Obligation }
  | { readonly outcome: 'REFUSED'; readonly fault: LineFault };

/**
 * Records obligations of a centre, each with its place in a cycle, once for its reference; answers in their order. What is there with
 * the same content stays as it is, so what broke off is sent again and goes on. One that comes when its cycle takes none any more
 * goes to the next that does. Problems: those of decideAndWrite; then some may be recorded.
 */
export async function addObligations(store: Adding, centre: Centre, drafts: readonly Draft[]): Promise<Added[]> {
  return onceEach(
    drafts,
    ({ asked }) => asked.reference,
    (different) => addDiffering(store, centre, different),
    (first, draft) => (first.outcome === 'REFUSED' ? first : answerOf(centre, first.obligation, draft, 'KNOWN')),
  );
}

/** Those of different references, by it. */
async function addDiffering(store: Adding, centre: Centre, drafts: readonly Draft[]): Promise<Map<string, Added>> {
  const { groups, refused } = await groupByCycle(store, centre, drafts);
  const parts = groups.flatMap(({ cycle, members }) =>
    partsOf(members, obligationsPerWriteMax).map((part) => ({ cycle, part })),
  );
  const offset = gateOf(obligationIdOf(centre.tenant, centre.id, drafts[0]?.asked.reference ?? ''));
  const limit = pLimit(writesAtOnceMax);
  const added = await Promise.all(
    parts.map(({ cycle, part }, place) =>
      limit(() => addPart(store, centre, part, (offset + place) % gateCount, cycle)),
    ),
  );
  return new Map([...refused, ...added.flat()]);
}

/** Obligations of one cycle, written together at one gate; where that takes none any more, in the next that does. */
async function addPart(
  store: Adding,
  centre: Centre,
  part: readonly DatedDraft[],
  gate: number,
  found: Cycle,
): Promise<[string, Added][]> {
  const { tenant } = centre;
  const [{ at, cause } = { at: '', cause: { client: '', role: '', requestId: '' } }] = part;
  const ids = part.map(({ asked }) => obligationIdOf(tenant, centre.id, asked.reference));
  let cycle = found;
  let tries = 0;
  return decideAndWrite(async () => {
    // Nearly all are new, so the write itself is asked first; what an earlier try has written without an answer is read here too.
    const tried = tries++;
    const there = tried === 0 ? new Map<string, Obligation>() : await store.readObligations(tenant, ids);
    if (tried > 0 && there.size < ids.length) cycle = await cycleFor(store, centre, cycle.cutOffDate, { at, cause });
    const placed = part.map((draft, place) => {
      const id = ids[place] ?? '';
      return (
        there.get(id) ??
        placeOf(draft, { tenant, id, centreId: centre.id, cycleId: cycle.id, gate: gateOfTry(gate, tried) })
      );
    });
    const fresh = placed.filter(({ id }) => !there.has(id));
    const answer = part.map((draft, place): [string, Added] => {
      return [draft.asked.reference, answerOf(centre, placed[place] as Obligation, draft, 'ACCEPTED')];
    });
    return { answer, ...(fresh.length > 0 && { write: () => store.addObligations(fresh, at) }) };
  }, gatePolicy);
}

function placeOf(
  { asked, at, cause, ownCycleId }: DatedDraft,
  place: Pick<Obligation, 'tenant' | 'id' | 'centreId' | 'cycleId' | 'gate'>,
): Obligation {
  const { isDateTold: _, begins = { state: 'UNCONFIRMED' }, ...content } = asked;
  return withNews({
    ...{ ...place, ...content, ...begins },
    ...(place.cycleId !== ownCycleId && { lateFor: ownCycleId }),
    ...{ revision: 1, createdAt: at, changedAt: at, cause },
  });
}

/** `outcome` is of one that this very request has written. */
function answerOf(
  centre: Pick<Centre, 'id'>,
  obligation: Obligation,
  { asked, at, cause }: Draft,
  outcome: 'ACCEPTED' | 'KNOWN',
): Added {
  if (obligation.centreId !== centre.id) return used(`${obligation.centreId} has the obligation ${asked.reference}.`);
  if (!saysTheSame(obligation, asked)) {
    return used(`There is an obligation ${asked.reference} with other content; send another reference.`);
  }
  const isOwn = obligation.createdAt === at && obligation.cause.requestId === cause.requestId;
  return { outcome: isOwn ? outcome : 'KNOWN', obligation };
}

function used(detail: string): Added {
  return { outcome: 'REFUSED', fault: { code: 'REFERENCE_USED', field: 'reference', detail } };
}

/** The gate of an obligation that goes alone: ids are spread evenly. */
export function gateOf(obligationId: string): number {
  const sum = [...obligationId.slice(-6)].reduce((total, character) => total * 31 + character.charCodeAt(0), 7);
  return sum % gateCount;
}
