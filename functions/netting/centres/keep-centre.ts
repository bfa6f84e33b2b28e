import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { under } from '../../../shared/problems/located-faults.ts';
import { planCycle } from '../cycles/plan-cycle.ts';
import { requireVersion } from '../expected-version.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import type { NettingTools } from '../tools.ts';
import type { Centre, CentreTerms, PairTerms } from './centre.ts';
import { countFaults, pairFaults, participantFaults, termsFaults, unboundFaults } from './check-centre.ts';
import { claimIdentities } from './claim-identities.ts';
import type { Participant } from './participant.ts';
import { type Block, pairsBlock, pairsPart, participantParts } from './participant-blocks.ts';
import { presentCentre } from './present-centre.ts';
import { readPairs, readParticipants } from './read-participants.ts';
import { refuse, requireAccounts } from './require-accounts.ts';

export interface CentreName {
  readonly tenant: string;
  readonly centreId: string;
}

/** When something is done, and who does it. */
export interface On {
  readonly at: string;
  readonly cause: Cause;
}

/** What a centre is made of. */
export interface NewCentre {
  readonly facts: Pick<Centre, 'tenant' | 'id' | 'legalEntity' | 'homeCurrency'> & CentreTerms;
  readonly pairs: PairTerms;
  readonly participants: readonly Participant[];
}

/** Problem: `netting/centre-not-found`, at a field of the body where one names the centre. */
export async function findCentre(
  store: Pick<NettingStore, 'readCentre' | 'readCentreVersion'>,
  { tenant, centreId }: CentreName,
  { version, pointer }: { readonly version?: number; readonly pointer?: string } = {},
): Promise<Centre> {
  const centre = await (version === undefined
    ? store.readCentre(tenant, centreId)
    : store.readCentreVersion(tenant, centreId, version));
  if (centre) return centre;
  const detail = `There is no netting centre ${centreId}${version === undefined ? '' : ` in a version ${version}`}.`;
  const problem = problems['centre-not-found'].with({ detail, centreId });
  throw pointer === undefined ? problem : problem.at({ pointer, detail });
}

/**
 * Records a centre and opens its first cycle; the same key records it once. Problems: `netting/centre-id-taken`,
 * `netting/centre-refused`, `netting/participant-account`, `netting/identity-taken`, `netting/calendar-not-published`,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createCentre(tools: NettingTools, asked: NewCentre, claim: KeyClaim): Promise<Centre> {
  const { store } = tools;
  const { facts, pairs, participants } = asked;
  const { tenant, id } = facts;
  return decideAndWrite(async () => {
    const before = await store.readCentre(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    const noted = await requireSameRequest(store, tenant, claim);
    if (before) {
      if (noted) return { answer: before };
      const detail = `There is a netting centre ${id} already.`;
      throw problems['centre-id-taken'].with({ detail, centreId: id }).at({ pointer: '/id', detail });
    }
    const ids = new Set(participants.map((one) => one.id));
    refuse([
      ...termsFaults(facts),
      ...under(['participants'], participantFaults(participants, facts)),
      ...pairFaults(pairs, (participantId) => ids.has(participantId), facts),
    ]);
    await requireAccounts(tools, tenant, participants);
    const after = new Map(participants.map((one) => [one.id, one]));
    await claimIdentities(store, { tenant, centreId: id, before: new Map(), after }, participants, claim.at);
    const parts = new Map([...participantParts(participants), [pairsPart, pairsBlock(pairs)] as const]);
    const { at, cause } = claim;
    const blocks = idsOf(parts);
    const centre: Centre = { ...facts, blocks, participantCount: ids.size, revision: 1, changedAt: at, cause };
    const cycle = planCycle(centre, claim);
    await store.writeBlocks(centre, parts.values());
    return { answer: centre, write: () => store.createCentre(centre, claim, store.cycleParts(cycle)) };
  });
}

export interface CentreChange {
  readonly terms: Partial<CentreTerms>;
  readonly dropsRateSet: boolean;
  readonly pairs: Partial<PairTerms>;
}

type ChangeOn = On & { readonly expectedVersion?: number };

/**
 * Makes the next version of a centre's terms; asked twice, it changes nothing the second time. Currencies may be added, not taken
 * away. Problems: `netting/centre-not-found`, `netting/version-conflict`, `netting/centre-refused`; and those of decideAndWrite.
 */
