import type { Figure } from './interest-figures.ts';
import type { Adjusted, Bearer, ComputedPeriod, InterestLine, LineSide } from './interest-run.ts';

/** A line before it has its place. */
export type NewLine = Omit<InterestLine, 'number'>;

/** Figures as lines; between which accounts each is booked follows from its sign. */
export function linesOf(figures: readonly Figure[]): NewLine[] {
  return figures.map(({ bearer, side, amount, basis }) => lineOf(bearer, side, amount, basis && { basis }));
}

function lineOf(
  { accountId, entity, bookedOn, counterAccountId }: Bearer,
  side: LineSide,
  amount: bigint,
  more: Pick<NewLine, 'basis' | 'adjusts'> | undefined,
): NewLine {
  const [debitAccountId, creditAccountId] = amount < 0n ? [bookedOn, counterAccountId] : [counterAccountId, bookedOn];
  return { accountId, entity, side, amount, debitAccountId, creditAccountId, ...more };
}

/** What was booked, or is due under a run of its own, for one account and side of a period. */
export type BookedAmounts = ReadonlyMap<string, bigint>;

export function bookedKey({ accountId, side }: Pick<InterestLine, 'accountId' | 'side'>): string {
  return `${side} ${accountId}`;
}

/**
 * Adds what a run's lines say of a period: those of the period's own run, or the differences that a later run computed for
 * it. A line that the ledger refused counts too: it stays due under its own run, and would else be booked twice.
 */
export function addStanding(
  booked: Map<string, bigint>,
  runId: string,
  lines: readonly InterestLine[],
  period: Pick<ComputedPeriod, 'runId'>,
): void {
  for (const line of lines) if ((line.adjusts?.runId ?? runId) === period.runId) add(booked, line);
}

function add(booked: Map<string, bigint>, line: InterestLine): void {
  booked.set(bookedKey(line), (booked.get(bookedKey(line)) ?? 0n) + line.amount);
}

/**
 * The differences to book for an earlier period: what its interest comes to now, less what stands for it.
 * Per account and side, of the bearers asked about; a side whose balance has gone is taken back whole.
 */
export function adjustmentsOf(
  period: ComputedPeriod,
  bearers: readonly Bearer[],
  figures: readonly Figure[],
  booked: BookedAmounts,
): NewLine[] {
  const recomputed = new Map(figures.map((figure) => [`${figure.side} ${figure.bearer.accountId}`, figure]));
  const { runId, from, to } = period;
  return bearers.flatMap((bearer) =>
    (['CREDIT', 'DEBIT', 'SHARE'] as const).flatMap((side) => {
      const key = bookedKey({ accountId: bearer.accountId, side });
      const figure = recomputed.get(key);
      const adjusts: Adjusted = {
        runId,
        from,
        to,
        booked: booked.get(key) ?? 0n,
        recomputed: figure?.amount ?? 0n,
        ...(figure?.basis && { basis: figure.basis }),
      };
      const difference = adjusts.recomputed - adjusts.booked;
      if (difference === 0n) return [];
      return [lineOf(bearer, side, difference, { adjusts })];
    }),
  );
}

/**
 * The lines in the order in which they are booked: first what accounts pay, then what they get, so that whoever pays for
 * the pool has taken in before it gives; each by account and side, an earlier period's differences first.
 */
export function inBookingOrder(lines: readonly NewLine[]): InterestLine[] {
  const keyed = lines.map((line) => ({ line, key: orderKey(line) }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return keyed.map(({ line }, index) => ({ number: index + 1, ...line }));
}

function orderKey({ amount, accountId, side, adjusts }: NewLine): string {
  return [amount < 0n ? '0' : '1', accountId, adjusts?.from ?? '9999-99-99', side].join(' ');
}
