import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { requireVersion } from '../expected-version.ts';
import { changed, type Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { findReceipt } from '../receipts/find-receipt.ts';
import { type Receipt, type ReceiptException, unappliedOf } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';

type Store = Pick<ReceivablesStore, 'readReceipt' | 'replaceReceipt'>;

interface Which {
  readonly tenant: string;
  readonly receiptId: string;
  readonly expectedVersion?: number;
}

/** What is to be noted with an exception: left out it stays, null takes it away. */
export interface Assignment {
  readonly assignee?: string | null | undefined;
  readonly note?: string | null | undefined;
}

/**
 * Gives an exception to somebody, or notes something with it. Asked twice, it changes nothing the second time. Problems:
 * `receivables/receipt-not-found`, `receivables/exception-not-found`, `receivables/version-conflict`; those of decideAndWrite.
 */
export async function assignException(
  store: Store,
  { tenant, receiptId, expectedVersion }: Which,
  assignment: Assignment,
  step: Omit<Step, 'date'>,
): Promise<Receipt> {
  return decideAndWrite(async () => {
    const before = await findReceipt(store, tenant, receiptId);
    const exception = requireException(before);
    const next = assigned(exception, assignment);
    if (next.assignee === exception.assignee && next.note === exception.note) return { answer: before };
    requireVersion(expectedVersion, before.revision);
    const receipt = changed<Receipt>(before, { exception: next }, step);
    return { answer: receipt, write: () => store.replaceReceipt(receipt, before) };
  });
}

function assigned({ reason, since, ...before }: ReceiptException, { assignee, note }: Assignment): ReceiptException {
  const kept = {
    assignee: assignee === undefined ? before.assignee : (assignee ?? undefined),
    note: note === undefined ? before.note : (note ?? undefined),
  };
  return { reason, since, ...defined(kept) };
}

/**
 * Settles an exception that is looked at: that it was paid too little, or too much. Only where all money of the receipt has its
 * place. Problems: as for assignException, and `receivables/exception-open`.
 */
export async function settleException(
  store: Store,
  { tenant, receiptId }: Which,
  step: Omit<Step, 'date'>,
): Promise<Receipt> {
  return decideAndWrite(async () => {
    const before = await findReceipt(store, tenant, receiptId);
    requireException(before);
    if (unappliedOf(before) > 0n) {
      const detail = `Money of the receipt ${receiptId} is not used.`;
      throw problems['exception-open'].with({ detail, receiptId });
    }
    const { exception: _, ...rest } = changed<Receipt>(before, {}, step);
    return { answer: rest, write: () => store.replaceReceipt(rest, before) };
  });
}

function requireException({ id, exception }: Receipt): ReceiptException {
  if (exception) return exception;
  throw problems['exception-not-found'].with({ detail: `The receipt ${id} waits for nobody.`, receiptId: id });
}
