import type { Chance } from './chance.ts';

/** What a customer usually buys, so that its amounts cluster as they do in books. Minor units. */
export interface Habit {
  /** Of a thing that it orders again and again, in different quantities. */
  readonly unitPrice: bigint;
  /** Paid each month, the same. */
  readonly monthlyFee: bigint;
}

export function drawHabit(chance: Chance): Habit {
  return { unitPrice: BigInt(chance.whole(50, 90_000)) * 10n, monthlyFee: BigInt(chance.whole(5, 300)) * 100_00n };
}

/** An amount of an invoice: a quantity times a price, the monthly fee, a round sum, or anything. */
export function drawAmount(habit: Habit, chance: Chance): bigint {
  const how = chance.weighted({ quantity: 42, fee: 8, round: 18, any: 32 });
  if (how === 'quantity') return habit.unitPrice * BigInt(chance.whole(3, 240));
  if (how === 'fee') return habit.monthlyFee;
  if (how === 'round') return BigInt(chance.whole(1, 90)) * chance.pick([500_00n, 1_000_00n, 5_000_00n, 10_000_00n]);
  // Hundreds to a few millions, as many of four digits before the point as of five.
  const digits = chance.weighted({ 5: 15, 6: 35, 7: 35, 8: 15 });
  return BigInt(chance.whole(10 ** (Number(digits) - 1), 10 ** Number(digits) - 1));
}

/** A part of an amount, in percent of it; to the last unit, or rounded down to hundreds as people do. */
export function partOf(amount: bigint, from: number, to: number, chance: Chance): bigint {
  const part = (amount * BigInt(chance.whole(from * 100, to * 100))) / 10_000n;
  return part > 1_000_00n && chance.percent(60) ? part - (part % 100_00n) : part;
}
