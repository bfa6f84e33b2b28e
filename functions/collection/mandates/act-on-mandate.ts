import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { general } from '../../../shared/problems/general.ts';
import { problems } from '../problems.ts';
import type { CollectionStore } from '../store.ts';
import { changeMandate, type MandateAction } from './change-mandate.ts';
import { mandatePolicy } from './create-mandate.ts';
import type { Mandate } from './mandate.ts';

/** Problem: `collection/mandate-not-found`. */
export async function findMandate(
  store: Pick<CollectionStore, 'readMandate'>,
  tenant: string,
  mandateId: string,
): Promise<Mandate> {
  const mandate = await store.readMandate(tenant, mandateId);
  if (mandate) return mandate;
  throw problems['mandate-not-found'].with({ detail: `There is no mandate ${mandateId}.`, mandateId });
}

/**
 * Confirms, suspends, resumes or revokes a mandate; asked twice, it changes nothing the second time. Decided again wherever
 * another was faster, so that no revocation is lost. Problems: `collection/mandate-not-found`, `collection/mandate-state`;
 * `request/conflict-retry`.
 */
export async function actOnMandate(
  store: CollectionStore,
  { tenant, mandateId }: { readonly tenant: string; readonly mandateId: string },
  action: MandateAction,
  cause: Cause,
  now: Date,
): Promise<Mandate> {
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    const mandate = await findMandate(store, tenant, mandateId);
    const on = { date: businessDateOf(now), at: now.toISOString(), cause };
    const change = changeMandate(mandate, action, on);
    if (change.outcome === 'UNCHANGED') return change.mandate;
    if (change.outcome === 'REFUSED') {
      const detail = `The mandate ${mandateId} is ${change.state}.`;
      throw problems['mandate-state'].with({ detail, mandateId, state: change.state });
    }
    try {
      await store.replaceMandate(change.mandate, mandate);
      return change.mandate;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The mandate is being changed by others. Send the request again.' });
}
