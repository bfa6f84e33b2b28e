import type { NetPosition } from '../positions/position.ts';
import type { Grouped } from './opposite-pairs.ts';
import { ResidueTable, residueOf } from './residue-table.ts';

/** Positions that are searched together; all pairs among them are looked at. */
const WINDOW = 1_024;
/** Comparisons in one window, at most. Where many sums are equal there are more candidates than are worth looking at. */
const COMPARISONS_MAX = 4_000_000;

/**
 * Groups of three and of four that add up to zero, found in a bounded search: each window of positions, in their order, first for
 * threes, then for fours, a found one being out at once. Not all there are, and not always the best choice among them; the same
 * positions give the same groups. No position is zero.
 */
export function takeSmallGroups(positions: readonly NetPosition[]): Grouped {
  const groups: NetPosition[][] = [];
  const rest: NetPosition[] = [];
  for (let from = 0; from < positions.length; from += WINDOW) {
    const search = new Search(positions.slice(from, from + WINDOW));
    search.takeThrees();
    search.takeFours();
    groups.push(...search.groups);
    rest.push(...search.rest());
  }
  return { groups, rest };
}

class Search {
  readonly groups: NetPosition[][] = [];
  readonly #positions: readonly NetPosition[];
  readonly #residues: Int32Array;
  readonly #taken: Uint8Array;
  #comparisons = 0;

  constructor(positions: readonly NetPosition[]) {
    this.#positions = positions;
    this.#residues = Int32Array.from(positions, ({ net }) => residueOf(net));
    this.#taken = new Uint8Array(positions.length);
  }

  rest(): NetPosition[] {
    return this.#positions.filter((_, place) => this.#taken[place] === 0);
  }

  /** For each pair, a third one after both. */
  takeThrees(): void {
    const singles = new ResidueTable(this.#positions.length);
    for (const [place, residue] of this.#residues.entries()) singles.add(place, residue);
    this.#eachPair((one, two, residue) => {
      // The last added comes first: once it is not after both, none is.
      for (let three = singles.first(-residue | 0); three > two; three = singles.before(three)) {
        if (this.#take([one, two, three])) return;
      }
    });
  }

  /** For each pair, an earlier pair that is the opposite of it. */
  takeFours(): void {
    const count = this.#positions.length;
    const pairsMax = (count * (count - 1)) / 2;
    const pairs = new ResidueTable(pairsMax);
    const firsts = new Uint16Array(pairsMax);
    const seconds = new Uint16Array(pairsMax);
    let pairCount = 0;
    this.#eachPair((one, two, residue) => {
      for (let pair = pairs.first(-residue | 0); pair !== -1; pair = pairs.before(pair)) {
        if (this.#comparisons > COMPARISONS_MAX) return;
        if (this.#take([firsts[pair] ?? 0, seconds[pair] ?? 0, one, two])) return;
      }
      pairs.add(pairCount, residue);
      firsts[pairCount] = one;
      seconds[pairCount] = two;
      pairCount += 1;
    });
  }

  /** Each pair of which neither is taken, with the residue of its sum, until there have been too many comparisons. */
  #eachPair(tryToTake: (one: number, two: number, residue: number) => void): void {
    this.#comparisons = 0;
    for (let two = 1; two < this.#positions.length; two += 1) {
      for (let one = 0; one < two && this.#taken[two] === 0; one += 1) {
        if (this.#taken[one] === 1) continue;
        this.#comparisons += 1;
        if (this.#comparisons > COMPARISONS_MAX) return;
        tryToTake(one, two, ((this.#residues[one] ?? 0) + (this.#residues[two] ?? 0)) | 0);
      }
    }
  }

  /** Takes the positions at the places where they are free, differ and add up to zero. */
  #take(places: readonly number[]): boolean {
    this.#comparisons += 1;
    if (places.some((place, at) => this.#taken[place] === 1 || places.indexOf(place) !== at)) return false;
    const group = places.flatMap((place) => this.#positions[place] ?? []);
    let sum = 0n;
    for (const { net } of group) sum += net;
    if (sum !== 0n) return false;
    for (const place of places) this.#taken[place] = 1;
    this.groups.push(group);
    return true;
  }
}
