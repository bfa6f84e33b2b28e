import type { Answer } from './api-client.ts';
import { type Column, grouped, table } from './table.ts';

type Body = Answer['body'];
type Names = ReadonlyMap<string, string>;

const right = { align: 'right' } as const;

/** Receipts with what they were matched by, and what became of their money. */
export function reportMatches(receipts: readonly Body[], customers: Names): string {
  const rows = receipts.map((receipt) => {
    const match = receipt.matches.find(({ undone }: Body) => !undone);
    return [
      receipt.sources[0].kind,
      grouped(receipt.amount.amount),
      match ? (customers.get(match.customerId) ?? '') : '',
      match?.rule ?? '',
      match ? String(match.score) : '',
      match ? String(match.allocations.length) : '',
      match ? given(match) : '',
      receipt.state,
    ];
  });
  const columns: Column[] = [
    { title: 'Told by' },
    { title: 'Amount', ...right },
    { title: 'Customer' },
    { title: 'Rule' },
    { title: 'Score', ...right },
    { title: 'Invoices', ...right },
    { title: 'Given', ...right },
    { title: 'State' },
  ];
  return table(columns, rows);
}

/** Discount and charge of a match. */
function given({ allocations }: Body): string {
  const parts = allocations.flatMap(({ discount, charge }: Body) => [
    ...(discount ? [`${grouped(discount.amount)} discount`] : []),
    ...(charge ? [`${grouped(charge.amount)} charge`] : []),
  ]);
  return parts.join(', ');
}

export function reportExceptions(exceptions: readonly Body[], customers: Names): string {
  const rows = exceptions.map(({ exception, amount, unapplied, customerId, texts, suggestions }) => [
    exception.reason,
    grouped(amount.amount),
    grouped(unapplied.amount),
    customers.get(customerId) ?? '',
    texts.join(' '),
    String(suggestions.length),
    suggestions[0]?.rule ?? '',
  ]);
  const columns: Column[] = [
    { title: 'Reason' },
    { title: 'Amount', ...right },
    { title: 'Not used', ...right },
    { title: 'Customer' },
    { title: 'Text' },
    { title: 'Suggestions', ...right },
    { title: 'The first' },
  ];
  return table(columns, rows);
}

export function reportAgeing({ rows, totals }: Body, customers: Names): string {
  const fields = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90', 'total', 'unapplied', 'onAccount'];
  const titles = ['Not due', '1–30', '31–60', '61–90', 'Over 90', 'Total', 'Not used', 'On account'];
  const cells = (of: Body) => fields.map((field) => grouped(of[field].amount));
  const columns: Column[] = [{ title: 'Customer' }, ...titles.map((title) => ({ title, ...right }))];
  const lines = rows.map((row: Body) => [customers.get(row.customerId) ?? '(nobody known)', ...cells(row)]);
  return table(columns, [...lines, ...totals.map((total: Body) => ['All', ...cells(total)])]);
}
