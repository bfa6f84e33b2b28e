import type { NettingStore } from '../store.ts';
import type { Centre } from './centre.ts';
import { hasIdentity, type IdentityRecord } from './identity.ts';
import type { Participant } from './participant.ts';
import { readParticipants, readParticipantsOf } from './read-participants.ts';

/**
 * Who has an identity in the version of its centre that holds: nearly always whom the record names; another of the same centre where
 * a request that was to move it there broke off behind its claim.
 */
export async function findHolder(
  store: Pick<NettingStore, 'readBlocks'>,
  centre: Centre,
  record: IdentityRecord,
): Promise<Participant | undefined> {
  const named = (await readParticipantsOf(store, centre, [record.participantId])).get(record.participantId);
  if (named && hasIdentity(named, record)) return named;
  return (await readParticipants(store, centre)).find((one) => hasIdentity(one, record));
}
