import { createHash } from 'node:crypto';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { requireSameRequest } from '../../../shared/http/key-claim.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findVirtualAccount } from './find-virtual-account.ts';
import type { Receipt } from './receipt.ts';
import { newReceipt, type ReceiptDraft } from './receipt-draft.ts';
import { pointedBy } from './receipt-pointers.ts';

/**
 * Records money that came, told by hand; the same key, and the same number with the same content, records it once, whatever has
 * become of its account since. Problems:
 * `receivables/receipt-number-taken`, `receivables/cash-account`, `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createReceipt(
  tools: ReceivablesTools,
  tenant: string,
  draft: ReceiptDraft & { readonly number: string },
  claim: KeyClaim,
): Promise<Receipt> {
  const { store } = tools;
  const { id, at, cause } = claim;
  const virtualAccountKey = await findVirtualAccount(tools, tenant, draft.legalEntity, draft);
  const source = { kind: 'BY_HAND' as const, id: draft.number, at };
  const told = virtualAccountKey === undefined ? draft : { ...draft, virtualAccountKey };
  const receipt = { ...newReceipt(tenant, id, told, source, { at, cause }), toldHash: hashOf(draft) };
  return decideAndWrite(async () => {
    const before = await store.readReceipt(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    if (await requireSameRequest(store, tenant, claim)) return { answer: before ?? receipt };
    if (!before) {
      await requireCashAccount(tools, tenant, draft);
      const { cashAccountId } = receipt;
      await store.writeReceiptPointers([
        pointedBy(receipt, { toldBy: 'HAND', ...defined({ accountId: cashAccountId }) }),
      ]);
      return { answer: receipt, write: () => store.createReceipt(receipt, claim) };
    }
    if (before.toldHash === receipt.toldHash) {
      return { answer: before, write: () => store.noteKey(tenant, claim) };
    }
    const detail = `The receipt ${id} has the number ${draft.number}.`;
    throw problems['receipt-number-taken'].with({ detail, receiptId: id }).at({ pointer: '/number', detail });
  });
}

/** Of what was told, whatever is learnt of the same money from others. */
function hashOf({ amount, ...content }: ReceiptDraft): string {
  const text = canonicalJson({ ...content, amount: String(amount) });
  return createHash('sha256').update(text).digest('hex');
}

async function requireCashAccount(
  { ledger }: ReceivablesTools,
  tenant: string,
  { cashAccountId, legalEntity, currency }: ReceiptDraft,
): Promise<void> {
  if (cashAccountId === undefined) return;
  const account = (await ledger.readAccounts(tenant, [cashAccountId])).get(cashAccountId);
  const fault =
    account === undefined
      ? `There is no account ${cashAccountId}.`
      : account.currency !== currency
        ? `The account is in ${account.currency}, the money in ${currency}.`
        : account.holder !== legalEntity
          ? `The account is held by ${account.holder}, not by ${legalEntity}.`
          : account.status === 'CLOSED'
            ? 'The account is closed.'
            : undefined;
  if (fault !== undefined)
    throw problems['cash-account'].with({ detail: fault }).at({ pointer: '/cashAccountId', detail: fault });
}
