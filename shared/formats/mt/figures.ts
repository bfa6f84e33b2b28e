import { defined } from '../../objects/defined.ts';
import { FormatError } from '../format-error.ts';
import type {
  DeclaredTotal,
  FloorLimit,
  StatementBalance,
  StatementTrailer,
  TrailerFlag,
} from '../statement-events.ts';
import { readBalanceField, readFloorLimit, readTotalField } from './balance-field.ts';

/** Balances of one statement, and floor limits. */
const figuresMax = 1_000;

/** The balances, totals and floor limits of one statement. */
export class Figures {
  readonly #balances: StatementBalance[] = [];
  readonly #floorLimits: FloorLimit[] = [];
  readonly #flags: Set<TrailerFlag>;
  #credits: DeclaredTotal | undefined;
  #debits: DeclaredTotal | undefined;
  #isClosed = false;

  constructor(flags: Set<TrailerFlag>) {
    this.#flags = flags;
  }

  /** Whether the closing balance has come. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get hasBalances(): boolean {
    return this.#balances.length > 0;
  }

  get hasTotals(): boolean {
    return this.#credits !== undefined || this.#debits !== undefined;
  }

  get currency(): string | undefined {
    return this.#balances[0]?.currency ?? this.#floorLimits[0]?.currency;
  }

  takeBalance(tag: string, content: string): StatementBalance {
    refuseMany(this.#balances, tag);
    const { balance, flags } = readBalanceField(tag, content);
    this.#balances.push(balance);
    if (balance.type === 'CLBD') this.#isClosed = true;
    for (const flag of flags) this.#flags.add(flag);
    return balance;
  }

  takeTotal(tag: string, content: string): void {
    if (tag === '90C') this.#credits = readTotalField(tag, content);
    else this.#debits = readTotalField(tag, content);
  }

  takeFloorLimit(content: string): void {
    refuseMany(this.#floorLimits, '34F');
    this.#floorLimits.push(readFloorLimit(content));
  }

  inTrailer(): Pick<StatementTrailer, 'balances' | 'declaredTotals' | 'floorLimits' | 'entriesLeftOut'> {
    const floorLimits = this.#floorLimits;
    return {
      balances: this.#balances,
      ...(this.hasTotals && { declaredTotals: defined({ credits: this.#credits, debits: this.#debits }) }),
      ...(floorLimits.length > 0 && { floorLimits }),
      ...(floorLimits.some(({ amount }) => amount > 0n) && { entriesLeftOut: true }),
    };
  }
}

function refuseMany(figures: readonly unknown[], tag: string): void {
  if (figures.length < figuresMax) return;
  throw new FormatError('bad-field', `More than ${figuresMax} of them`, { element: `:${tag}:` });
}
