import { larger, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { merchantsLine, remainderLine } from './merchants-line.ts';
import { isProportional, proportionalShares } from './proportional-shares.ts';
import type { SplitFault, SplitLeg } from './split.ts';
import type { SplitLine } from './split-rule.ts';

/** A leg before the fee: its share, and what was left over and comes on top of it. Minor units; may be zero, never below. */
export type Shared = Omit<SplitLeg, 'amount' | 'fee'> & { readonly share: bigint };

export type SharedOut = { readonly shares: readonly Shared[] } | { readonly fault: SplitFault };

/**
 * Divides all that there is to split (`pot`, minor units) over lines in the order of their sequence; ratios are of `base`. The
 * shares and rests add up to the pot, always. The last is the merchant's without a line, where none of its lines takes the rest.
 */
export function shareOut(lines: readonly SplitLine[], pot: bigint, base: bigint): SharedOut {
  const fixed = sum(lines.map(fixedAmount));
  const available = smaller(pot, base);
  if (fixed > available) return tooSmall(available, fixed);

  const capped = cappedShares(lines, base, fixed);
  const asked = sum(capped.map(({ share }) => share));
  if (asked > pot) return { fault: { code: 'RATIOS_ABOVE_PAID', available: pot, required: asked } };
  return withRest(capped.map(raised), pot);
}

/** What the remainder takes, and then the merchant. It is below zero where floors took more than was left. */
function withRest(shares: readonly Bounded[], pot: bigint): SharedOut {
  const lines = shares.map(({ line }) => line);
  const remainder = remainderLine(lines);
  const left = pot - sum(shares.map(({ share }) => share));
  const least = remainder ? (remainder.floor ?? 0n) : left;
  if (left < least) return tooSmall(pot, pot - left + least);

  const taken = remainder ? smaller(left, remainder.cap ?? left) : 0n;
  const rest = left - taken;
  const own = merchantsLine(lines);
  const legs = shares.map((one): Shared => {
    if (one.line === remainder) return shared({ ...one, share: taken, ...(rest > 0n && { bound: 'CAP' }) }, pot);
    return shared(one, one.base, one.line === own ? rest : 0n);
  });
  const merchants = own ? legs.find(({ sequence }) => sequence === own.sequence) : undefined;
  const lowest = own?.floor ?? 0n;
  const gets = (merchants?.share ?? 0n) + rest;
  if (gets < lowest) return tooSmall(pot, pot - gets + lowest);
  return { shares: own ? legs : [...legs, withoutLine(lines, rest, pot)] };
}

/** A line with its share so far, and what that was taken of. */
interface Bounded {
  readonly line: SplitLine;
  readonly share: bigint;
  readonly base: bigint;
  readonly bound?: 'CAP' | 'FLOOR';
}

function cappedShares(lines: readonly SplitLine[], base: bigint, fixed: bigint): Bounded[] {
  const whole = base - fixed;
  const proportional = lines.filter(({ share }) => isProportional(share));
  const parts = new Map(proportionalShares(proportional, whole).map((part, index) => [proportional[index], part]));
  return lines.map((line) => {
    const part = parts.get(line);
    if (part === undefined) return { line, share: fixedAmount(line), base };
    const share = smaller(part, line.cap ?? part);
    return { line, share, base: whole, ...(share < part && { bound: 'CAP' }) };
  });
}

/** A line that its floor lifts. The remainder has no share yet, and its floor is looked at when it has. */
function raised(one: Bounded): Bounded {
  const { floor = 0n, share } = one.line;
  if (!isProportional(share) || one.share >= floor) return one;
  return { ...one, share: larger(one.share, floor), bound: 'FLOOR' };
}

function shared({ line, share, bound }: Bounded, base: bigint, rest = 0n): Shared {
  const { sequence, receiver } = line;
  return {
    sequence,
    ...(receiver !== undefined && { receiver }),
    kind: line.share.kind,
    base,
    share,
    ...(bound && { bound }),
    ...(rest !== 0n && { rest }),
  };
}

/** The merchant's leg that no line is of. */
function withoutLine(lines: readonly SplitLine[], share: bigint, base: bigint): Shared {
  return { sequence: (lines.at(-1)?.sequence ?? 0) + 1, kind: 'MERCHANT', base, share };
}

function fixedAmount({ share }: SplitLine): bigint {
  return share.kind === 'FIXED' ? share.amount : 0n;
}

function tooSmall(available: bigint, required: bigint): SharedOut {
  return { fault: { code: 'BASE_TOO_SMALL', available, required } };
}
