import type { Party } from '../terms/parties.ts';
import type { SetLine } from './resolution-lines.ts';

/** Payments that settle together. */
export interface PostedSet {
  readonly set: number;
  readonly lines: readonly SetLine[];
}

/** Sets asked of the ledger at once, at most. */
const setsAtOnceMax = 500;

/** Lines by set, in the order of the sets. */
export function setsOf(lines: readonly SetLine[]): PostedSet[] {
  return [...Map.groupBy(lines, ({ set }) => set)].map(([set, members]) => ({ set, lines: members }));
}

/**
 * Sets in the groups in which they may be asked of the ledger at once: no payer is in two sets of a group, so that where one is
 * refused, none behind it is settled before it. And nobody that has limits is paid in a group and then pays in it: what it may owe
 * rests on what it was paid, and the ledger, which sees to its balance, knows nothing of limits.
 */
export function postingGroups(sets: readonly PostedSet[], limited: ReadonlySet<Party>): PostedSet[][] {
  const groups: PostedSet[][] = [];
  let busy = new Set<Party>();
  for (const set of sets) {
    const own = payersOf(set);
    const group = groups.at(-1);
    if (group && group.length < setsAtOnceMax && !own.some((payer) => busy.has(payer))) {
      group.push(set);
    } else {
      groups.push([set]);
      busy = new Set();
    }
    for (const party of [...own, ...payeesOf(set).filter((payee) => limited.has(payee))]) busy.add(party);
  }
  return groups;
}

export function payersOf({ lines }: PostedSet): Party[] {
  return [...new Set(lines.map(({ payer }) => payer))];
}

export function payeesOf({ lines }: PostedSet): Party[] {
  return [...new Set(lines.map(({ payee }) => payee))];
}
