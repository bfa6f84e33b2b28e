import type { Entry } from './entry.ts';
import { groupOf, groupOfText } from './groups.ts';

/** What one record of the stream means: lines, or that they cannot be computed. */
export interface Change {
  readonly tenant: string;
  readonly orderNo: string;
  /** The record's sequence number, decimal; grows within a shard. */
  readonly at: string;
  readonly result: ChangeResult;
}

export type ChangeResult =
  | { readonly outcome: 'LINES'; readonly marketId: string; readonly entries: readonly Entry[] }
  | { readonly outcome: 'PARKED'; readonly parked: Parked };

/** A record whose lines could not be computed, with all that is needed to try again. */
export interface Parked {
  readonly tenant: string;
  readonly orderNo: string;
  readonly shard: string;
  readonly at: string;
  readonly reason: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** Steps of it that are written, of a record too large for one transaction. */
  readonly done: number;
  readonly since: string;
}

/** The smallest part of the work: one line, or one record put aside. */
export type Step = { readonly at: string; readonly place: number; readonly group: number } & (
  | { readonly work: 'LINE'; readonly tenant: string; readonly marketId: string; readonly entry: Entry }
  | { readonly work: 'PARK'; readonly parked: Parked }
);

/** How far a group has come in a shard: to the record `at`, of which it has done so many steps. */
export interface Position {
  readonly at: string;
  readonly done: number;
}

/** The steps of records, in their order; `place` counts those of one record in one group, from 0. */
export function stepsOf(changes: readonly Change[]): Step[] {
  return changes.flatMap(({ tenant, orderNo, at, result }): Step[] => {
    if (result.outcome === 'PARKED') {
      return [{ at, place: 0, group: groupOfText(`${tenant}#${orderNo}`), work: 'PARK', parked: result.parked }];
    }
    const places = new Map<number, number>();
    return result.entries.map((entry) => {
      const group = groupOf(tenant, entry.owner);
      const place = places.get(group) ?? 0;
      places.set(group, place + 1);
      return { at, place, group, work: 'LINE', tenant, marketId: result.marketId, entry };
    });
  });
}

/** Whether a step lies behind a position, so that it is still to be done. */
export function isBehind({ at, place }: Pick<Step, 'at' | 'place'>, position: Position | undefined): boolean {
  if (position === undefined) return true;
  const order = compareNumbers(at, position.at);
  return order > 0 || (order === 0 && place >= position.done);
}

/** Whole numbers as text, longer than a number holds. */
export function compareNumbers(one: string, other: string): number {
  const [first, second] = [BigInt(one), BigInt(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}
