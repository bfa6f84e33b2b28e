import { actOnReceipt } from '../../../functions/receivables/matches/act-on-receipt.ts';
import type { DecidedReceipt } from '../../../functions/receivables/matches/decided-receipt.ts';
import type { Step } from '../../../functions/receivables/matches/step.ts';
import { matchesToUndo, undoSeveral } from '../../../functions/receivables/matches/undo-matches.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';

/** What somebody does with a receipt, once per key. */
export function actByHand(
  store: ReceivablesStore,
  { tenant, id: receiptId }: Pick<Receipt, 'tenant' | 'id'>,
  key: string,
  { at, cause }: Step,
  decide: (current: Receipt, claimId: string) => Promise<readonly DecidedReceipt[]>,
): Promise<void> {
  const claim = { operation: 'test', key, fingerprint: key, id: deriveId('rfd', key), at, cause };
  return actOnReceipt(store, { tenant, receiptId }, claim, (current) => decide(current, claim.id));
}

/** All matches of a receipt that stand, undone. */
export async function undoneAll(store: ReceivablesStore, current: Receipt, step: Step): Promise<DecidedReceipt[]> {
  const history = await store.readHistory(current);
  return undoSeveral(store, current, matchesToUndo(history, undefined), history, '认领错误', step);
}

export function unmatchByHand(
  store: ReceivablesStore,
  receipt: Pick<Receipt, 'tenant' | 'id'>,
  step: Step,
): Promise<void> {
  return actByHand(store, receipt, `unmatch ${receipt.id}`, step, (current) => undoneAll(store, current, step));
}
