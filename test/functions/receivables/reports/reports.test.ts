import { describe, expect, it } from 'vitest';
import type { InvoiceReduction } from '../../../../functions/receivables/invoices/invoice.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { Ageing, bucketOf } from '../../../../functions/receivables/reports/ageing.ts';
import { daysOf, dsoTenths, tenthsText } from '../../../../functions/receivables/reports/dso.ts';
import { dueAmounts, periodOf } from '../../../../functions/receivables/reports/expected.ts';
import { moneyAsOf } from '../../../../functions/receivables/reports/money-as-of.ts';
import { openAsOf } from '../../../../functions/receivables/reports/open-as-of.ts';
import { statementOf } from '../../../../functions/receivables/reports/statement.ts';
import { statementCsv } from '../../../../functions/receivables/reports/statement-csv.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { aReceipt, byId, paying, step } from '../receipt-samples.ts';
import { anInvoice, at, cause, entity } from '../samples.ts';

const due = '2026-04-01';
const book = { legalEntity: entity, currency: 'CNY' };

describe('the age of an invoice', () => {
  it.each([
    [-1, 'notDue'],
    [0, 'notDue'],
    [1, 'days1To30'],
    [30, 'days1To30'],
    [31, 'days31To60'],
    [60, 'days31To60'],
    [61, 'days61To90'],
    [90, 'days61To90'],
    [91, 'over90'],
  ])('%i days past due is in %s', (days, bucket) => {
    expect(bucketOf(due, addDays(due, days))).toBe(bucket);
  });

  it('is by customer and book, and money that pays nothing stands beside and changes none', () => {
    const ageing = new Ageing('2026-05-01');
    ageing.addOpen({ invoice: anInvoice(), open: 70_000n });
    ageing.addOpen({ invoice: anInvoice({ customerId: 'cus_0', dueOn: '2026-03-31' }), open: 5n });
    ageing.addMoney(book, { customerId: anInvoice().customerId, unapplied: 0n, onAccount: 900n });
    ageing.addMoney(book, { unapplied: 300n, onAccount: 0n });
    expect(ageing.totals()).toEqual([
      {
        ...{ ...book, notDue: 0n, days1To30: 70_000n, days31To60: 5n, days61To90: 0n, over90: 0n },
        ...{ total: 70_005n, unapplied: 300n, onAccount: 900n },
      },
    ]);
    expect(ageing.rows().map(({ customerId, total }) => [customerId, total])).toEqual([
      [undefined, 0n],
      ['cus_0', 5n],
      [anInvoice().customerId, 70_000n],
    ]);
  });
});

describe('days sales outstanding', () => {
  it('are 36.0 of 3.6 million against 9 million in 90 days', () => {
    const days = daysOf({ from: '2026-01-01', to: '2026-03-31' });
    expect(days).toBe(90);
    const tenths = dsoTenths({ ...book, receivable: 360_000_000n, sales: 900_000_000n }, days);
    expect(tenthsText(tenths ?? 0n)).toBe('36.0');
  });

  it('are rounded half up to a tenth: 1 / 40 × 2 = 0.05 is 0.1', () => {
    expect(tenthsText(dsoTenths({ ...book, receivable: 1n, sales: 40n }, 2) ?? 0n)).toBe('0.1');
    expect(tenthsText(dsoTenths({ ...book, receivable: 1n, sales: 41n }, 2) ?? 9n)).toBe('0.0');
  });

  it('are not told where nothing was sold', () => {
    expect(dsoTenths({ ...book, receivable: 1n, sales: 0n }, 90)).toBeUndefined();
  });
});

const reduction: InvoiceReduction = {
  ...{ tenant: 'demo', id: 'cn_1', kind: 'CREDIT_NOTE', invoiceId: anInvoice().id, customerId: anInvoice().customerId },
  ...{ legalEntity: entity, currency: 'CNY', amount: 10_000n, reason: '退货', date: '2026-03-05', at, cause },
};
const surplus = aReceipt({ amount: 95_000n });
const { match } = applyExplanation(surplus, byId(anInvoice()), paying([[anInvoice(), 88_000n, 2_000n]], 7_000n), {
  ...step,
  date: '2026-03-10',
});
const undone = { ...match, undone: { at: '2026-03-20T17:00:00.000Z', reason: '认领错误', cause } };
const facts = [
  { kind: 'INVOICE', invoice: anInvoice() },
  { kind: 'REDUCTION', reduction },
  { kind: 'MATCH', match: undone },
] as const;

