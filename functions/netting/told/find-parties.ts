import { general } from '../../../shared/problems/general.ts';
import type { Centre } from '../centres/centre.ts';
import { findHolder } from '../centres/find-holder.ts';
import { type Identity, type IdentityRecord, identityName, isFresh } from '../centres/identity.ts';
import type { NettingStore } from '../store.ts';
import type { Told } from './told.ts';

type Store = Pick<NettingStore, 'readIdentities' | 'readCentre' | 'readBlocks'>;

/** What was told, between participants of a centre. */
export interface PlacedTold {
  readonly told: Told;
  readonly payer: string;
  readonly payee: string;
}

export interface ToldOfCentre {
  readonly centre: Centre;
  readonly placed: readonly PlacedTold[];
}

interface Holder {
  readonly centre: Centre;
  readonly participantId: string;
}

/**
 * What was told, by the centre whose participants it is between; what is between others is no obligation and is left out: one side
 * of it or both in no centre, both the same, in two centres, or of a source that the centre does not take. All of one tenant.
 * Problem `request/conflict-retry` while a participant is being given an identity: in a moment it has it.
 */
export async function findParties(store: Store, all: readonly Told[], at: string): Promise<ToldOfCentre[]> {
  const tenant = all[0]?.tenant ?? '';
  const records = await store.readIdentities(
    tenant,
    all.flatMap(({ payer, payee }) => [payer, payee]),
  );
  const centres = new Map<string, Promise<Centre | undefined>>();
  const holders = new Map<string, Promise<Holder | undefined>>();
  const centreOf = (id: string) => {
    const centre = centres.get(id) ?? store.readCentre(tenant, id);
    centres.set(id, centre);
    return centre;
  };
  const holderOf = (identity: Identity) => {
    const name = identityName(identity);
    const record = records.get(name);
    const holder = holders.get(name) ?? (record ? holderBy(store, record, centreOf, at) : Promise.resolve(undefined));
    holders.set(name, holder);
    return holder;
  };
  const found = new Map<string, { centre: Centre; placed: PlacedTold[] }>();
  for (const told of all) {
    // Most name nobody of a centre, or one only: then no centre is read.
    if (!records.has(identityName(told.payer)) || !records.has(identityName(told.payee))) continue;
    const [payer, payee] = await Promise.all([holderOf(told.payer), holderOf(told.payee)]);
    if (!payer || !payee || !isBetween(payer, payee, told)) continue;
    const group = found.get(payer.centre.id) ?? { centre: payer.centre, placed: [] };
    group.placed.push({ told, payer: payer.participantId, payee: payee.participantId });
    found.set(payer.centre.id, group);
  }
  return [...found.values()];
}

function isBetween(payer: Holder, payee: Holder, { source }: Told): boolean {
  const { centre } = payer;
  return (
    centre.id === payee.centre.id && payer.participantId !== payee.participantId && centre.sources.includes(source)
  );
}

async function holderBy(
  store: Store,
  record: IdentityRecord,
  centreOf: (id: string) => Promise<Centre | undefined>,
  at: string,
): Promise<Holder | undefined> {
  const centre = await centreOf(record.centreId);
  const participant = centre && (await findHolder(store, centre, record));
  if (participant) return { centre, participantId: participant.id };
  if (isFresh(record, at)) {
    throw general['conflict-retry'].with({ detail: `${record.as} ${record.value} is being given to a participant.` });
  }
  return undefined;
}
