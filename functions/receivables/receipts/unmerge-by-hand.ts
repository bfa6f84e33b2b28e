import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import type { Step } from '../matches/step.ts';
import { takeBackOthers } from '../returned/take-back.ts';
import type { ReceivablesStore } from '../store.ts';
import { findReceipt } from './find-receipt.ts';
import { unmergeReceipts } from './unmerge-receipts.ts';

/** Which merge is to be taken back: that of a receipt into another. */
export interface Unmerge {
  readonly tenant: string;
  readonly receiptId: string;
  readonly reason: string;
  readonly expectedVersion?: number;
}

/**
 * Takes a merge back once per key. Problems: `receivables/receipt-not-found`, `receivables/version-conflict`,
 * `request/idempotency-key-reused`; those of unmergeReceipts and of decideAndWrite.
 */
export async function unmergeByHand(
  store: ReceivablesStore,
  { tenant, receiptId, reason, expectedVersion }: Unmerge,
  claim: KeyClaim,
  step: Step,
): Promise<void> {
  await decideAndWrite(async () => {
    const from = await findReceipt(store, tenant, receiptId);
    // Read after the receipt: where this very request has taken it back, its key is there.
    if (await requireSameRequest(store, tenant, claim)) return { answer: undefined };
    requireVersion(expectedVersion, from.revision);
    const intoId = from.merged?.into ?? receiptId;
    // What a bank takes back is taken off first: it is one of the two that it is of.
    await takeBackOthers({ store }, tenant, [intoId], new Date(step.at));
    const into = await findReceipt(store, tenant, intoId);
    const unmerged = unmergeReceipts({ from, into }, await store.readHistory(into), reason, step);
    return { answer: undefined, write: () => store.writeMerged(unmerged, { from, into }, claim) };
  });
}
