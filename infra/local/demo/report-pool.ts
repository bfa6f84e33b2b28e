import type { Answer } from './api-client.ts';
import { grouped, table } from './table.ts';

/** The pool's tables as a treasurer reads them. Answers of the API in, text out. */
type Body = Answer['body'];
type Names = ReadonlyMap<string, string>;

const right = { align: 'right' } as const;

/** The tree before and after, an account a line, indented by level. */
export function reportPositions(before: Body, after: Body): string {
  const afterOf = new Map<string, Body>(after.tree.map((node: Body) => [node.accountId, node]));
  const rows = before.tree.map((node: Body) => {
    const then = afterOf.get(node.accountId) ?? node;
    return [
      `${'  '.repeat(node.level)}${node.name ?? node.accountId}`,
      node.entity,
      node.status,
      grouped(node.reserve.amount),
      grouped(node.available.amount),
      grouped(then.available.amount),
      grouped(then.position.amount),
    ];
  });
  const total = (tree: Body) => grouped(tree.totals[0]?.available.amount ?? '0.00');
  return table(
    [
      { title: 'Account' },
      { title: 'Entity' },
      { title: 'Status' },
      { title: 'Reserve', ...right },
      { title: 'Before', ...right },
      { title: 'After', ...right },
      { title: 'In the pool', ...right },
    ],
    [...rows, ['Total', '', '', '', total(before), total(after), '']],
  );
}

export function reportPlan(plan: Body, names: Names): string {
  const name = (id: string) => names.get(id) ?? id;
  const legs = plan.legs.map((leg: Body) => [
    String(leg.number),
    name(leg.debitAccountId),
    name(leg.creditAccountId),
    grouped(leg.amount.amount),
    [leg.loan ? 'loan' : '', leg.cut ?? ''].filter((text) => text !== '').join(', '),
  ]);
  const idle = plan.withoutLeg.map((one: Body) => [name(one.accountId), one.up, one.down, one.explanation]);
  const planned = table(
    [{ title: '#', ...right }, { title: 'From' }, { title: 'To' }, { title: 'Amount', ...right }, { title: 'Note' }],
    legs,
  );
  return `${planned}\n\n${table([{ title: 'Without a leg' }, { title: 'Up' }, { title: 'Down' }, { title: 'Why' }], idle)}`;
}

/** A receipt a line; below an aggregated one what it is made of. */
export function reportReceipts(receipts: Body, names: Names): string {
  const name = (id: string) => names.get(id) ?? id;
  const rows = receipts.flatMap((receipt: Body) => {
    const { number, kind, side, accountId, counterpartyAccountId, amount, movements = [] } = receipt;
    const role = side === 'PAYER' ? '付款 PAYER' : '收款 PAYEE';
    const whom = kind === 'AGGREGATED' ? `汇总 ${receipt.count} movements` : name(counterpartyAccountId);
    const parts = movements.map((one: Body) => {
      return ['', '', '', `  ${name(one.counterpartyAccountId)}`, grouped(one.amount.amount)];
    });
    return [[number, name(accountId), role, whom, grouped(amount.amount)], ...parts];
  });
  return table(
    [
      { title: '回单 Receipt' },
      { title: 'Account' },
      { title: 'Side' },
      { title: 'Counterparty' },
      { title: 'Amount', ...right },
    ],
    rows,
  );
}

export function reportLoans(loans: Body): string {
  const rows = loans.loans.map((loan: Body) => [
    loan.lender,
    loan.borrower,
    grouped(loan.outstanding.amount),
    loan.contract ?? '',
    loan.ceiling ? grouped(loan.ceiling.amount) : '',
    loan.room ? grouped(loan.room.amount) : '',
  ]);
  return table(
    [
      { title: 'Lender' },
      { title: 'Borrower' },
      { title: 'Outstanding', ...right },
      { title: 'Contract' },
      { title: 'Ceiling', ...right },
      { title: 'Room', ...right },
    ],
    [...rows, ['Σ lent − borrowed', '', grouped(loans.net.amount), '', '', '']],
  );
}

/** Interest of the loans, a line each: 积数 is the sum of the daily balances. */
export function reportInterest({ lines, from, to }: Body): string {
  const rows = lines.map((line: Body) => [
    line.entity,
    line.side === 'CREDIT' ? '上存 CREDIT' : '下借 DEBIT',
    grouped(line.product ?? ''),
    String(line.days ?? ''),
    (line.segments ?? []).map((segment: Body) => `${segment.rate} %`).join(', '),
    grouped(line.amount.amount),
    line.status,
  ]);
  const columns = [
    { title: `Entity, ${from} to ${to}` },
    { title: 'Side' },
    { title: '积数 Product', ...right },
    { title: 'Days', ...right },
    { title: 'Rate', ...right },
    { title: 'Interest', ...right },
    { title: 'Booked' },
  ];
  return table(columns, rows);
}
