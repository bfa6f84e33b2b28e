import type { Money } from '../../../shared/http/schemas.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { defaultMatchRules } from '../matching/match-rules.ts';
import { problems } from '../problems.ts';
import { dismissReceipt } from '../receipts/dismiss-receipt.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { DismissBody } from '../receipts/receipt-shapes.ts';
import type { ReceivablesStore } from '../store.ts';
import { allocateByHand, explainNamed } from './allocate-by-hand.ts';
import { applyExplanation } from './apply-explanation.ts';
import { type DecidedReceipt, decidedOf } from './decided-receipt.ts';
import type { AllocateRequest, MatchRequest, RefundBody } from './match-shapes.ts';
import { refundReceipt } from './refund-receipt.ts';
import { requireNamed } from './require-usable.ts';
import type { Step } from './step.ts';
import { type Use, useOf } from './use.ts';

type Store = Pick<ReceivablesStore, 'readInvoices' | 'readCustomer' | 'readRules'>;

/**
 * A suggestion taken, or the invoices paid that are named. Problems: `receivables/suggestion-not-found`,
 * `receivables/receipt-exceeded` where nothing is left of the receipt, and those of requireUsable.
 */
export async function matchByHand(
  store: Store,
  receipt: Receipt,
  { suggestion, invoices = [] }: MatchRequest,
  step: Step,
): Promise<DecidedReceipt> {
  if (suggestion !== undefined) return await applied(store, receipt, suggested(receipt, suggestion), step);
  requireUnapplied(receipt);
  const read = await store.readInvoices(receipt.tenant, invoices);
  const named = requireNamed(receipt, read, invoices);
  const tolerance = await toleranceOf(store, receipt.tenant, named[0]?.customerId);
  return await applied(store, receipt, explainNamed(receipt, named, tolerance), step);
}

function suggested({ id, suggestions }: Receipt, place: number): Use {
  const chosen = suggestions[place - 1];
  if (chosen) return useOf(chosen, { alternatives: suggestions.filter((one) => one !== chosen) });
  const detail = `The receipt ${id} has ${suggestions.length} suggestions.`;
  throw problems['suggestion-not-found'].with({ detail }).at({ pointer: '/suggestion', detail });
}

function requireUnapplied(receipt: Receipt): void {
  if (unappliedOf(receipt) > 0n) return;
  const detail = `Of the receipt ${receipt.id} nothing is left.`;
  throw problems['receipt-exceeded'].with({ detail, available: presentAmount(0n, receipt.currency) });
}

async function toleranceOf(store: Store, tenant: string, customerId = '') {
  const [customer, stored] = await Promise.all([store.readCustomer(tenant, customerId), store.readRules(tenant)]);
  return customer?.tolerance ?? (stored?.rules ?? defaultMatchRules).tolerance;
}

/** Money put where somebody says. Problems: `receivables/customer-not-found`, and those of requireUsable. */
export async function allocate(
  store: Store,
  receipt: Receipt,
  { customerId, invoices, onAccount, from }: AllocateRequest,
  step: Step,
): Promise<DecidedReceipt> {
  if (!(await store.readCustomer(receipt.tenant, customerId))) {
    const detail = `There is no customer ${customerId}.`;
    throw problems['customer-not-found'].with({ detail, customerId }).at({ pointer: '/customerId', detail });
  }
  const parts = invoices.map(({ invoiceId, amount }, place) => ({
    invoiceId,
    amount: inCurrency(receipt, amount, `/invoices/${place}/amount`),
  }));
  const kept = onAccount ? inCurrency(receipt, onAccount, '/onAccount') : 0n;
  return await applied(store, receipt, allocateByHand({ customerId, invoices: parts, onAccount: kept, from }), step);
}

/** Money given back. Problems: those of refundReceipt. */
export function refund(receipt: Receipt, { amount, from, reason }: RefundBody, id: string, step: Step): DecidedReceipt {
  const minor = inCurrency(receipt, amount, '/amount');
  const fromOnAccount = from === 'ON_ACCOUNT' ? minor : 0n;
  const refunded = refundReceipt(receipt, { id, amount: minor, fromOnAccount, reason }, step);
  return { receipt: { next: refunded.receipt, before: receipt }, invoices: [], refund: refunded.refund };
}

/** What never was a receipt. Problems: those of dismissReceipt. */
export function dismiss(receipt: Receipt, { amount, reason }: DismissBody, step: Step): DecidedReceipt {
  const asked = { amount: amount && inCurrency(receipt, amount, '/amount'), reason };
  return { receipt: { next: dismissReceipt(receipt, asked, step), before: receipt }, invoices: [] };
}

function inCurrency({ currency, id }: Receipt, { minor, currency: asked }: Money, pointer: string): bigint {
  if (asked === currency) return minor;
  const detail = `The receipt ${id} is in ${currency}.`;
  throw problems['other-currency']
    .with({ detail, ...defined({ currency }) })
    .at({ pointer: `${pointer}/currency`, detail });
}

async function applied(store: Store, receipt: Receipt, use: Use, step: Step): Promise<DecidedReceipt> {
  const ids = use.allocations.map(({ invoiceId }) => invoiceId);
  const invoices = await store.readInvoices(receipt.tenant, ids);
  return decidedOf(applyExplanation(receipt, invoices, use, step), { receipt, invoices });
}
