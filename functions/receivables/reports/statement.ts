import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Invoice, InvoiceReduction } from '../invoices/invoice.ts';
import { cashOf, clearedBy, type Match } from '../matches/match.ts';
import { type Refund, refundKind, refundKinds } from '../receipts/receipt.ts';
import type { Period } from './dso.ts';
import { bookKey, type Fact, type ReportBook, undoneOn } from './fact.ts';

export const statementKinds = [
  'INVOICE',
  'CREDIT_NOTE',
  'WRITE_OFF',
  'PAYMENT',
  'PAYMENT_UNDONE',
  ...refundKinds,
] as const;

/** One line of a statement of account. Minor units. */
export interface StatementLine extends ReportBook {
  readonly date: PlainDate;
  /** ISO instant: what came first on a day. */
  readonly at: string;
  readonly kind: (typeof statementKinds)[number];
  readonly id: string;
  /** The number of the invoice or credit note, and of the invoices that a payment is for. */
  readonly numbers: readonly string[];
  /** What the balance changes by. */
  readonly effect: bigint;
  /** Of a payment: money, discount and charge, and what of the money went on account (less what it took from there). */
  readonly paid?: Readonly<Record<'cash' | 'discount' | 'charge' | 'onAccount', bigint>>;
  readonly receiptId?: string;
  readonly reason?: string;
}

/** What one book of a customer comes to. */
export interface StatementAccount extends ReportBook {
  readonly opening: bigint;
  readonly closing: bigint;
}

export interface Statement {
  readonly accounts: readonly StatementAccount[];
  /** By day, then moment, each with the balance of its book after it. */
  readonly lines: readonly (StatementLine & { readonly balance: bigint })[];
}

/**
 * A customer's statement of account, by all facts up to its last day. A balance is what is open of invoices less what is on
 * account; money that nobody knows the use of is in none.
 */
export function statementOf(facts: readonly Fact[], { from, to }: Period): Statement {
  const numbers = new Map(
    facts.flatMap((fact) => (fact.kind === 'INVOICE' ? [[fact.invoice.id, fact.invoice.number] as const] : [])),
  );
  const all = facts.flatMap((fact) => linesOf(fact, numbers)).filter(({ date }) => date <= to);
  const balances = new Map<string, StatementAccount>();
  const lines: (StatementLine & { readonly balance: bigint })[] = [];
  for (const line of all.sort(byTime)) {
    const { legalEntity, currency, effect } = line;
    const before = balances.get(bookKey(line)) ?? { legalEntity, currency, opening: 0n, closing: 0n };
    const closing = before.closing + effect;
    const isBefore = line.date < from;
    balances.set(bookKey(line), { ...before, closing, ...(isBefore && { opening: closing }) });
    if (!isBefore) lines.push({ ...line, balance: closing });
  }
  const accounts = [...balances].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, account]) => account);
  return { accounts, lines };
}

/** Where a line stands among the others of its statement. */
export function linePlace({ date, at, id, kind }: Pick<StatementLine, 'date' | 'at' | 'id' | 'kind'>): string {
  return `${date}#${at}#${id}#${kind}`;
}

function byTime(one: StatementLine, other: StatementLine): number {
  return linePlace(one) < linePlace(other) ? -1 : 1;
}

function linesOf(fact: Fact, numbers: ReadonlyMap<string, string>): StatementLine[] {
  if (fact.kind === 'INVOICE') return [invoiceLine(fact.invoice)];
  if (fact.kind === 'REDUCTION') return [reductionLine(fact.reduction, numbers)];
  if (fact.kind === 'MATCH') return matchLines(fact.match, numbers);
  return fact.kind === 'REFUND' ? [refundLine(fact.refund)] : [];
}

function invoiceLine({ id, number, legalEntity, currency, issuedOn: date, createdAt: at, amount }: Invoice) {
  return { kind: 'INVOICE', id, numbers: [number], legalEntity, currency, date, at, effect: amount } as const;
}

function reductionLine(reduction: InvoiceReduction, numbers: ReadonlyMap<string, string>): StatementLine {
  const { kind, id, number, invoiceId, legalEntity, currency, date, at, amount, reason } = reduction;
  const named = [number, numbers.get(invoiceId)].flatMap((one) => one ?? []);
  return { kind, id, numbers: named, legalEntity, currency, date, at, effect: -amount, reason };
}

function matchLines(match: Match, numbers: ReadonlyMap<string, string>): StatementLine[] {
  const { id, receiptId, legalEntity, currency, date, madeAt: at, allocations, undone } = match;
  const onAccount = match.onAccount - match.fromOnAccount;
  const effect = -sum(allocations.map(clearedBy)) - onAccount;
  const paid = {
    cash: cashOf(match) + onAccount,
    discount: sum(allocations.map(({ discount }) => discount)),
    charge: sum(allocations.map(({ charge }) => charge)),
    onAccount,
  };
  const named = allocations.flatMap(({ invoiceId }) => numbers.get(invoiceId) ?? []);
  const made = {
    kind: 'PAYMENT',
    id,
    receiptId,
    numbers: named,
    legalEntity,
    currency,
    date,
    at,
    effect,
    paid,
  } as const;
  if (!undone) return [made];
  const back = { cash: -paid.cash, discount: -paid.discount, charge: -paid.charge, onAccount: -paid.onAccount };
  const told = { date: undoneOn(match) ?? date, at: undone.at, effect: -effect, paid: back, reason: undone.reason };
  return [made, { ...made, kind: 'PAYMENT_UNDONE', ...told }];
}

/** What was not used lowers no balance when it goes back. */
function refundLine(refund: Refund): StatementLine {
  const { id, receiptId, legalEntity, currency, date, at, fromOnAccount, amount, reason } = refund;
  const paid = { cash: -amount, discount: 0n, charge: 0n, onAccount: -fromOnAccount };
  const of = { id, receiptId, numbers: [], legalEntity, currency, date, at, reason };
  return { kind: refundKind(refund), ...of, effect: fromOnAccount, paid };
}
