import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { Match } from '../matches/match.ts';
import { cashOf } from '../matches/match.ts';
import { keptOf } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import type { Period } from './dso.ts';
import { dueAmounts, Expected, type PaidPart, type PeriodLength } from './expected.ts';
import { type BookFilter, bookKey, type Fact, isOf, type ReportBook } from './fact.ts';
import { ReadBudget } from './read-budget.ts';
import { forEachCustomer, forOpenInvoices, forReceipts, readHistories } from './read-facts.ts';

export interface ExpectedAsked extends BookFilter, Period {
  readonly length: PeriodLength;
  readonly today: PlainDate;
}

/** What was due before the first day and is open, by book. Minor units. */
export interface OverdueBefore extends ReportBook {
  readonly overdue: bigint;
}

/**
 * What falls due within some days and what came for it whenever it came, what came on these days and what for, less what went
 * back, and what is open from before them. By matches as they stand now. Problem: `receivables/report-too-large`.
 */
export async function readExpected(store: ReceivablesStore, tenant: string, asked: ExpectedAsked) {
  const expected = new Expected(asked, asked.length);
  const budget = new ReadBudget();
  const reading = { store, tenant, asked, expected, budget };
  await readDue(reading);
  await readReceived(reading);
  return { rows: expected.rows(), overdueBefore: await readOverdue(reading) };
}

interface Reading {
  readonly store: ReceivablesStore;
  readonly tenant: string;
  readonly asked: ExpectedAsked;
  readonly expected: Expected;
  readonly budget: ReadBudget;
}

async function readDue({ store, tenant, asked, expected, budget }: Reading): Promise<void> {
  const isWanted = isOf(asked);
  await forEachCustomer(store, tenant, {}, budget, async (facts) => {
    const due = facts.flatMap((fact) => (fact.kind === 'INVOICE' ? fact.invoice : [])).filter(isWanted);
    const within = due.filter(({ dueOn }) => asked.from <= dueOn && dueOn <= asked.to);
    if (within.length === 0) return;
    const paid = await paidParts(store, tenant, facts, within);
    for (const invoice of within) {
      expected.add(invoice, invoice.dueOn, dueAmounts(invoice, paid.get(invoice.id) ?? [], asked.today));
    }
  });
}

/** What was paid for some invoices of a customer, by invoice. */
async function paidParts(
  store: ReceivablesStore,
  tenant: string,
  facts: readonly Fact[],
  invoices: readonly Invoice[],
): Promise<Map<string, PaidPart[]>> {
  const ids = new Set(invoices.map(({ id }) => id));
  const matches = facts.flatMap((fact) => (fact.kind === 'MATCH' && !fact.match.undone ? fact.match : []));
  const paying = matches.filter(({ allocations }) => allocations.some(({ invoiceId }) => ids.has(invoiceId)));
  const receipts = await store.readReceipts(
    tenant,
    paying.map(({ receiptId }) => receiptId),
  );
  const parts = paying.flatMap((match) => partsOf(match, receipts.get(match.receiptId)?.paidOn ?? match.date));
  return Map.groupBy(
    parts.filter(({ invoiceId }) => ids.has(invoiceId)),
    ({ invoiceId }) => invoiceId,
  );
}

function partsOf({ allocations }: Match, paidOn: PlainDate): PaidPart[] {
  return allocations.map(({ invoiceId, cash, discount, charge }) => ({
    ...{ invoiceId, paidOn, cash },
    given: discount + charge,
  }));
}

async function readReceived({ store, tenant, asked, expected, budget }: Reading): Promise<void> {
  const isWanted = isOf(asked);
  await forReceipts(store, tenant, 'ALL', asked, budget, async (receipts) => {
    const histories = await readHistories(store, receipts.filter(isWanted));
    const standing = histories.map(({ receipt, matches }) => ({
      receipt,
      matches: matches.filter(({ undone }) => !undone),
    }));
    const allocations = standing.flatMap(({ matches }) => matches.flatMap((match) => match.allocations));
    const invoices = await store.readInvoices(
      tenant,
      allocations.map(({ invoiceId }) => invoiceId),
    );
    for (const { receipt, matches } of standing) {
      const period = expected.periodOf(receipt.paidOn);
      const isDue = (id: string) => {
        const dueOn = invoices.get(id)?.dueOn ?? '';
        return period.from <= dueOn && dueOn <= period.to;
      };
      const parts = matches.flatMap((match) => match.allocations);
      const forDue = sum(parts.filter(({ invoiceId }) => isDue(invoiceId)).map(({ cash }) => cash));
      const used = sum(matches.map(cashOf));
      const received = keptOf(receipt);
      const amounts = { received, forDue, forOthers: used - forDue, forNone: received - used };
      expected.add(receipt, receipt.paidOn, amounts);
    }
  });
}

async function readOverdue({ store, tenant, asked, budget }: Reading): Promise<OverdueBefore[]> {
  const isWanted = isOf(asked);
  const books = new Map<string, OverdueBefore>();
  await forOpenInvoices(store, tenant, budget, (invoice) => {
    if (invoice.dueOn >= asked.from || !isWanted(invoice)) return;
    const { legalEntity, currency } = invoice;
    const { overdue } = books.get(bookKey(invoice)) ?? { overdue: 0n };
    books.set(bookKey(invoice), { legalEntity, currency, overdue: overdue + openOf(invoice) });
  });
  return [...books].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
