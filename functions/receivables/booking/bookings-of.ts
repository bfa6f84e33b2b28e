import type { ItemChange } from '../../../shared/events/relay.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Invoice, InvoiceReduction } from '../invoices/invoice.ts';
import { invoiceFromPlain, reductionFromPlain } from '../invoices/invoice-items.ts';
import type { Match } from '../matches/match.ts';
import { matchFromPlain } from '../matches/match-items.ts';
import { type Receipt, type Refund, type RefundKind, refundKind } from '../receipts/receipt.ts';
import { receiptFromPlain, refundFromPlain } from '../receipts/receipt-items.ts';
import type { Booking } from './booking.ts';
import * as legs from './legs-of.ts';

type Change = Pick<ItemChange, 'kind' | 'item' | 'previous'>;

/** What the ledger is to book for a change of the table; nothing, often. The same change gives the same names every time. */
export function bookingsOf({ kind, item, previous }: Change): Booking[] {
  if (!item || kind === 'REMOVE') return [];
  if (kind === 'INSERT') return insertedBookings(item);
  if (!previous) return [];
  if (item.kind === 'RECEIPT') {
    const [next, before] = [receiptFromPlain(item), receiptFromPlain(previous)];
    const merges = [...mergedBookings(next, before), ...unmergedBookings(next, before)];
    return [...merges, ...dismissedBookings(next, before), ...reopenedBookings(next, before)];
  }
  return item.kind === 'MATCH' ? undoneBookings(matchFromPlain(item), matchFromPlain(previous)) : [];
}

function insertedBookings(item: NonNullable<Change['item']>): Booking[] {
  if (item.kind === 'INVOICE') return [invoiceBooking(invoiceFromPlain(item))];
  if (item.kind === 'CREDIT_NOTE' || item.kind === 'WRITE_OFF') return [reductionBooking(reductionFromPlain(item))];
  if (item.kind === 'RECEIPT') return [receiptBooking(receiptFromPlain(item))];
  if (item.kind === 'MATCH') return [matchBooking(matchFromPlain(item))];
  return item.kind === 'REFUND' ? [refundBooking(refundFromPlain(item))] : [];
}

/** What all facts say of where they belong. */
type Fact = Pick<Receipt, 'tenant' | 'id' | 'legalEntity' | 'currency' | 'cause'>;

function booking(
  { tenant, id, legalEntity, currency, cause }: Fact,
  rest: Pick<Booking, 'legs' | 'description' | 'references'>,
  ...became: string[]
): Booking {
  return { tenant, name: [id, ...became], legalEntity, currency, cause, ...rest };
}

function invoiceBooking(invoice: Invoice): Booking {
  return booking(invoice, {
    legs: legs.legsOfInvoice(invoice),
    description: '应收 Invoice issued',
    references: { invoiceId: invoice.id, customerId: invoice.customerId },
  });
}

function reductionBooking(reduction: InvoiceReduction): Booking {
  const { invoiceId, customerId, kind } = reduction;
  const description = kind === 'CREDIT_NOTE' ? '红字发票 Credit note' : '坏账 Written off';
  return booking(reduction, {
    legs: legs.legsOfReduction(reduction),
    description,
    references: { invoiceId, customerId },
  });
}

function receiptBooking(receipt: Receipt): Booking {
  return booking(receipt, {
    legs: legs.legsOfReceipt(receipt),
    description: '收款 Receipt',
    references: { receiptId: receipt.id, paidOn: receipt.paidOn },
  });
}

/** The other receipt is booked already. */
function mergedBookings(next: Receipt, before: Receipt): Booking[] {
  if (!next.merged || before.merged) return [];
  const references = { receiptId: next.id, mergedInto: next.merged.into };
  const merged = {
    legs: legs.turnedRound(legs.legsOfReceipt({ amount: next.amount, ...next.merged.leaves })),
    description: '收款合并 Receipt merged',
    references,
  };
  return [booking(next, merged, 'merged', ...again(next.unmerged))];
}

/** What was turned round is booked as it was. */
function unmergedBookings(next: Receipt, { merged }: Receipt): Booking[] {
  if (next.merged || !merged) return [];
  const unmerged = {
    legs: legs.legsOfReceipt({ amount: next.amount, ...merged.leaves }),
    description: '撤销收款合并 Merge of a receipt undone',
    references: { receiptId: next.id, mergedInto: merged.into },
  };
  return [booking(next, unmerged, 'unmerged', ...again(next.unmerged?.slice(1)))];
}

/** What tells something that happens to a receipt again from the first time. */
function again(before: readonly unknown[] = []): string[] {
  return before.length === 0 ? [] : [String(before.length + 1)];
}

function dismissedBookings(next: Receipt, { dismissals: before = [] }: Receipt): Booking[] {
  const { id, dismissals = [], cashAccountId } = next;
  return dismissals.slice(before.length).map(({ amount }, place) => {
    const dismissed = {
      legs: legs.turnedRound(legs.legsOfReceipt({ amount, ...defined({ cashAccountId }) })),
      description: '收款作废 Receipt dismissed',
      references: { receiptId: id },
    };
    return booking(next, dismissed, 'dismissed', String(before.length + place + 1));
  });
}

/** What was dismissed is booked as it was. */
function reopenedBookings(next: Receipt, { dismissals: before = [] }: Receipt): Booking[] {
  const { id, dismissals = [], cashAccountId } = next;
  return dismissals.flatMap(({ amount, undone }, place) => {
    if (!undone || before[place]?.undone) return [];
    const reopened = {
      legs: legs.legsOfReceipt({ amount, ...defined({ cashAccountId }) }),
      description: '撤销收款作废 Receipt counts again',
      references: { receiptId: id },
    };
    return booking(next, reopened, 'dismissed', String(place + 1), 'undone');
  });
}

function matchBooking(match: Match): Booking {
  return booking(match, {
    legs: legs.legsOfMatch(match),
    description: '核销 Match',
    references: matchReferences(match),
  });
}

function undoneBookings(next: Match, before: Match): Booking[] {
  if (!next.undone || before.undone) return [];
  const { cause } = next.undone;
  const undone = { legs: legs.turnedRound(legs.legsOfMatch(next)), description: '撤销核销 Match undone' };
  return [booking({ ...next, cause }, { ...undone, references: matchReferences(next) }, 'undone')];
}

function matchReferences({ receiptId, customerId, rule }: Match) {
  return { receiptId, customerId, rule };
}

function refundBooking(refund: Refund): Booking {
  const { receiptId, customerId } = refund;
  const references = { receiptId, ...defined({ customerId }) };
  return booking(refund, { legs: legs.legsOfRefund(refund), description: refundNames[refundKind(refund)], references });
}

const refundNames: Readonly<Record<RefundKind, string>> = {
  REFUND: '退款 Refund',
  RETURNED: '退汇 Taken back by the bank',
  RETURN_REVERSED: '退汇冲回 Not taken back by the bank',
  ON_ACCOUNT_RESTORED: '预收冲回 On account again',
};
