import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import { type Share, type SplitLine, TIERS_MAX, type Tier, WEIGHT_MAX } from './split-rule.ts';

/** What one line says wrongly by itself. */
export function lineFaults({ sequence, share, cap, floor }: SplitLine): Fault[] {
  const isCount = Number.isSafeInteger(sequence) && sequence > 0;
  const isFixed = share.kind === 'FIXED';
  return [
    ...when(!isCount, ['sequence'], 'Send a whole number, 1 or more.'),
    ...under(['share'], shareFaults(share)),
    ...boundFaults('cap', cap, isFixed),
    ...boundFaults('floor', floor, isFixed),
    ...when(
      cap !== undefined && floor !== undefined && cap > 0n && cap < floor,
      ['cap'],
      'Send the floor or more; else no share fits.',
    ),
  ];
}

function boundFaults(bound: 'cap' | 'floor', amount: bigint | undefined, isFixed: boolean): Fault[] {
  if (amount === undefined) return [];
  if (isFixed) return when(true, [bound], 'A FIXED line never changes; leave it out.');
  return when(amount <= 0n, [bound], 'Send an amount above zero, or leave it out.');
}

function shareFaults(share: Share): Fault[] {
  switch (share.kind) {
    case 'FIXED':
      return when(share.amount <= 0n, ['amount'], 'Send an amount above zero.');
    case 'RATIO':
      return when(!isRatio(share.basisPoints, 1n), ['basisPoints'], 'Send 1 to 10000 basis points; 100 is 1 %.');
    case 'WEIGHT':
      return when(share.weight < 1n || share.weight > WEIGHT_MAX, ['weight'], `Send 1 to ${WEIGHT_MAX}.`);
    case 'TIERS':
      return under(['tiers'], tiersFaults(share.tiers));
    default:
      return [];
  }
}

function tiersFaults(tiers: readonly Tier[]): Fault[] {
  if (tiers.length < 1 || tiers.length > TIERS_MAX) return when(true, [], `Send 1 to ${TIERS_MAX} tiers.`);
  const isNothing = tiers.every(({ basisPoints }) => basisPoints === 0n);
  return [
    ...tiers.flatMap((tier, index) => under([index], tierFaults(tier, tiers[index - 1]))),
    ...when(isNothing, [], 'Send a tier above 0 basis points; else the line never gets anything.'),
  ];
}

function tierFaults({ from, basisPoints }: Tier, before: Tier | undefined): Fault[] {
  const detail = before ? 'Send more than in the tier before; tiers ascend.' : 'Send 0; the first tier begins there.';
  return [
    ...when(before ? from <= before.from : from !== 0n, ['from'], detail),
    ...when(!isRatio(basisPoints, 0n), ['basisPoints'], 'Send 0 to 10000 basis points; 100 is 1 %.'),
  ];
}

function isRatio(basisPoints: bigint, least: bigint): boolean {
  return basisPoints >= least && basisPoints <= BASIS_POINTS_ONE;
}
