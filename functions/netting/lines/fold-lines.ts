import type { UnconfirmedRule } from '../terms/netting-terms.ts';
import type { ObligationLine, ObligationState } from './obligation-line.ts';

/** What a cycle consists of; each by code units of its reference. */
export interface FoldedLines {
  /** What is netted. */
  readonly included: readonly ObligationLine[];
  /** What goes to the next cycle: disputed ones, and unconfirmed ones where the terms say so. */
  readonly moving: readonly ObligationLine[];
}

/**
 * The obligations of a cycle out of all its lines, in any order and repeated at will: of each reference the line of the
 * highest version. Throws RangeError where two lines of one reference and version differ, for then no order is right.
 */
export function foldLines(lines: Iterable<ObligationLine>, unconfirmed: UnconfirmedRule): FoldedLines {
  const latest = new Map<string, ObligationLine>();
  for (const line of lines) {
    const known = latest.get(line.reference);
    if (known === undefined || known.version < line.version) latest.set(line.reference, line);
    else if (known !== line && known.version === line.version) requireSame(known, line);
  }
  const places: Record<keyof FoldedLines, ObligationLine[]> = { included: [], moving: [] };
  for (const line of [...latest.values()].sort(byReference)) {
    const place = placeOf(line.state, unconfirmed);
    if (place) places[place].push(line);
  }
  return places;
}

/** Nowhere what is no part of the cycle any more. */
function placeOf(state: ObligationState, unconfirmed: UnconfirmedRule): keyof FoldedLines | undefined {
  switch (state) {
    case 'CONFIRMED':
      return 'included';
    case 'UNCONFIRMED':
      return unconfirmed === 'INCLUDED' ? 'included' : 'moving';
    case 'DISPUTED':
      return 'moving';
    case 'WITHDRAWN':
      return undefined;
  }
}

function byReference(one: ObligationLine, other: ObligationLine): number {
  return one.reference < other.reference ? -1 : 1;
}

function requireSame(one: ObligationLine, other: ObligationLine): void {
  const isSame =
    one.payer === other.payer &&
    one.payee === other.payee &&
    one.currency === other.currency &&
    one.amount === other.amount &&
    one.state === other.state;
  if (!isSame) throw new RangeError(`Two lines of ${one.reference} at version ${one.version} differ.`);
}
