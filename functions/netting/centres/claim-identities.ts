import pLimit from 'p-limit';
import { general } from '../../../shared/problems/general.ts';
import type { Fault } from '../../../shared/problems/located-faults.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { findHolder } from './find-holder.ts';
import { hasIdentity, type Identity, type IdentityRecord, identityName, isFresh } from './identity.ts';
import type { Participant } from './participant.ts';
import { refuse } from './require-accounts.ts';

type Store = Pick<NettingStore, 'readIdentities' | 'claimIdentity' | 'readCentre' | 'readBlocks'>;

interface Wanted {
  readonly identity: Identity;
  readonly participantId: string;
  readonly path: readonly (string | number)[];
}

/** Whose participants they are, as they will be, and as they are. */
export interface ClaimingCentre {
  readonly tenant: string;
  readonly centreId: string;
  readonly before: ReadonlyMap<string, Participant>;
  readonly after: ReadonlyMap<string, Participant>;
}

const claimsAtOnceMax = 16;
const roundsMax = 5;

/**
 * Leads the identities that participants of a request have newly to them, before the version of the centre that says so is written.
 * What a request that broke off has claimed is free again when no participant has it by then. Problems:
 * `netting/identity-taken`, at each place of the body, and nothing is claimed; `request/conflict-retry`.
 */
export async function claimIdentities(
  store: Store,
  centre: ClaimingCentre,
  asked: readonly Participant[],
  at: string,
): Promise<void> {
  let wanted = asked.flatMap((one, place) => newOf(centre, one, place));
  for (let round = 1; wanted.length > 0; round++) {
    if (round > roundsMax) throw general['conflict-retry'].with({ detail: 'Others claim the same identities.' });
    const held = await store.readIdentities(
      centre.tenant,
      wanted.map(({ identity }) => identity),
    );
    const faults: Fault[] = [];
    for (const one of wanted) {
      const { as, value } = one.identity;
      const other = await otherHolder(store, centre, one, held.get(identityName(one.identity)), at);
      if (!other) continue;
      const detail = `${as} ${value} leads to ${other.participantId} of ${other.centreId}; take it away there, or leave it out.`;
      faults.push({ path: one.path, detail });
    }
    refuse(faults, problems['identity-taken']);
    wanted = await claimAll(store, centre, wanted, held, at);
  }
}

function newOf({ before }: ClaimingCentre, participant: Participant, place: number): Wanted[] {
  const known = before.get(participant.id);
  return participant.identities.flatMap((identity, index): Wanted[] =>
    known && hasIdentity(known, identity)
      ? []
      : [{ identity, participantId: participant.id, path: ['participants', place, 'identities', index, 'value'] }],
  );
}

/** Who else has it, or may be about to. */
async function otherHolder(
  store: Store,
  centre: ClaimingCentre,
  { identity, participantId }: Wanted,
  holder: IdentityRecord | undefined,
  at: string,
): Promise<Pick<IdentityRecord, 'centreId' | 'participantId'> | undefined> {
  const { centreId, after } = centre;
  for (const other of after.values()) {
    if (other.id !== participantId && hasIdentity(other, identity)) return { centreId, participantId: other.id };
  }
  if (!holder || holder.centreId === centreId) return undefined;
  const theirs = await store.readCentre(holder.tenant, holder.centreId);
  const found = theirs && (await findHolder(store, theirs, holder));
  if (found) return { centreId: holder.centreId, participantId: found.id };
  return isFresh(holder, at) ? holder : undefined;
}

/** Answers those at which another was faster. */
async function claimAll(
  store: Store,
  { tenant, centreId }: ClaimingCentre,
  wanted: readonly Wanted[],
  held: ReadonlyMap<string, IdentityRecord>,
  at: string,
): Promise<Wanted[]> {
  const limit = pLimit(claimsAtOnceMax);
  const lost = await Promise.all(
    wanted.map((one) =>
      limit(async () => {
        const { identity, participantId } = one;
        const record = { tenant, ...identity, centreId, participantId, claimedAt: at };
        return (await store.claimIdentity(record, held.get(identityName(identity)))) ? [] : [one];
      }),
    ),
  );
  return lost.flat();
}
