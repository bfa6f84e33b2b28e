import type { JournalLine, MerchantLine } from './line.ts';

/** What lines of a day come to. Minor units. */
export interface Figures {
  /** Lines that are no taking back, less those that are. */
  readonly lines: bigint;
  /**
   * Of a market: those paid, each on the day of its first payment. Of a merchant: those that it has shares of, each once on a day,
   * and those of sums with each sum. Of a sum: those in it, each once.
   */
  readonly orders: bigint;
  /** What was paid; what was given before fees. */
  readonly gross: bigint;
  readonly fees: bigint;
  /** Of a market: what they took off orders. Of a merchant: what others gave by them, part of the gross. */
  readonly coupons: bigint;
  /** Above zero where they took. */
  readonly refunds: bigint;
  /** Of a merchant: the sum of all lines, so what is paid out. Of a market: gross less fees and refunds. Of a sum: what is split. */
  readonly net: bigint;
  /** Of a sum: by what else it is split. */
  readonly base?: BaseFigures;
}

/** What lines of a sum come to beside what all lines have. Minor units. */
export interface BaseFigures {
  /** What ratios of ORDER and of PAID are of. */
  readonly order: bigint;
  readonly cash: bigint;
  /** What others than the merchant who sells may have of it at most. */
  readonly room: bigint;
}

export const figureNames = ['lines', 'orders', 'gross', 'fees', 'coupons', 'refunds', 'net'] as const;
export const baseFigureNames = ['order', 'cash', 'room'] as const;
export const noFigures: Figures = { lines: 0n, orders: 0n, gross: 0n, fees: 0n, coupons: 0n, refunds: 0n, net: 0n };
export const noBase: BaseFigures = { order: 0n, cash: 0n, room: 0n };

export function figuresOf(line: JournalLine): Figures {
  const one = line.takesBack ? -1n : 1n;
  const base = { ...noFigures, lines: one };
  if (line.kind === 'WAITS' || line.kind === 'SUBSIDY') return base;
  const { amount, coupon = 0n } = line;
  switch (line.kind) {
    case 'PAYMENT': {
      const orders = line.coupon === undefined ? 0n : one;
      return { ...base, orders, gross: amount, fees: line.fee, coupons: coupon, net: amount - line.fee };
    }
    case 'REFUND_PAID':
      return { ...base, fees: line.fee, refunds: -amount, net: amount - line.fee };
    case 'SUMMED': {
      const { fee, order, cash, room = amount } = line;
      const own = { order, cash, room };
      const orders = line.isFurther ? 0n : one;
      return { ...base, orders, gross: amount + fee, fees: fee, coupons: coupon, net: amount, base: own };
    }
    case 'SHARE':
    case 'SUM_SHARE': {
      const fees = line.share?.fee ?? 0n;
      const orders = one * ordersOf(line);
      return { ...base, orders, gross: amount + fees, fees, coupons: coupon, net: amount };
    }
    case 'SUM_BACK':
      return { ...base, orders: one * ordersOf(line), refunds: -amount, net: amount };
    case 'REFUND':
    case 'FEE_KEPT':
      return { ...base, refunds: -amount, net: amount };
    default:
      return { ...base, net: amount };
  }
}

/** What comes late to a sum may take orders out of it: then below zero. */
function ordersOf({ isFurther, sum }: MerchantLine): bigint {
  if (isFurther) return 0n;
  return sum ? BigInt(sum.orders) : 1n;
}

export function addFigures(one: Figures, other: Figures): Figures {
  return {
    lines: one.lines + other.lines,
    orders: one.orders + other.orders,
    gross: one.gross + other.gross,
    fees: one.fees + other.fees,
    coupons: one.coupons + other.coupons,
    refunds: one.refunds + other.refunds,
    net: one.net + other.net,
    ...((one.base || other.base) && { base: addBase(one.base, other.base) }),
  };
}

function addBase(one: BaseFigures = noBase, other: BaseFigures = noBase): BaseFigures {
  return { order: one.order + other.order, cash: one.cash + other.cash, room: one.room + other.room };
}

/** Of a merchant's day: what is neither share nor refund, so what is carried, held and released, or billed. Minor units. */
export function adjustmentsOf({ gross, fees, refunds, net }: Figures): bigint {
  return net - (gross - fees - refunds);
}

export function sumFigures(lines: Iterable<JournalLine>): Figures {
  let total = noFigures;
  for (const line of lines) total = addFigures(total, figuresOf(line));
  return total;
}

export function isSameFigures(one: Figures, other: Figures): boolean {
  const { base = noBase } = one;
  const { base: otherBase = noBase } = other;
  return (
    figureNames.every((name) => one[name] === other[name]) &&
    baseFigureNames.every((name) => base[name] === otherBase[name])
  );
}
