import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import { changed } from '../matches/step.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findReturned, requireOpen } from './assign-returned.ts';
import type { ReturnedCredit } from './returned-credit.ts';

export interface Dismissal {
  readonly tenant: string;
  readonly returnedId: string;
  readonly reason: string;
  readonly expectedVersion?: number;
}

/**
 * Says, once per key, that what is left of a returned credit was never a receipt here: it waits no more, and nothing is booked.
 * Problems: those of findReturned and requireOpen, `receivables/version-conflict`, `request/idempotency-key-reused`; those of
 * decideAndWrite.
 */
export function dismissReturned(
  { store }: Pick<ReceivablesTools, 'store'>,
  { tenant, returnedId, reason, expectedVersion }: Dismissal,
  claim: KeyClaim,
): Promise<ReturnedCredit> {
  return decideAndWrite(async () => {
    const before = await findReturned(store, tenant, returnedId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    requireOpen(before);
    requireVersion(expectedVersion, before.revision);
    const { waits: _, ...rest } = before;
    const next = changed<ReturnedCredit>(rest, { dismissed: reason }, claim);
    return { answer: next, write: () => store.replaceReturned(next, before, { claim }) };
  });
}
