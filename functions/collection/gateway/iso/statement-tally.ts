import type {
  DeclaredTotal,
  DeclaredTotals,
  StatementEntry,
  StatementHeader,
} from '../../../../shared/formats/statement-events.ts';
import { formatAmount } from '../../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { FileRefused } from './file-refused.ts';

const parts = [
  ['credits', 'TtlCdtNtries'],
  ['debits', 'TtlDbtNtries'],
  ['all', 'TtlNtries'],
] as const;

/** Lines of a statement that are counted together. */
interface Lines {
  count: number;
  /** Absolute figures added up, and signed. */
  total: bigint;
  net: bigint;
}

type Totals = Readonly<Record<keyof DeclaredTotals, Lines>>;

/** Counts and adds up the lines of one statement, to be compared with what it declares of them (TxsSummry). */
export class StatementTally {
  readonly #all = noLines();
  readonly #booked = noLines();
  readonly #currencies = new Set<string>();

  add(entry: StatementEntry): void {
    this.#currencies.add(entry.currency);
    addTo(this.#all, entry);
    if (entry.status === 'BOOKED') addTo(this.#booked, entry);
  }

  /**
   * Some banks declare all lines, some the booked ones. The pages of a statement are not compared: what they declare may be
   * of all of them together. Sums are compared where all lines are in the currency of the account.
   *
   * @throws FileRefused totals-do-not-fit
   */
  check({ pageNumber = 1, lastPage = true }: StatementHeader, declared: DeclaredTotals = {}): void {
    if (pageNumber > 1 || !lastPage) return;
    const difference = this.#differenceOf(this.#all, declared);
    if (difference === undefined || this.#differenceOf(this.#booked, declared) === undefined) return;
    throw new FileRefused('totals-do-not-fit', difference);
  }

  #differenceOf(totals: Totals, declared: DeclaredTotals): string | undefined {
    for (const [part, element] of parts) {
      const difference = this.#partDifference(totals[part], declared[part]);
      if (difference) return `${element} says ${difference}`;
    }
    return undefined;
  }

  #partDifference(lines: Lines, declared: DeclaredTotal = {}): string | undefined {
    const { count = lines.count, total = lines.total, net = lines.net, currency } = declared;
    if (count !== lines.count) return `${count} lines and there are ${lines.count}.`;
    const isComparable = currency && [...this.#currencies].every((one) => one === currency);
    if (!isComparable || (total === lines.total && net === lines.net)) return undefined;
    const show = (minor: bigint) => formatAmount(minor, currency as CurrencyCode);
    if (total !== lines.total) return `${show(total)} and its lines add up to ${show(lines.total)}.`;
    return `${show(net)} net and its lines come to ${show(lines.net)}.`;
  }
}

function noLines(): Totals {
  const none = () => ({ count: 0, total: 0n, net: 0n });
  return { credits: none(), debits: none(), all: none() };
}

function addTo(totals: Totals, { amount, creditDebit }: StatementEntry): void {
  for (const lines of [totals.all, creditDebit === 'CREDIT' ? totals.credits : totals.debits]) {
    lines.count += 1;
    lines.total += amount < 0n ? -amount : amount;
    lines.net += amount;
  }
}
