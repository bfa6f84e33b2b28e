import { closePage, openPage, type Page, takeEntry } from '../../../functions/statements/page.ts';
import type { StatementBalance, StatementEntry, StatementHeader } from '../../../shared/formats/statement-events.ts';

/** Builders for tests: euro amounts in cents. */
export function balance(type: string, amount: bigint, more: Partial<StatementBalance> = {}): StatementBalance {
  return { type, amount, currency: 'EUR', date: '2026-03-02', ...more };
}

export function entry(amount: bigint, more: Partial<StatementEntry> = {}): StatementEntry {
  return {
    index: 1,
    amount,
    currency: 'EUR',
    creditDebit: amount < 0n ? 'DEBIT' : 'CREDIT',
    reversal: false,
    status: 'BOOKED',
    bookingDate: '2026-03-02',
    references: {},
    details: [],
    detailsCount: 0,
    flags: [],
    ...more,
  };
}

interface PageParts {
  readonly header?: Partial<StatementHeader>;
  readonly entries?: readonly StatementEntry[];
  readonly balances?: readonly StatementBalance[];
}

export function page({ header, entries = [], balances = [] }: PageParts): Page {
  const open = openPage({
    format: 'MT940',
    sequenceNumber: '41',
    account: { iban: 'DE75512108001245126199', currency: 'EUR' },
    ...header,
  });
  for (const one of entries) takeEntry(open, one);
  return closePage(open, { balances, entries: entries.length, flags: [] });
}
