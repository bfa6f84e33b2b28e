import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import { changed } from '../matches/step.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import { type CollectedCredit, collectedState, differenceOf } from './collected-credit.ts';

export interface Acknowledgement {
  readonly tenant: string;
  readonly collectedId: string;
  readonly reason: string;
  readonly expectedVersion?: number;
}

/**
 * Says, once per key, why a file of collections differs for good from what statements say: it waits no more, until a statement tells
 * more of it. Nothing is booked. Problems: `receivables/collected-credit-not-found`, `receivables/collected-credit-state`,
 * `receivables/version-conflict`, `request/idempotency-key-reused`; those of decideAndWrite.
 */
export function acknowledgeCollected(
  { store }: Pick<ReceivablesTools, 'store'>,
  { tenant, collectedId, reason, expectedVersion }: Acknowledgement,
  claim: KeyClaim,
): Promise<CollectedCredit> {
  return decideAndWrite(async () => {
    const before = await store.readCollected(tenant, collectedId);
    if (!before) {
      const detail = `There is no collected credit ${collectedId}.`;
      throw problems['collected-credit-not-found'].with({ detail, collectedCreditId: collectedId });
    }
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    requireDiffers(before);
    requireVersion(expectedVersion, before.revision);
    const acknowledged = { reason, difference: differenceOf(before) };
    const next = changed<CollectedCredit>(before, { acknowledged }, claim);
    return { answer: next, write: () => store.replaceCollected(next, before, claim) };
  });
}

function requireDiffers(collected: CollectedCredit): void {
  const state = collectedState(collected);
  if (state === 'DIFFERS') return;
  const detail =
    state === 'AGREES'
      ? `What came of the file ${collected.fileId} is what its orders brought.`
      : `That the file ${collected.fileId} differs is acknowledged: ${collected.acknowledged?.reason}`;
  throw problems['collected-credit-state'].with({ detail, state });
}
