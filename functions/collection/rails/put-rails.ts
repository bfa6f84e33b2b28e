import { type BackoffPolicy, backOff } from '../../../shared/concurrency/backoff.ts';
import { general } from '../../../shared/problems/general.ts';
import { problems } from '../problems.ts';
import type { CollectionStore } from '../store.ts';
import type { NotWritten } from '../store-versions.ts';
import {
  decideReplacement,
  type RailOutages,
  type RailsConfiguration,
  type Replacement,
  type Versioned,
} from './configuration.ts';
import { haveSameOutages, haveSameRails } from './rail-items.ts';

/** Writes that may be overtaken or go unanswered before the caller is told to come back. */
export const putPolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 10, ceilingMs: 500 };

/**
 * Puts rails in place of all that a tenant has, the common ones included, and answers what then stands.
 *
 * @throws Problem `collection/version-conflict`, and those of replace.
 */
export function putRails(
  store: Pick<CollectionStore, 'readConfiguration' | 'writeConfiguration'>,
  asked: Replacement<Pick<RailsConfiguration, 'rails'>>,
  policy = putPolicy,
): Promise<RailsConfiguration> {
  const read = () => store.readConfiguration(asked.tenant);
  return replace(read, store.writeConfiguration, asked, haveSameRails, policy);
}

/**
 * Puts outages in place of those of one rail, and answers what then stands.
 *
 * @throws Problem `collection/rail-not-found`, `collection/version-conflict`, and those of replace.
 */
export async function putOutages(
  store: Pick<CollectionStore, 'readRails' | 'readOutages' | 'writeOutages'>,
  asked: Replacement<Pick<RailOutages, 'railId' | 'outages'>>,
  policy = putPolicy,
): Promise<RailOutages> {
  const { tenant, content } = asked;
  const { rails } = await store.readRails(tenant);
  if (!rails.some(({ id }) => id === content.railId)) throw notFound(content.railId, rails);
  const read = () => store.readOutages(tenant, content.railId);
  return replace(read, store.writeOutages, asked, haveSameOutages, policy);
}

/**
 * Decided again from a fresh reading whenever another writer was faster, so an expected version is never passed over.
 *
 * @throws Problem `request/conflict-retry` where contention does not end; `request/unavailable` where the last write had
 * no answer. Putting again is safe after each of them.
 */
export async function replace<Content>(
  read: () => Promise<(Content & Versioned) | undefined>,
  write: (next: Content & Versioned) => Promise<NotWritten>,
  asked: Replacement<Content>,
  isSame: (held: Content, content: Content) => boolean,
  policy: BackoffPolicy,
): Promise<Content & Versioned> {
  for (let attempt = 1; ; attempt++) {
    const decision = decideReplacement(await read(), asked, isSame);
    if (decision.outcome === 'REFUSED') throw decision.problem;
    if (decision.outcome === 'UNCHANGED') return decision.next;
    const failure = await write(decision.next);
    if (!failure) return decision.next;
    if (attempt >= policy.attemptsMax) throw gaveUp(failure);
    await backOff(attempt, policy);
  }
}

function gaveUp(failure: NotWritten) {
  if (failure === 'UNKNOWN') {
    return general.unavailable.with({ detail: 'It may have been written or not; putting it again tells.' });
  }
  return general['conflict-retry'].with({ detail: 'Others are changing it. Nothing was changed.' });
}

function notFound(railId: string, rails: readonly { readonly id: string }[]) {
  const ids = [...new Set(rails.map(({ id }) => id))];
  return problems['rail-not-found'].with({
    detail: `There is no rail ${railId}; there are ${ids.join(', ')}.`,
    railId,
  });
}
