import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type AgeingRow, ageBuckets } from './ageing.ts';
import { type DsoRow, daysOf, dsoTenths, type Period, tenthsText } from './dso.ts';
import type { ExpectedRow } from './expected.ts';
import type { OverdueBefore } from './read-expected.ts';
import type { ageingOut, dsoOut, expectedOut, statementOut } from './report-shapes.ts';
import type { Statement } from './statement.ts';

type Shown = ReturnType<typeof presentAmount>;

function shown<Name extends string>(
  row: Readonly<Record<Name, bigint>>,
  names: readonly Name[],
  currency: string,
): Record<Name, Shown> {
  const entries = names.map((name) => [name, presentAmount(row[name], currency)]);
  return Object.fromEntries(entries) as Record<Name, Shown>;
}

export function presentAged(row: AgeingRow): z.input<typeof ageingOut>['rows'][number] {
  const { customerId, legalEntity, currency } = row;
  const names = [...ageBuckets, 'total', 'unapplied', 'onAccount'] as const;
  return { ...defined({ customerId }), legalEntity, currency, ...shown(row, names, currency) };
}

export function presentDso(rows: readonly DsoRow[], { from, to }: Period): z.input<typeof dsoOut> {
  const days = daysOf({ from, to });
  const books = rows.map((row) => {
    const { legalEntity, currency } = row;
    const tenths = dsoTenths(row, days);
    const dso = tenths === undefined ? undefined : tenthsText(tenths);
    return { legalEntity, currency, ...shown(row, ['receivable', 'sales'], currency), ...defined({ dso }) };
  });
  return { from, to, days, books };
}

const expectedNames = [
  ...(['planned', 'early', 'onTime', 'late', 'given', 'open'] as const),
  ...(['forecast', 'received', 'forDue', 'forOthers', 'forNone'] as const),
];

export function presentExpected({
  rows,
  overdueBefore,
}: {
  readonly rows: readonly ExpectedRow[];
  readonly overdueBefore: readonly OverdueBefore[];
}): z.input<typeof expectedOut> {
  return {
    overdueBefore: overdueBefore.map(({ overdue, ...book }) => ({
      ...book,
      overdue: presentAmount(overdue, book.currency),
    })),
    periods: rows.map((row) => {
      const { legalEntity, currency, from, to } = row;
      return { legalEntity, currency, from, to, ...shown(row, expectedNames, currency) };
    }),
  };
}

type StatementBody = z.input<typeof statementOut>;

export function presentAccounts({ accounts }: Statement): StatementBody['accounts'] {
  return accounts.map(({ legalEntity, currency, ...balances }) => ({
    ...{ legalEntity, currency },
    ...shown(balances, ['opening', 'closing'], currency),
  }));
}

export function presentLine(line: Statement['lines'][number]): StatementBody['lines'][number] {
  const { legalEntity, currency, date, at, kind, id, numbers, effect, balance, paid, receiptId, reason } = line;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ legalEntity, currency, date, at, kind, id, numbers: [...numbers] },
    ...{ change: show(effect), balance: show(balance) },
    ...(paid && { paid: shown(paid, ['cash', 'discount', 'charge', 'onAccount'], currency) }),
    ...defined({ receiptId, reason }),
  };
}
