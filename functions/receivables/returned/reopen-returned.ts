import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import { changed } from '../matches/step.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findReturned } from './assign-returned.ts';
import type { ReturnedCredit } from './returned-credit.ts';

export interface Reopening {
  readonly tenant: string;
  readonly returnedId: string;
  readonly expectedVersion?: number;
}

/**
 * Takes back, once per key, that a returned credit was of no receipt: it is looked at again, as if it were new. Problems: those of
 * findReturned, `receivables/returned-credit-not-dismissed`, `receivables/version-conflict`, `request/idempotency-key-reused`;
 * those of decideAndWrite.
 */
export function reopenReturned(
  { store }: Pick<ReceivablesTools, 'store'>,
  { tenant, returnedId, expectedVersion }: Reopening,
  claim: KeyClaim,
): Promise<ReturnedCredit> {
  return decideAndWrite(async () => {
    const before = await findReturned(store, tenant, returnedId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    const { dismissed, ...rest } = before;
    if (dismissed === undefined) {
      const detail = `The returned credit ${returnedId} was not dismissed.`;
      throw problems['returned-credit-not-dismissed'].with({ detail, returnedCreditId: returnedId });
    }
    requireVersion(expectedVersion, before.revision);
    const next = changed<ReturnedCredit>(rest, {}, claim);
    return { answer: next, write: () => store.replaceReturned(next, before, { claim }) };
  });
}
