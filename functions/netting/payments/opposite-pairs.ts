import { type AreApart, nobodyApart } from '../excluded/excluded-pairs.ts';
import type { NetPosition } from '../positions/position.ts';

/** Positions that stand against each other as groups of their own, and those that no other stands against exactly. */
export interface Grouped {
  readonly groups: readonly (readonly NetPosition[])[];
  readonly rest: readonly NetPosition[];
}

/**
 * Pairs of a payer and a receiver of the same amount, in the order of the positions. Taking them out first costs nothing: where
 * a best grouping has the two in different groups, these less the two are one group, and the pair is the other; where it has
 * them in one group, that less the two is one group, and the pair one more. No two of the rest add up to zero but such as are apart.
 */
export function takeOppositePairs(positions: readonly NetPosition[], isApart: AreApart = nobodyApart): Grouped {
  const waiting = new Map<bigint, NetPosition[]>();
  const groups: NetPosition[][] = [];
  const paired = new Set<NetPosition>();
  for (const position of positions) {
    const opposite = takeFirst(waiting.get(-position.net), ({ party }) => !isApart(party, position.party));
    if (opposite) {
      groups.push([opposite, position]);
      paired.add(opposite).add(position);
    } else {
      const same = waiting.get(position.net);
      if (same) same.push(position);
      else waiting.set(position.net, [position]);
    }
  }
  return { groups, rest: positions.filter((position) => !paired.has(position)) };
}

function takeFirst<Of>(list: Of[] | undefined, suits: (one: Of) => boolean): Of | undefined {
  const place = list?.findIndex(suits) ?? -1;
  return place === -1 ? undefined : list?.splice(place, 1)[0];
}
