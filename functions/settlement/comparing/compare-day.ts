import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { compareLedger } from './compare-ledger.ts';
import type { HereLine, ThereLine } from './compared-line.ts';
import type { FoundDifference, LedgerFigure, LineDifference, WrongBooking } from './found-difference.ts';
import { type KeyGroup, mergeByKey } from './merge-by-key.ts';
import { type Pairing, pairLines } from './pair-lines.ts';
import { addLine, noSums, type Outcome, outcomes, type SideSums, type Sums } from './side-sums.ts';

/** One day of one market, channel and currency. */
export interface DayCompared {
  readonly date: PlainDate;
  /**
   * Sorted by key, see byKey. Beside those of the day, lines of the day before and after are for finding what is late: they are not
   * counted and no difference is told of them alone.
   */
  readonly here: Iterable<HereLine>;
  readonly there: Iterable<ThereLine>;
  /** What the ledger has on the channel's account for the day, minor units; where it is to be compared. */
  readonly ledger?: Readonly<Record<LedgerFigure, bigint>> & { readonly wrong?: readonly WrongBooking[] };
}

/** Everything of the day adds up: the sums of the outcomes are the total, on each side. */
export interface DaySummary {
  readonly date: PlainDate;
  readonly total: SideSums;
  readonly outcomes: Readonly<Record<Outcome, SideSums>>;
  /** What of the journal is in the ledger: all but what failed and was given back. */
  readonly booked: Sums;
  /** What of it the ledger has, minor units; where it was compared. */
  readonly ledger?: Readonly<Record<LedgerFigure, bigint>>;
  readonly differences: number;
}

/**
 * Compares the journal of a market with the file of a channel, and with the ledger. The differences come as they are found, in the
 * order of keys, and are the same whatever the order of lines of one key. Time is linear in the lines and memory is that of one key:
 * who has lines that are not sorted pays for the sorting, see the benchmark channel-compare.
 * @throws RangeError where a stream is not sorted, or has a line of another day than those three.
 */
export function* compareDay({ date, here, there, ledger }: DayCompared): Generator<FoundDifference, DaySummary> {
  const day = new ComparedDay(date);
  for (const group of mergeByKey(here, there)) yield* day.take(group);
  const { summary } = day;
  const ofLedger = ledger ? compareLedger(date, ledger, summary.booked) : [];
  yield* ofLedger;
  const { wrong: _, ...sums } = ledger ?? { paid: 0n, refunded: 0n, fees: 0n };
  return { ...summary, ...(ledger && { ledger: sums }), differences: summary.differences + ofLedger.length };
}

class ComparedDay {
  private readonly date: PlainDate;
  private readonly window: readonly PlainDate[];
  private readonly total: SideSums = noSides();
  private readonly byOutcome = Object.fromEntries(outcomes.map((one) => [one, noSides()])) as Record<Outcome, SideSums>;
  private readonly booked = noSums();
  private differences = 0;

  constructor(date: PlainDate) {
    this.date = date;
    this.window = [addDays(date, -1), date, addDays(date, 1)];
  }

  get summary(): DaySummary {
    const { date, total, byOutcome, booked, differences } = this;
    return { date, total, outcomes: byOutcome, booked, differences };
  }

  *take({ key, here, there }: KeyGroup): Generator<LineDifference> {
    for (const line of here) this.count(line, this.total.here);
    for (const line of there) this.count(line, this.total.there);
    for (const line of here) {
      if (line.date === this.date && line.status !== 'FAILED') addLine(this.booked, line);
    }
    const told = new Map<string, number>();
    for (const pairing of pairLines(here, there)) {
      if (this.isOfDay(pairing)) yield* this.tell(pairing, key, told);
    }
  }

  private isOfDay({ here, there }: Pairing): boolean {
    return here?.date === this.date || there?.date === this.date;
  }

  private *tell({ outcome, here, there }: Pairing, key: string, told: Map<string, number>): Generator<LineDifference> {
    const sums = this.byOutcome[outcome];
    if (here) this.count(here, sums.here);
    if (there) this.count(there, sums.there);
    if (outcome === 'MATCHED' || outcome === 'NOT_DONE') return;
    const before = told.get(outcome) ?? 0;
    told.set(outcome, before + 1);
    this.differences += 1;
    const id = before === 0 ? `${outcome}#${key}` : `${outcome}#${key}#${before + 1}`;
    yield { id, class: outcome, date: this.date, ...(here && { here }), ...(there && { there }) };
  }

  private count(line: HereLine | ThereLine, sums: Sums): void {
    if (line.date === this.date) addLine(sums, line);
    else if (!this.window.includes(line.date)) {
      throw new RangeError(`A line of ${line.date} is not of ${this.date}, nor of the day before or after.`);
    }
  }
}

function noSides(): SideSums {
  return { here: noSums(), there: noSums() };
}
