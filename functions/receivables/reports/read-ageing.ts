import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { openOf } from '../invoices/invoice.ts';
import type { ReceivablesStore } from '../store.ts';
import { Ageing } from './ageing.ts';
import { type BookFilter, isOf } from './fact.ts';
import { moneyAsOf, moneyNow } from './money-as-of.ts';
import { openAsOf } from './open-as-of.ts';
import { ReadBudget } from './read-budget.ts';
import { forEachCustomer, forOpenInvoices, forReceipts, readHistories } from './read-facts.ts';

/** Of which day, which books, and what day it is. */
export interface AgeingAsked extends BookFilter {
  readonly asOf: PlainDate;
  readonly today: PlainDate;
}

/**
 * What was owed at the end of a day, by age, with the money that paid nothing. From today on it is what is open, and sums to the
 * ledger when all is quiet; of an earlier day it is folded from the facts, all that happened up to then. Problem:
 * `receivables/report-too-large`.
 */
export async function readAgeing(store: ReceivablesStore, tenant: string, asked: AgeingAsked): Promise<Ageing> {
  return asked.asOf >= asked.today ? ageingNow(store, tenant, asked) : ageingThen(store, tenant, asked);
}

async function ageingNow(store: ReceivablesStore, tenant: string, { asOf, ...filter }: AgeingAsked) {
  const ageing = new Ageing(asOf);
  const isWanted = isOf(filter);
  const budget = new ReadBudget();
  await forOpenInvoices(store, tenant, budget, (invoice) => {
    if (isWanted(invoice)) ageing.addOpen({ invoice, open: openOf(invoice) });
  });
  await forReceipts(store, tenant, 'HELD', {}, budget, (receipts) => {
    for (const receipt of receipts.filter(isWanted)) {
      for (const money of moneyNow(receipt)) ageing.addMoney(receipt, money);
    }
  });
  return ageing;
}

async function ageingThen(store: ReceivablesStore, tenant: string, { asOf, ...filter }: AgeingAsked) {
  const ageing = new Ageing(asOf);
  const isWanted = isOf(filter);
  const budget = new ReadBudget();
  const upTo = { to: asOf };
  await forEachCustomer(store, tenant, upTo, budget, (facts) => {
    for (const open of openAsOf(facts, asOf)) if (isWanted(open.invoice)) ageing.addOpen(open);
  });
  await forReceipts(store, tenant, 'ALL', upTo, budget, async (receipts) => {
    for (const { receipt, ...history } of await readHistories(store, receipts.filter(isWanted))) {
      for (const money of moneyAsOf(receipt, history, asOf)) ageing.addMoney(receipt, money);
    }
  });
  return ageing;
}
