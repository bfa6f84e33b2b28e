import type { SplitAmounts, SplitFault } from '../../../../functions/settlement/splits/split.ts';
import type { SplitLine, SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';

/** What each line gets, by sequence; 0 is the merchant without a line. Or the code of the fault. */
export type Reference = Map<number, bigint> | SplitFault['code'];

/** A fraction; the denominator is above zero. */
interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const isLess = (one: Rational, other: Rational) => one.n * other.d < other.n * one.d;
const minus = (one: Rational, units: bigint): Rational => ({ n: one.n - units * one.d, d: one.d });
const plus = (one: Rational, other: Rational): Rational => ({
  n: one.n * other.d + other.n * one.d,
  d: one.d * other.d,
});

/**
 * A split worked slowly and by other means: exact fractions, marginal tiers minor unit by minor unit, remainders handed out one
 * at a time to whoever is furthest below its exact share. For small amounts, and terms with one line per receiver.
 */
export function referenceSplit(terms: SplitTerms, amounts: SplitAmounts): Reference {
  const { order, paid, cash = paid, fee, givenBefore = 0n } = amounts;
  const pot = terms.base === 'NET_OF_FEE' ? paid - fee : paid;
  if (pot < 0n) return 'FEE_NOT_COVERED';
  const net = cash < fee ? 0n : cash - fee;
  const base = { ORDER: order, PAID: cash, NET_OF_FEE: net }[terms.base];
  const got = new Map<number, bigint>([[0, 0n]]);
  let whole = base;
  let left = pot;
  for (const { sequence, share } of terms.lines) {
    if (share.kind !== 'FIXED') continue;
    got.set(sequence, share.amount);
    whole -= share.amount;
    left -= share.amount;
  }
  if (whole < 0n || left < 0n) return 'BASE_TOO_SMALL';

  const parts = proportional(terms.lines, whole);
  let belowCaps = left;
  for (const [line, part] of parts) {
    const capped = line.cap !== undefined && part > line.cap ? line.cap : part;
    belowCaps -= capped;
    const amount = line.floor !== undefined && capped < line.floor ? line.floor : capped;
    got.set(line.sequence, amount);
    left -= amount;
  }
  if (belowCaps < 0n) return 'RATIOS_ABOVE_PAID';

  const remainder = terms.lines.find(({ share }) => share.kind === 'REMAINDER');
  const own = lowest(
    terms.lines.filter(({ receiver, share, cap }) => !receiver && share.kind !== 'FIXED' && cap === undefined),
  );
  if (remainder) {
    if (left < (remainder.floor ?? 0n)) return 'BASE_TOO_SMALL';
    const taken = remainder.cap !== undefined && left > remainder.cap ? remainder.cap : left;
    got.set(remainder.sequence, taken);
    left -= taken;
  }
  const home = own?.sequence ?? 0;
  const merchants = (got.get(home) ?? 0n) + left;
  if (merchants < (own?.floor ?? 0n)) return 'BASE_TOO_SMALL';
  got.set(home, merchants);

  if (terms.base !== 'NET_OF_FEE') {
    const { feeBearer = { kind: 'REMAINDER' } } = terms;
    const rests = feeBearer.kind === 'REMAINDER' && remainder ? remainder.sequence : home;
    const bearer = feeBearer.kind === 'LINE' ? feeBearer.sequence : rests;
    got.set(bearer, (got.get(bearer) ?? 0n) - fee);
    if ((got.get(bearer) ?? 0n) < 0n) return 'FEE_NOT_COVERED';
  }
  let away = givenBefore;
  for (const { sequence, receiver } of terms.lines) if (receiver) away += got.get(sequence) ?? 0n;
  const cap = terms.lifetimeCapBasisPoints;
  if (cap !== undefined && away > givenBefore && isLess({ n: order * cap, d: 10_000n }, { n: away, d: 1n }))
    return 'LIFETIME_CAP';
  return got;
}

function proportional(lines: readonly SplitLine[], whole: bigint): [SplitLine, bigint][] {
  const exact = lines.flatMap((line): [SplitLine, Rational][] => {
    const share = exactShare(line, lines, whole);
    return share ? [[line, share]] : [];
  });
  exact.sort(([one], [other]) => one.sequence - other.sequence);
  const given = exact.map(([line, { n, d }]): [SplitLine, bigint] => [line, n / d]);
  const all = exact.reduce((sum, [, share]) => plus(sum, share), { n: 0n, d: 1n });
  if (all.n !== whole * all.d) return given;
  for (let over = given.reduce((rest, [, units]) => rest - units, whole); over > 0n; over -= 1n) {
    let furthest = 0;
    for (let index = 1; index < given.length; index += 1) {
      const missing = (at: number) => minus(exact[at]?.[1] ?? { n: 0n, d: 1n }, given[at]?.[1] ?? 0n);
      if (isLess(missing(furthest), missing(index))) furthest = index;
    }
    const [line, units] = given[furthest] as [SplitLine, bigint];
    given[furthest] = [line, units + 1n];
  }
  return given;
}

function exactShare({ share }: SplitLine, lines: readonly SplitLine[], whole: bigint): Rational | undefined {
  switch (share.kind) {
    case 'RATIO':
      return { n: whole * share.basisPoints, d: 10_000n };
    case 'WEIGHT': {
      let weights = 0n;
      for (const { share: other } of lines) if (other.kind === 'WEIGHT') weights += other.weight;
      return { n: whole * share.weight, d: weights };
    }
    case 'TIERS': {
      const at = (unit: bigint) => share.tiers.filter(({ from }) => from <= unit).at(-1)?.basisPoints ?? 0n;
      if (share.apply === 'WHOLE') return { n: whole * at(whole), d: 10_000n };
      let n = 0n;
      for (let unit = 0n; unit < whole; unit += 1n) n += at(unit);
      return { n, d: 10_000n };
    }
    default:
      return undefined;
  }
}

function lowest(lines: readonly SplitLine[]): SplitLine | undefined {
  return [...lines].sort((one, other) => one.sequence - other.sequence)[0];
}
