import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { requireVersion } from '../expected-version.ts';
import { changed } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { findReceipt } from '../receipts/find-receipt.ts';
import { requireNotMerged } from '../receipts/merge-receipts.ts';
import { keptOf, type Receipt } from '../receipts/receipt.ts';
import type { ReceivablesTools } from '../tools.ts';
import { type ReturnedCredit, type ReturnedPart, restOf, returnedState } from './returned-credit.ts';
import { takeBack, takeBackOthers } from './take-back.ts';

/** Which receipt somebody says a returned credit is of; with an amount of minor units, what of it, else all that is left. */
export interface Assignment {
  readonly tenant: string;
  readonly returnedId: string;
  readonly receiptId: string;
  readonly amount?: { readonly minor: bigint; readonly currency: string };
  readonly expectedVersion?: number;
}

/**
 * Takes a returned credit, or a part of it, off a receipt once per key. Problems: `receivables/returned-credit-not-found`,
 * `receivables/receipt-not-found`, `receivables/receipt-merged`, `receivables/version-conflict`,
 * `request/idempotency-key-reused`; those of requirePart and of decideAndWrite.
 */
export async function assignReturned(
  tools: Pick<ReceivablesTools, 'store'>,
  { tenant, returnedId, receiptId, amount, expectedVersion }: Assignment,
  claim: KeyClaim,
  now: Date,
): Promise<ReturnedCredit> {
  const { store } = tools;
  const assigned = await decideAndWrite(async () => {
    const before = await findReturned(store, tenant, returnedId);
    // Read after it: where this very request has assigned it, its key is there.
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    await takeBackOthers(tools, tenant, [receiptId], now);
    const receipt = await findReceipt(store, tenant, receiptId, '/receiptId');
    requireNotMerged(receipt, '/receiptId');
    requireVersion(expectedVersion, before.revision);
    const part = requirePart(before, receipt, amount);
    const { waits, ...rest } = changed<ReturnedCredit>(before, { parts: [...before.parts, part] }, claim);
    const next = restOf(rest) > 0n && waits ? { ...rest, waits } : rest;
    return { answer: next, write: () => store.replaceReturned(next, before, { claim, receipts: [receipt] }) };
  });
  await takeBack(tools, assigned, now);
  return assigned;
}

/** Problem: `receivables/returned-credit-not-found`. */
export async function findReturned(
  store: Pick<ReceivablesTools['store'], 'readReturned'>,
  tenant: string,
  returnedId: string,
): Promise<ReturnedCredit> {
  const returned = await store.readReturned(tenant, returnedId);
  if (returned) return returned;
  const detail = `There is no returned credit ${returnedId}.`;
  throw problems['returned-credit-not-found'].with({ detail, returnedCreditId: returnedId });
}

/** Problems: `receivables/returned-credit-assigned`, `receivables/returned-credit-dismissed`. */
export function requireOpen(returned: ReturnedCredit): void {
  const { id, parts, dismissed } = returned;
  const state = returnedState(returned);
  if (state === 'ASSIGNED') {
    const receiptIds = parts.map((part) => part.receiptId);
    const detail = `The returned credit ${id} is taken off ${receiptIds.join(', ')}.`;
    throw problems['returned-credit-assigned'].with({ detail, receiptIds });
  }
  if (state === 'DISMISSED') {
    const detail = `The returned credit ${id} was dismissed: ${dismissed}`;
    throw problems['returned-credit-dismissed'].with({ detail });
  }
}

/**
 * What is to be taken off a receipt, once it is sure that it may. Problems: those of requireOpen,
 * `receivables/returned-credit-differs`, `receivables/returned-credit-exceeded`, `receivables/receipt-exceeded`.
 */
export function requirePart(returned: ReturnedCredit, receipt: Receipt, asked: Assignment['amount']): ReturnedPart {
  requireOpen(returned);
  requireSameAccount(returned, receipt);
  const amount = requireAmount(returned, restOf(returned), asked);
  requireEnough(receipt, amount);
  return { receiptId: receipt.id, amount };
}

/** Where nobody but a person told of a receipt, and on no account, its money lies and goes back where the book has it. */
function requireSameAccount(returned: ReturnedCredit, receipt: Receipt): void {
  const isAnywhere = receipt.cashAccountId === undefined && receipt.sources.every(({ kind }) => kind === 'BY_HAND');
  const names = (['legalEntity', 'currency', 'cashAccountId'] as const).slice(0, isAnywhere ? 2 : 3);
  const differs = names.filter((name) => returned[name] !== receipt[name]);
  if (differs.length === 0) return;
  const detail = `The returned credit ${returned.id} and the receipt ${receipt.id} differ in ${differs.join(', ')}.`;
  const tell = (one: Pick<Receipt, (typeof names)[number]>) =>
    Object.fromEntries(names.flatMap((name) => (one[name] === undefined ? [] : [[name, one[name]]])));
  const facts = { differs, returnedCredit: tell(returned), receipt: tell(receipt) };
  throw problems['returned-credit-differs'].with({ detail, ...facts }).at({ pointer: '/receiptId', detail });
}

function requireAmount(returned: ReturnedCredit, rest: bigint, asked: Assignment['amount']): bigint {
  if (!asked) return rest;
  const { id, currency } = returned;
  if (asked.currency !== currency) {
    const detail = `The returned credit ${id} is in ${currency}, the amount in ${asked.currency}.`;
    const facts = { differs: ['currency'], currency };
    throw problems['returned-credit-differs'].with({ detail, ...facts }).at({ pointer: '/amount/currency', detail });
  }
  if (asked.minor <= rest) return asked.minor;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const detail = `Of the returned credit ${id} ${show(rest).amount} ${currency} is left; ${show(asked.minor).amount} is asked for.`;
  const facts = { available: show(rest), required: show(asked.minor) };
  throw problems['returned-credit-exceeded'].with({ detail, ...facts }).at({ pointer: '/amount/amount', detail });
}

function requireEnough(receipt: Receipt, amount: bigint): void {
  const { id, currency } = receipt;
  const kept = keptOf(receipt);
  if (amount <= kept) return;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const detail = `Of the receipt ${id} ${show(kept).amount} ${currency} did not go back yet; ${show(amount).amount} is to be taken off.`;
  const facts = { available: show(kept), required: show(amount) };
  throw problems['receipt-exceeded'].with({ detail, ...facts }).at({ pointer: '/receiptId', detail });
}
