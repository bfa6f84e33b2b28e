import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { requireVersion } from '../expected-version.ts';
import { findReceipt } from '../receipts/find-receipt.ts';
import { requireNotMerged } from '../receipts/merge-receipts.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import type { DecidedReceipt } from './decided-receipt.ts';

/** A receipt that somebody does something with. */
export interface ActedOn {
  readonly tenant: string;
  readonly receiptId: string;
  readonly expectedVersion?: number;
}

/**
 * Does something with a receipt once per key: what is decided on it as it stands is written with the record of the key, and
 * decided anew where another was faster. What is written in several steps is carried on where it broke off. Problems:
 * `receivables/receipt-not-found`, `receivables/receipt-merged`, `receivables/version-conflict`,
 * `request/idempotency-key-reused`; what deciding refuses; and those of decideAndWrite.
 */
export async function actOnReceipt(
  store: ReceivablesStore,
  { tenant, receiptId, expectedVersion }: ActedOn,
  claim: KeyClaim,
  decide: (receipt: Receipt) => Promise<readonly DecidedReceipt[]>,
): Promise<void> {
  await decideAndWrite(async () => {
    const receipt = await findReceipt(store, tenant, receiptId);
    // Read after the receipt: where this very request has changed it, its key is there.
    if (await requireSameRequest(store, tenant, claim)) return { answer: undefined };
    requireNotMerged(receipt);
    requireVersion(expectedVersion, receipt.revision);
    const decided = await decide(receipt);
    const write = async () => {
      for (const [place, one] of decided.entries()) {
        await store.writeDecided(one, place === decided.length - 1 ? claim : undefined);
      }
    };
    return { answer: undefined, write };
  });
}
