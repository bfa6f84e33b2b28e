import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Centre } from '../centres/centre.ts';
import { type CentreName, findCentre } from '../centres/keep-centre.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { noFigures, type QueueHead, type Resolution } from './resolution.ts';

/**
 * Starts a resolution of a queue; it is carried on in the background. Where one waits for its next attempt, that one is tried again at
 * once. Problems: `netting/centre-not-found`, `netting/currency-not-netted`, `netting/queue-being-resolved`,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function startResolution(
  store: NettingStore,
  which: CentreName,
  currency: CurrencyCode,
  claim: KeyClaim,
): Promise<Resolution> {
  const { tenant, centreId } = which;
  requireNetted(await findCentre(store, which), currency, '/currency');
  return decideAndWrite(async () => {
    const earlier = await requireSameRequest(store, tenant, claim);
    if (earlier) return { answer: await findResolution(store, { ...which, resolutionId: earlier.id }) };
    const head = await store.readQueueHead(tenant, { centreId, currency });
    const { id, at, cause } = claim;
    const underWay =
      head.resolutionId === undefined ? undefined : await store.readResolution(tenant, head.resolutionId);
    if (underWay?.retryAt !== undefined) {
      const next = triedAgain(underWay, claim);
      return { answer: next, write: () => store.tryAgain(next, underWay, { ...claim, id: next.id }) };
    }
    requireFree(head);
    const resolution: Resolution = {
      ...{ tenant, id, centreId, currency, state: 'DECIDING', round: 1, refusedRounds: 0, setsDecided: 0 },
      ...{ settled: [], barred: [], figures: noFigures, turn: 0, failures: 0 },
      ...{ createdAt: at, changedAt: at, revision: 1, cause },
    };
    return { answer: resolution, write: () => store.startResolution(resolution, head, claim) };
  });
}

function triedAgain({ retryAt: _, ...before }: Resolution, { at, cause }: KeyClaim): Resolution {
  return { ...before, turn: before.turn + 1, revision: before.revision + 1, changedAt: at, cause };
}

/** Problem: `netting/currency-not-netted`. */
export function requireNetted({ id: centreId, currencies }: Centre, currency: CurrencyCode, pointer: string): void {
  if (currencies.includes(currency)) return;
  const detail = `${centreId} takes ${currencies.join(', ')}, and has no queue in ${currency}.`;
  throw problems['currency-not-netted'].with({ detail, currencies }).at({ pointer, detail });
}

/** Problem: `netting/queue-being-resolved`. */
export function requireFree({ resolutionId }: QueueHead): void {
  if (resolutionId === undefined) return;
  const detail = `The queue is being resolved by ${resolutionId}.`;
  throw problems['queue-being-resolved'].with({ detail, resolutionId });
}

/** Problem: `netting/resolution-not-found`. */
export async function findResolution(
  store: Pick<NettingStore, 'readResolution'>,
  { tenant, centreId, resolutionId }: CentreName & { readonly resolutionId: string },
): Promise<Resolution> {
  const resolution = await store.readResolution(tenant, resolutionId);
  if (resolution?.centreId === centreId) return resolution;
  const detail = `The centre ${centreId} has no resolution ${resolutionId}.`;
  throw problems['resolution-not-found'].with({ detail, resolutionId });
}
