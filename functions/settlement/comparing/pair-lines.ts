import type { HereLine, ThereLine } from './compared-line.ts';
import type { LineClass } from './found-difference.ts';
import type { Outcome } from './side-sums.ts';

/** Lines of one key that became one outcome: both of a pair, or one alone. */
export interface Pairing {
  readonly outcome: Outcome;
  readonly here?: HereLine;
  readonly there?: ThereLine;
}

/**
 * What became of all lines of one key, whatever their order. At most one of each side is the transaction; a second one is a
 * duplicate. A pair is that which differs least: in what has happened, then in the day, the amount, the fee.
 */
export function pairLines(here: readonly HereLine[], there: readonly ThereLine[]): Pairing[] {
  const [ours, theirs] = [inOrder(here, numberOf), inOrder(there, lineOf)];
  const pair = closestPair(ours, theirs);
  if (pair) return [pair, ...duplicates(ours, theirs, pair)];
  const first = ours.find(({ status }) => status === 'SUCCEEDED') ?? ours[0];
  if (first) return [alone(first), ...duplicates(ours, theirs, { here: first })];
  const [foreign] = theirs;
  return foreign ? [{ outcome: 'MISSING_HERE', there: foreign }, ...duplicates(ours, theirs, { there: foreign })] : [];
}

function alone(here: HereLine): Pairing {
  return { outcome: here.status === 'SUCCEEDED' ? 'MISSING_AT_CHANNEL' : 'NOT_DONE', here };
}

interface Pair extends Pairing {
  readonly here: HereLine;
  readonly there: ThereLine;
}

/** A side has more than one line only where something went wrong, so few are compared with few. */
function closestPair(ours: readonly HereLine[], theirs: readonly ThereLine[]): Pair | undefined {
  let closest: { readonly pair: Pair; readonly distance: number } | undefined;
  for (const here of ours) {
    for (const there of theirs) {
      const differs = differencesOf(here, there);
      const distance = distanceOf(differs);
      if (!closest || distance < closest.distance)
        closest = { pair: { outcome: differs[0] ?? 'MATCHED', here, there }, distance };
    }
  }
  return closest?.pair;
}

/** All by which they differ, the weightiest first. */
function differencesOf(here: HereLine, there: ThereLine): LineClass[] {
  const differs: LineClass[] = [];
  if (here.status !== 'SUCCEEDED') differs.push('STATUS_DIFFERS');
  if (here.amount !== there.amount) differs.push('AMOUNT_DIFFERS');
  if (here.fee !== there.fee) differs.push('FEE_DIFFERS');
  if (here.date !== there.date) differs.push('LATE');
  return differs;
}

const weights: Readonly<Partial<Record<LineClass, number>>> = {
  STATUS_DIFFERS: 8,
  LATE: 4,
  AMOUNT_DIFFERS: 2,
  FEE_DIFFERS: 1,
};

function distanceOf(differs: readonly LineClass[]): number {
  return differs.reduce((sum, one) => sum + (weights[one] ?? 0), 0);
}

/** What has not happened here and is there once more is no duplicate of anything. */
function duplicates(ours: readonly HereLine[], theirs: readonly ThereLine[], taken: Partial<Pair>): Pairing[] {
  return [
    ...ours
      .filter((here) => here !== taken.here)
      .map((here): Pairing => ({ outcome: here.status === 'SUCCEEDED' ? 'DUPLICATE' : 'NOT_DONE', here })),
    ...theirs.filter((there) => there !== taken.there).map((there): Pairing => ({ outcome: 'DUPLICATE', there })),
  ];
}

const numberOf = ({ status, number }: HereLine) => `${status === 'SUCCEEDED' ? 0 : 1} ${status} ${number}`;
const lineOf = ({ line }: ThereLine) => String(line).padStart(12, '0');

/** An order that depends on nothing but the lines. */
function inOrder<Line extends HereLine | ThereLine>(
  lines: readonly Line[],
  last: (line: Line) => string,
): readonly Line[] {
  if (lines.length < 2) return lines;
  return lines.toSorted(
    (one, other) =>
      compare(one.date, other.date) ||
      compare(one.amount, other.amount) ||
      compare(one.fee, other.fee) ||
      compare(last(one), last(other)),
  );
}

function compare<Value extends string | bigint>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
