import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import { lineFaults } from './check-line.ts';
import { feeBearingLine, remainderLine } from './merchants-line.ts';
import { compareToWhole, isProportional } from './proportional-shares.ts';
import { percent } from './ratio-text.ts';
import { LINES_MAX, type Share, type SplitLine, type SplitMethod, type SplitTerms } from './split-rule.ts';
import { tierAt } from './tier-parts.ts';

/**
 * Everything by which terms are wrong or contradict themselves; nothing where orders can be split by them. What a line says
 * wrongly by itself comes first, and lines are compared with each other only where that is none.
 */
export function checkTerms(terms: SplitTerms): Fault[] {
  const { lines, lifetimeCapBasisPoints: cap } = terms;
  if (lines.length < 1 || lines.length > LINES_MAX) return when(true, ['lines'], `Send 1 to ${LINES_MAX} lines.`);
  const isCapOff = cap === undefined || (cap > 0n && cap <= BASIS_POINTS_ONE);
  const single = [
    ...lines.flatMap((line, index) => under(['lines', index], lineFaults(line))),
    ...when(!isCapOff, ['lifetimeCapBasisPoints'], 'Send 1 to 10000 basis points; leave it out where there is no cap.'),
  ];
  if (single.length > 0) return single;
  const between = [...methodFaults(terms), ...twiceFaults(lines), ...mixtureFaults(lines), ...ratioFaults(lines)];
  return between.length > 0 ? between : [...boundFaults(lines), ...feeFaults(terms)];
}

const kindsOf: Readonly<Record<SplitMethod, readonly Share['kind'][]>> = {
  FIXED: ['FIXED', 'REMAINDER'],
  RATIO: ['RATIO', 'WEIGHT', 'TIERS', 'REMAINDER'],
  FIXED_THEN_RATIO: ['FIXED', 'RATIO', 'WEIGHT', 'TIERS', 'REMAINDER'],
};

function methodFaults({ method, lines }: SplitTerms): Fault[] {
  const kinds = kindsOf[method];
  const others = lines.flatMap(({ share: { kind } }, index) =>
    when(
      !kinds.includes(kind),
      ['lines', index, 'share', 'kind'],
      `${method} has lines ${kinds.join(', ')}; send one of them, or FIXED_THEN_RATIO as method.`,
    ),
  );
  const lacksRatio = method !== 'FIXED' && !lines.some(({ share }) => isProportional(share));
  const lacksFixed = method === 'FIXED_THEN_RATIO' && !lines.some(({ share }) => share.kind === 'FIXED');
  return [
    ...others,
    ...when(lacksRatio, ['method'], `${method} needs a line RATIO, WEIGHT or TIERS; send one, or FIXED as method.`),
    ...when(lacksFixed, ['method'], 'FIXED_THEN_RATIO needs a line FIXED; send one, or RATIO as method.'),
  ];
}

/** A sequence, the remainder, or a receiver that stands twice. */
function twiceFaults(lines: readonly SplitLine[]): Fault[] {
  return lines.flatMap((line, index) => {
    const earlier = lines.slice(0, index);
    const at = ['lines', index] as const;
    const isRemainder = line.share.kind === 'REMAINDER' && remainderLine(earlier) !== undefined;
    const same = earlier.find((other) => isSameReceiver(line, other));
    const whose = line.receiver === undefined ? 'the selling merchant (no receiver)' : 'this receiver';
    return [
      ...when(
        earlier.some(({ sequence }) => sequence === line.sequence),
        [...at, 'sequence'],
        `Sequence ${line.sequence} is taken; send another, which settles ties with the lower first.`,
      ),
      ...when(isRemainder, [...at, 'share', 'kind'], 'Send one REMAINDER; there is only one rest.'),
      ...when(
        same !== undefined && !isRemainder,
        [...at, 'receiver'],
        `Line ${same?.sequence} is of ${whose} too: put both into one. A FIXED line and one other are allowed.`,
      ),
    ];
  });
}

/** A fixed amount and a part beside it are told apart; two of a sort are not. */
function isSameReceiver(one: SplitLine, other: SplitLine): boolean {
  const isFixed = one.share.kind === 'FIXED';
  return one.receiver === other.receiver && isFixed === (other.share.kind === 'FIXED');
}

function mixtureFaults(lines: readonly SplitLine[]): Fault[] {
  const hasRatios = lines.some(({ share }) => share.kind === 'RATIO' || share.kind === 'TIERS');
  if (!hasRatios) return [];
  const detail =
    'Weights share the whole, and ratios of other lines leave them none; send ratios only, or weights only.';
  return lines.flatMap(({ share }, index) => when(share.kind === 'WEIGHT', ['lines', index, 'share', 'kind'], detail));
}