export async function changeCentre(
  { store }: Pick<NettingTools, 'store'>,
  which: CentreName,
  change: CentreChange,
  on: ChangeOn,
): Promise<Centre> {
  return decideAndWrite(async () => {
    const before = await findCentre(store, which);
    const { rateSet, ...rest } = { ...before, ...change.terms };
    const keepsRateSet = rateSet !== undefined && !change.dropsRateSet;
    const changed: Centre = { ...rest, ...(keepsRateSet && { rateSet }) };
    const gone = before.currencies.filter((one) => !changed.currencies.includes(one));
    const pairs = { ...(await readPairs(store, before)), ...change.pairs };
    const participants = await readParticipants(store, before);
    const ids = new Set(participants.map(({ id }) => id));
    refuse([
      ...gone.map((one) => ({ path: ['currencies'], detail: `Keep ${one}: obligations may be in it.` })),
      ...termsFaults(changed),
      ...(changed.settlement === before.settlement ? [] : unboundFaults(participants, changed)),
      ...pairFaults(pairs, (id) => ids.has(id), changed),
    ]);
    const block = pairsBlock(pairs);
    const blocks = { ...before.blocks, [pairsPart]: block.id };
    return nextVersion(store, before, { ...changed, blocks }, [block], on);
  });
}

/**
 * Adds participants, or makes those that are there what is sent; the same twice changes nothing the second time. Problems:
 * `netting/centre-not-found`, `netting/version-conflict`, `netting/centre-refused`, `netting/participant-account`,
 * `netting/identity-taken`; and those of decideAndWrite.
 */
export async function putParticipants(
  tools: NettingTools,
  which: CentreName,
  asked: readonly Participant[],
  on: ChangeOn,
): Promise<Centre> {
  const { store } = tools;
  return decideAndWrite(async () => {
    const before = await findCentre(store, which);
    refuse(under(['participants'], participantFaults(asked, before)));
    await requireAccounts(tools, which.tenant, asked);
    const known = new Map((await readParticipants(store, before)).map((one) => [one.id, one]));
    const all = new Map([...known, ...asked.map((one) => [one.id, one] as const)]);
    refuse(countFaults(all.size, known.size));
    await claimIdentities(store, { ...which, before: known, after: all }, asked, on.at);
    const parts = participantParts([...all.values()]);
    const pairs = before.blocks[pairsPart];
    const blocks = { ...idsOf(parts), ...(pairs !== undefined && { [pairsPart]: pairs }) };
    const fresh = [...parts].filter(([part, { id }]) => before.blocks[part] !== id).map(([, block]) => block);
    return nextVersion(store, before, { ...before, blocks, participantCount: all.size }, fresh, on);
  });
}

/** What a version that differs from the one before is written as. */
async function nextVersion(
  store: NettingStore,
  before: Centre,
  changed: Centre,
  fresh: readonly Block[],
  { at, cause, expectedVersion }: ChangeOn,
) {
  if (sameText(before) === sameText(changed)) return { answer: before };
  requireVersion(expectedVersion, before.revision);
  const next: Centre = { ...changed, revision: before.revision + 1, changedAt: at, cause };
  await store.writeBlocks(before, fresh);
  return { answer: next, write: () => store.replaceCentre(next) };
}

function sameText(centre: Centre): string {
  return canonicalJson([presentCentre(centre), centre.blocks]);
}

function idsOf(parts: ReadonlyMap<string, Block>): Record<string, string> {
  return Object.fromEntries([...parts].map(([part, { id }]) => [part, id]));
}
