import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { positive, smaller } from '../../../shared/money/compare.ts';
import { basisPointsFloor } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { MerchantLine } from '../journal/line.ts';
import type { Shortfall } from '../markets/market.ts';

/** What stands on a merchant's day before it is settled. Minor units. */
export interface DayToSettle {
  readonly date: PlainDate;
  /** The sum of all its lines, those carried in too. */
  readonly net: bigint;
  /** What earlier days carried into it: zero, or below. */
  readonly carriedIn: bigint;
  /** What its shares of orders came to, after fees. */
  readonly sales: bigint;
  /** What stands on the other days that are paid out with it. Below zero where they lack. */
  readonly onOthers?: bigint;
  /** What of earlier settlements is not paid, and is the merchant's still: what lacks is not billed as long as it is. */
  readonly unpaid?: bigint;
}

/** What becomes of it. Minor units, none below zero. */
export interface SettledDay {
  readonly payout: bigint;
  /** Of what earlier days carried in, what this one gave for it. */
  readonly keptBack: bigint;
  readonly carriedOn: bigint;
  readonly billed: bigint;
  /** On this day; with what stood on it they add up to the payout. */
  readonly closing: readonly MerchantLine[];
  /** On the day that it is carried on to: the opposite. */
  readonly carried?: MerchantLine;
}

/**
 * What a day pays out, and what becomes of what it lacks. A day that is above zero by itself first gives for what earlier ones
 * lacked: all of it, with RECOVER at most that part of the day's sales, as far as the other days of the run have what is paid beyond
 * that. What is lacking then goes on to `nextDate`; with BILL what is beyond `unpaid` is billed instead. The lines of a day add up to its
 * payout, always.
 * Throws RangeError where something above zero was carried in.
 */
export function settleDay(day: DayToSettle, shortfall: Shortfall, nextDate: PlainDate): SettledDay {
  const { date, net, carriedIn, sales, onOthers = 0n, unpaid = 0n } = day;
  if (carriedIn > 0n) throw new RangeError('What is carried into a day is below zero.');
  const debt = -carriedIn;
  const own = net - carriedIn;
  const most = shortfall.kind === 'RECOVER' ? basisPointsFloor(positive(sales), shortfall.basisPoints) : debt;
  const asked = positive(own) - smaller(smaller(debt, most), positive(own));
  // What other days lack they carry on by themselves; this one pays what is its own.
  const payout = smaller(asked, positive(net + positive(onOthers)));
  const keptBack = positive(own) - payout;
  const lacking = payout - net;
  const billed = shortfall.kind === 'BILL' ? positive(lacking - unpaid) : 0n;
  const carriedOn = lacking - billed;
  return {
    ...{ payout, keptBack, carriedOn, billed },
    closing: [
      ...(carriedOn > 0n ? [{ kind: 'CARRIED_ON' as const, amount: carriedOn, date: nextDate }] : []),
      ...(billed > 0n ? [{ kind: 'BILLED' as const, amount: billed }] : []),
    ],
    ...(carriedOn > 0n && { carried: { kind: 'CARRIED_IN' as const, amount: -carriedOn, date } }),
  };
}

/** What lines come to. */
export function sumOfLines(lines: readonly Pick<MerchantLine, 'amount'>[]): bigint {
  return sum(lines.map(({ amount }) => amount));
}