/**
 * At no height may the ratios that apply there be above 100 %. Where one line has MARGINAL and another WHOLE tiers, they can ask
 * for more than there is all the same, at the height where the whole one steps up.
 */
function ratioFaults(lines: readonly SplitLine[]): Fault[] {
  const proportional = lines.filter(({ share }) => isProportional(share));
  for (const height of heights(lines)) {
    const ratios = sum(lines.map(({ share }) => ratioAt(share, height)));
    const place = placeOf(lines, height);
    const where = height === 0n ? '' : ` from where ${place} begins`;
    const above = `Ratios add up to ${percent(ratios)}${where}; send 100.00 % at most.`;
    if (ratios > BASIS_POINTS_ONE) return when(true, ['lines'], above);
    const together = `Where ${place} begins the tiers ask for more than all of it together; lower one of them.`;
    if (compareToWhole(proportional, height) === 'MORE') return when(true, ['lines'], together);
  }
  return [];
}

/** The first tier that begins at a height, as who sent the lines counts them. */
function placeOf(lines: readonly SplitLine[], height: bigint): string {
  for (const { sequence, share } of lines) {
    const tier = share.kind === 'TIERS' ? share.tiers.findIndex(({ from }) => from === height) : -1;
    if (tier >= 0) return `tier ${tier + 1} of line ${sequence}`;
  }
  return 'the first tier';
}

/** Where tiers begin, of all lines, ascending; 0 is always one. */
function heights(lines: readonly SplitLine[]): bigint[] {
  const begins = lines.flatMap(({ share }) => (share.kind === 'TIERS' ? share.tiers.map(({ from }) => from) : []));
  return [...new Set([0n, ...begins])].sort((one, other) => (one < other ? -1 : 1));
}

function ratioAt(share: Share, height: bigint): bigint {
  if (share.kind === 'RATIO') return share.basisPoints;
  return share.kind === 'TIERS' ? (tierAt(share.tiers, height)?.basisPoints ?? 0n) : 0n;
}

/** What a cap cuts off has to go to somebody else. */
function boundFaults(lines: readonly SplitLine[]): Fault[] {
  const remainder = remainderLine(lines);
  return lines.flatMap(({ receiver, share, cap }, index) => {
    const comesBack = receiver === undefined && (remainder === undefined || share.kind === 'REMAINDER');
    const detail =
      'What it cuts off comes back to the merchant; leave it out, or send a REMAINDER of another receiver.';
    return when(cap !== undefined && comesBack, ['lines', index, 'cap'], detail);
  });
}

/** The fee needs a leg to be taken from that is not fixed, and that gets something. */
function feeFaults(terms: SplitTerms): Fault[] {
  const { base, lines, feeBearer } = terms;
  if (base === 'NET_OF_FEE') {
    return when(feeBearer !== undefined, ['feeBearer'], 'The fee is out before NET_OF_FEE is split; leave it out.');
  }
  const bearing = feeBearingLine(terms);
  if (feeBearer?.kind === 'LINE') {
    const detail = bearing ? 'A FIXED line never changes; name another one.' : 'Name the sequence of a line.';
    if (bearing === undefined || bearing.share.kind === 'FIXED') return [{ path: ['feeBearer', 'sequence'], detail }];
  }
  const getsRest = bearing === undefined || bearing.share.kind === 'REMAINDER';
  if ((feeBearer === undefined || getsRest) && leaveNothing(lines)) {
    const detail = `The lines add up to 100 % of ${base} and leave nothing for the fee; name the LINE by ratio that bears it, or MERCHANT where one is its own.`;
    return [{ path: ['feeBearer'], detail }];
  }
  const detail = 'The merchant gets nothing that is not fixed; name REMAINDER or a LINE, or give the merchant a line.';
  return when(bearing === undefined && remainderLine(lines) !== undefined, ['feeBearer'], detail);
}

/**
 * Whether there is a base at which proportional lines add up to 100 %. As ratios are nowhere above it, what they leave never
 * shrinks between two tiers: where it is nothing, it is so where the stretch begins.
 */
function leaveNothing(lines: readonly SplitLine[]): boolean {
  const proportional = lines.filter(({ share }) => isProportional(share));
  return heights(lines).some((from) =>
    [from, from + 1n].some((height) => height > 0n && compareToWhole(proportional, height) === 'ALL'),
  );
}
