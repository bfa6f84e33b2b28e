import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import type { Step } from '../matches/step.ts';
import { takeBackOthers } from '../returned/take-back.ts';
import type { ReceivablesStore } from '../store.ts';
import { findReceipt } from './find-receipt.ts';
import { mergeReceipts } from './merge-receipts.ts';

/** Which receipt is to be merged into which. */
export interface Merge {
  readonly tenant: string;
  readonly receiptId: string;
  readonly into: string;
  readonly expectedVersion?: number;
}

/**
 * Merges a receipt into another once per key. Problems: `receivables/receipt-not-found` of either,
 * `receivables/version-conflict`, `request/idempotency-key-reused`; those of mergeReceipts and of decideAndWrite.
 */
export async function mergeByHand(
  store: ReceivablesStore,
  { tenant, receiptId, into: intoId, expectedVersion }: Merge,
  claim: KeyClaim,
  step: Step,
): Promise<void> {
  await decideAndWrite(async () => {
    // What a bank takes back of either is taken off it first: of what went nothing is left that it could be taken off.
    await takeBackOthers({ store }, tenant, [receiptId, intoId], new Date(step.at));
    const from = await findReceipt(store, tenant, receiptId);
    const into = await findReceipt(store, tenant, intoId, '/into');
    // Read after the receipts: where this very request has merged them, its key is there.
    if (await requireSameRequest(store, tenant, claim)) return { answer: undefined };
    requireVersion(expectedVersion, from.revision);
    const merged = mergeReceipts({ from, into }, step);
    return { answer: undefined, write: () => store.writeMerged(merged, { from, into }, claim) };
  });
}
