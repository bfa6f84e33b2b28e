import type { ItemChange } from '../../shared/events/relay.ts';
import { askForBook } from './booking/ask-again.ts';
import { bookFacts } from './booking/book-facts.ts';
import { bookingsOf } from './booking/bookings-of.ts';
import { bookFromPlain } from './books/book-items.ts';
import { reviewShortPaid } from './exceptions/review-short-paid.ts';
import { type Invoice, openOf } from './invoices/invoice.ts';
import { invoiceFromPlain } from './invoices/invoice-items.ts';
import { lookAgain } from './matches/look-again.ts';
import { matchReceipts } from './matches/match-receipts.ts';
import { newsOf } from './matches/news-of.ts';
import { dismissedOf, keptOf, type Receipt } from './receipts/receipt.ts';
import { receiptFromPlain } from './receipts/receipt-items.ts';
import { heldBy } from './receipts/same-money.ts';
import type { ReturnedCredit } from './returned/returned-credit.ts';
import { returnedFromPlain } from './returned/returned-items.ts';
import { settleReturned, settleReturnedOf } from './returned/settle-returned.ts';
import type { ReceivablesTools } from './tools.ts';

export type Change = Pick<ItemChange, 'kind' | 'item' | 'previous'>;

/**
 * Works off changes of the table: facts are booked in the ledger, what waited for a book that is there now is booked too, new receipts are
 * matched, and what was held for one that counts no more, what banks took back is taken off receipts, open ones are looked at again for
 * what is new of invoices, customers and rules, and so is who had paid too little for an invoice that is paid now, or open again. New
 * receipts are matched while facts are booked: neither waits for the other. All of it is tried before the first failure is thrown.
 */
export async function workOff(tools: ReceivablesTools, changes: readonly Change[], now: Date): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  };
  const booking = attempt(() => bookFacts(tools, changes.flatMap(bookingsOf), now));
  const receipts = changes.flatMap(toMatch);
  for (const [tenant, ofTenant] of Map.groupBy(receipts, (receipt) => receipt.tenant)) {
    await attempt(async () => {
      const all = [...ofTenant, ...(await heldBy(tools.store, ofTenant.filter(countsLess)))];
      const receiptIds = [...new Set(all.map(({ id }) => id))];
      await matchReceipts(tools.store, { tenant, receiptIds }, now);
    });
  }
  await booking;
  for (const { item } of changes) {
    if (item?.kind === 'BOOK') await attempt(() => askForBook(tools, bookFromPlain(item), now));
  }
  for (const [tenant, ofTenant] of Map.groupBy(receipts, (receipt) => receipt.tenant)) {
    await attempt(() => settleReturnedOf(tools, tenant, ofTenant, now));
  }
  for (const { tenant, id } of new Map(changes.flatMap(toTakeBack)).values()) {
    await attempt(() => settleReturned(tools, { tenant, id }, now));
  }
  for (const [tenant, news] of newsOf(changes)) await attempt(() => lookAgain(tools.store, tenant, news, now));
  for (const [tenant, ofTenant] of Map.groupBy(changes.flatMap(closedOrReopened), (invoice) => invoice.tenant)) {
    await attempt(() => reviewShortPaid(tools.store, tenant, ofTenant, now));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of the work is not done.');
}

/** By what names it. */
function toTakeBack({ item }: Change): [string, ReturnedCredit][] {
  if (item?.kind !== 'RETURNED_CREDIT') return [];
  const returned = returnedFromPlain(item);
  return [[`${returned.tenant} ${returned.id}`, returned]];
}

/** An invoice of which nothing is open any more, or something is again. */
function closedOrReopened({ item, previous }: Change): Invoice[] {
  if (item?.kind !== 'INVOICE' || !previous) return [];
  const invoice = invoiceFromPlain(item);
  return openOf(invoice) > 0n === openOf(invoiceFromPlain(previous)) > 0n ? [] : [invoice];
}

/** Somebody found that it is none, or the same as another: what was held for it is to be matched. */
function countsLess(receipt: Receipt): boolean {
  return receipt.merged !== undefined || dismissedOf(receipt) > 0n;
}

/** A new receipt; one of which others told than before, who may know more of it; or one of which more counts than before, or less. */
function toMatch({ kind, item, previous }: Change): Receipt[] {
  if (item?.kind !== 'RECEIPT') return [];
  const receipt = receiptFromPlain(item);
  if (kind === 'INSERT') return [receipt];
  const before = previous && receiptFromPlain(previous);
  if (!before) return [];
  const isNews = receipt.sources.length !== before.sources.length || keptOf(receipt) !== keptOf(before);
  return isNews ? [receipt] : [];
}
