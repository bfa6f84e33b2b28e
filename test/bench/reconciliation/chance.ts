import { randomFrom } from '../../support/random.ts';

/** What is left to chance, from a seed: the same seed gives the same draws. */
export interface Chance {
  /** True so many times in a hundred. */
  percent(share: number): boolean;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** One of the keys, as often as its weight is of their sum. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Between 0 and 1, the latter excluded. */
  fraction(): number;
}

export function chanceFrom(seed: number): Chance {
  const fraction = randomFrom(seed);
  const whole = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    whole,
    percent: (share) => fraction() * 100 < share,
    pick(items) {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const entries = Object.entries<number>(weights) as [K, number][];
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      throw new RangeError('There are no weights.');
    },
  };
}
