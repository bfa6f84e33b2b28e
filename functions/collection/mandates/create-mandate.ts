import { type BackoffPolicy, backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { general } from '../../../shared/problems/general.ts';
import { problems } from '../problems.ts';
import type { CollectionStore } from '../store.ts';
import type { Mandate } from './mandate.ts';

export const mandatePolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };

/** What a mandate is made of; the rest is known. */
export type MandateContent = Omit<
  Mandate,
  'id' | 'tenant' | 'state' | 'revision' | 'revokedAt' | 'createdAt' | 'changedAt' | 'cause'
>;

/**
 * Records a mandate, PENDING until it is confirmed; the same key records it once. Problems:
 * `collection/agreement-number-taken`; `request/idempotency-key-reused`, `request/conflict-retry`.
 */
export async function createMandate(
  store: CollectionStore,
  tenant: string,
  content: MandateContent,
  claim: KeyClaim,
): Promise<Mandate> {
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    const earlier = await store.readMandate(tenant, claim.id);
    if (earlier) {
      await requireSameRequest(store, tenant, claim);
      return earlier;
    }
    await requireFree(store, tenant, content.agreementNumber);
    const { id, at, cause } = claim;
    const made = { state: 'PENDING' as const, revision: 1, createdAt: at, changedAt: at, cause };
    const mandate: Mandate = { id, tenant, ...content, ...made };
    try {
      await store.createMandate(mandate, claim);
      return mandate;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The mandate could not be recorded at the moment. Send it again.' });
}

async function requireFree(store: CollectionStore, tenant: string, agreementNumber: string): Promise<void> {
  const mandateId = await store.readAgreement(tenant, agreementNumber);
  if (mandateId === undefined) return;
  const detail = `The mandate ${mandateId} has the agreement number ${agreementNumber}.`;
  throw problems['agreement-number-taken'].with({ detail, mandateId }).at({ pointer: '/agreementNumber', detail });
}