describe('what was open at the end of a day', () => {
  it.each([
    ['2026-03-01', undefined],
    ['2026-03-02', 100_000n],
    ['2026-03-05', 90_000n],
    ['2026-03-09', 90_000n],
    ['2026-03-10', undefined],
    ['2026-03-20', undefined],
    // 01:00 of the 21st in Shanghai.
    ['2026-03-21', 90_000n],
  ])('%s is %s: 1,000.00 less a credit note, cleared by a match that was undone later', (day, open) => {
    expect(openAsOf(facts, day)[0]?.open).toBe(open);
  });

  it('has beside it the money that was not used, and what was on account', () => {
    const history = { matches: [undone], refunds: [] };
    expect(moneyAsOf(surplus, history, '2026-03-09')).toEqual([{ unapplied: 95_000n, onAccount: 0n }]);
    expect(moneyAsOf(surplus, history, '2026-03-10')).toEqual([
      { customerId: anInvoice().customerId, unapplied: 0n, onAccount: 7_000n },
    ]);
    expect(moneyAsOf(surplus, history, '2026-03-21')).toEqual([{ unapplied: 95_000n, onAccount: 0n }]);
  });
});

describe('a statement of account', () => {
  it('opens with what was there before, and tells payments with discount, on account and undone', () => {
    const { accounts, lines } = statementOf(facts, { from: '2026-03-05', to: '2026-03-31' });
    expect(accounts).toEqual([{ ...book, opening: 100_000n, closing: 90_000n }]);
    expect(lines.map(({ date, kind, effect, balance }) => [date, kind, effect, balance])).toEqual([
      ['2026-03-05', 'CREDIT_NOTE', -10_000n, 90_000n],
      ['2026-03-10', 'PAYMENT', -97_000n, -7_000n],
      ['2026-03-21', 'PAYMENT_UNDONE', 97_000n, 90_000n],
    ]);
    expect(lines[1]?.paid).toEqual({ cash: 95_000n, discount: 2_000n, charge: 0n, onAccount: 7_000n });
    expect(lines[1]?.numbers).toEqual(['FP-2026-0001']);
  });

  it('ends with its last day', () => {
    const { accounts, lines } = statementOf(facts, { from: '2026-03-01', to: '2026-03-09' });
    expect(accounts).toEqual([{ ...book, opening: 0n, closing: 90_000n }]);
    expect(lines).toHaveLength(2);
  });

  it('is a file with a byte order mark in which nothing is run as a formula', async () => {
    const evil = { ...facts[1], reduction: { ...reduction, reason: '=HYPERLINK("http://x","y")' } };
    const period = { from: '2026-03-03', to: '2026-03-09' };
    const text = await statementCsv(statementOf([facts[0], evil], period), period);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const [, opening, line, closing, end] = text.split('\r\n');
    expect(opening).toBe(`2026-03-03,OPENING,,${entity},CNY,,1000.00,,,,,,`);
    expect(line).toContain(`,-100.00,900.00,`);
    expect(line).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(closing).toBe(`2026-03-09,CLOSING,,${entity},CNY,,900.00,,,,,,`);
    expect(end).toBe('');
  });
});

describe('expected receipts', () => {
  it('are planned for the due day; what came is early, on time or late, and all adds up to the plan', () => {
    const invoice = anInvoice({ credited: 10_000n });
    const part = { invoiceId: invoice.id, given: 0n };
    const paid = [
      { ...part, paidOn: '2026-03-31', cash: 20_000n, given: 500n },
      { ...part, paidOn: due, cash: 30_000n },
      { ...part, paidOn: '2026-04-02', cash: 15_000n },
    ];
    const amounts = { planned: 90_000n, early: 20_000n, onTime: 30_000n, late: 15_000n, given: 500n, open: 24_500n };
    expect(dueAmounts(invoice, paid, '2026-04-02')).toEqual({ ...amounts, forecast: 0n });
    expect(dueAmounts(invoice, paid, due)).toEqual({ ...amounts, forecast: 24_500n });
  });

  it('are by weeks from Monday to Sunday, cut by the days asked for', () => {
    const asked = { from: '2026-03-04', to: '2026-03-13' };
    expect(periodOf('2026-03-05', 'WEEK', asked)).toEqual({ from: '2026-03-04', to: '2026-03-08' });
    expect(periodOf('2026-03-09', 'WEEK', asked)).toEqual({ from: '2026-03-09', to: '2026-03-13' });
  });
});
