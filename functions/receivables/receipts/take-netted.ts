import pLimit from 'p-limit';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { type Netted, type NettedPart, readNetted } from '../../../shared/events/netted.ts';
import { smaller } from '../../../shared/money/compare.ts';
import type { Invoice } from '../invoices/invoice.ts';
import { openOf } from '../invoices/invoice.ts';
import { applyExplanation } from '../matches/apply-explanation.ts';
import { type DecidedReceipt, decidedOf } from '../matches/decided-receipt.ts';
import type { Step } from '../matches/step.ts';
import { surely, type Use } from '../matches/use.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Receipt } from './receipt.ts';
import { newReceipt, receiptIdOfNetting } from './receipt-draft.ts';

type Store = Pick<ReceivablesStore, 'readReceipt' | 'readInvoice' | 'createDecided'>;

const invoicesAtOnceMax = 8;

/**
 * Pays the invoices that a netting cycle has settled: each by a receipt of its own, which is used in the same write. What is not open
 * any more, for the invoice was paid otherwise since the cut-off, is the customer's and stands on account. Told twice it counts once,
 * also where the match was undone since. Of other sources: nothing. Throws, after all was tried, where one could not be written.
 */
export async function takeNetted(store: Store, event: DomainEvent, now: Date): Promise<void> {
  const netted = readNetted(event, 'INVOICES');
  if (!netted) return;
  const { tenant, actor: cause } = event;
  const step: Step = { at: now.toISOString(), date: netted.valueDate, cause };
  const limit = pLimit(invoicesAtOnceMax);
  const done = await Promise.allSettled(
    netted.parts.map((part) => limit(() => takePart(store, tenant, { netted, part, told: event }, step))),
  );
  const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some invoices that were netted could not be paid.');
}

interface PaidPart {
  readonly netted: Netted;
  readonly part: NettedPart;
  readonly told: Pick<DomainEvent, 'occurredAt'>;
}

function takePart(store: Store, tenant: string, paid: PaidPart, step: Step): Promise<void> {
  const { subject: invoiceId, reference } = paid.part;
  const receiptId = receiptIdOfNetting(tenant, paid.netted.cycleId, reference);
  return decideAndWrite(async () => {
    if (await store.readReceipt(tenant, receiptId)) return { answer: undefined };
    const invoice = await store.readInvoice(tenant, invoiceId);
    if (!invoice) throw new Error(`There is no invoice ${invoiceId}, and it was netted.`);
    const decided = payNetted(invoice, nettedReceipt(receiptId, invoice, paid, step), step);
    return { answer: undefined, write: () => store.createDecided(decided) };
  });
}

/** It lies where the book has what names no account: what the centre pays or takes of all is booked against that. */
function nettedReceipt(id: string, invoice: Invoice, { netted, part, told }: PaidPart, step: Step): Receipt {
  const { tenant, legalEntity } = invoice;
  const { cycleId, valueDate: paidOn } = netted;
  const { amount, currency } = part;
  const draft = {
    ...{ legalEntity, currency, amount, paidOn, payer: {} },
    ...{ texts: [`轧差 Netting ${cycleId}`], references: { nettingCycleId: cycleId } },
  };
  return newReceipt(tenant, id, draft, { kind: 'NETTING', id: cycleId, at: told.occurredAt }, step);
}

/** A receipt of netting, wholly used: on its invoice as far as that is open, the rest on account. */
export function payNetted(invoice: Invoice, receipt: Receipt, step: Step): DecidedReceipt {
  const cash = smaller(receipt.amount, openOf(invoice));
  const use: Use = {
    ...{ rule: 'NETTING', score: surely, customerId: invoice.customerId, evidence: [], alternatives: [] },
    allocations: cash > 0n ? [{ invoiceId: invoice.id, cash, discount: 0n, charge: 0n }] : [],
    ...{ onAccount: receipt.amount - cash, fromOnAccount: 0n },
  };
  const invoices = new Map([[invoice.id, invoice]]);
  return decidedOf(applyExplanation(receipt, invoices, use, step), { receipt, invoices });
}
