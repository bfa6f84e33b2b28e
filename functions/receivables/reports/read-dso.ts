import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { openOf } from '../invoices/invoice.ts';
import type { ReceivablesStore } from '../store.ts';
import { type DsoRow, type Period, salesOf } from './dso.ts';
import { type BookFilter, bookKey, isOf, type ReportBook } from './fact.ts';
import { openAsOf } from './open-as-of.ts';
import { ReadBudget } from './read-budget.ts';
import { forEachCustomer, forOpenInvoices } from './read-facts.ts';

export interface DsoAsked extends BookFilter, Period {
  readonly today: PlainDate;
}

/** What was owed at the end of a period and sold in it, by book. Problem: `receivables/report-too-large`. */
export async function readDso(store: ReceivablesStore, tenant: string, asked: DsoAsked): Promise<DsoRow[]> {
  const { from, to, today } = asked;
  const isWanted = isOf(asked);
  const budget = new ReadBudget();
  const rows = new Map<string, DsoRow>();
  const add = (book: ReportBook, { receivable = 0n, sales = 0n }: Partial<DsoRow>) => {
    if (!isWanted(book)) return;
    const { legalEntity, currency } = book;
    const row = rows.get(bookKey(book)) ?? { legalEntity, currency, receivable: 0n, sales: 0n };
    rows.set(bookKey(book), { ...row, receivable: row.receivable + receivable, sales: row.sales + sales });
  };
  const isPast = to < today;
  await forEachCustomer(store, tenant, { ...(!isPast && { from }), to }, budget, (facts) => {
    for (const { invoice, open } of isPast ? openAsOf(facts, to) : []) add(invoice, { receivable: open });
    for (const sale of facts.flatMap((fact) => salesOf(fact, asked) ?? [])) add(sale, { sales: sale.sales });
  });
  if (!isPast) {
    await forOpenInvoices(store, tenant, budget, (invoice) => add(invoice, { receivable: openOf(invoice) }));
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
