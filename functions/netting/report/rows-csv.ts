import type { Cell } from '../../../shared/formats/csv/write-csv.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { RowOf, Section } from './rows.ts';

/** How rows of a section stand in a CSV file; `home` is the currency that all is converted to. */
interface Table<Of extends Section> {
  readonly header: readonly string[];
  cells(row: RowOf[Of], home: CurrencyCode | undefined): Cell[];
}

const show = formatAmount;
const count = String;

export const tables: { readonly [Of in Section]: Table<Of> } = {
  POSITIONS: {
    header: ['participant', 'currency', 'grossPaid', 'grossReceived', 'net', 'converted', 'homeCurrency'],
    cells: ([participant, currency, owes, owed, net, converted], home) => {
      const atHome = home !== undefined && converted !== null ? [show(converted, home), home] : ['', ''];
      return [participant, currency, show(owes, currency), show(owed, currency), show(net, currency), ...atHome];
    },
  },
  BILATERAL: {
    header: ['first', 'second', 'currency', 'firstOwes', 'firstCount', 'secondOwes', 'secondCount', 'netOfFirst'],
    cells: ([first, second, currency, firstOwes, firstCount, secondOwes, secondCount]) => [
      ...[first, second, currency, show(firstOwes, currency), count(firstCount)],
      ...[show(secondOwes, currency), count(secondCount), show(secondOwes - firstOwes, currency)],
    ],
  },
  TO_PAY: {
    header: ['participant', 'currency', 'net'],
    cells: ([participant, currency, net]) => [participant, currency, show(net, currency)],
  },
  LEGS: {
    header: ['kind', 'payer', 'payee', 'amount', 'currency'],
    cells: ([kind, payer, payee, currency, amount]) => [kind, payer, payee, show(amount, currency), currency],
  },
  CARRIED: {
    header: ['payer', 'payee', 'amount', 'currency'],
    cells: ([payer, payee, currency, amount]) => [payer, payee, show(amount, currency), currency],
  },
  MOVED: { header: ['reference', 'reason'], cells: ([reference, reason]) => [reference, reason] },
  BREACHES: {
    header: ['kind', 'payer', 'payee', 'limit', 'owed', 'excess', 'currency'],
    cells: ([kind, payer, payee, currency, limit, owed, excess]) => [
      ...[kind, payer, payee ?? '', show(limit, currency), show(owed, currency), show(excess, currency), currency],
    ],
  },
};
