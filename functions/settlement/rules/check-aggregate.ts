import { type Fault, when } from '../../../shared/problems/located-faults.ts';
import type { SplitRule, SplitTerms } from '../splits/split-rule.ts';

/** Lines of a rule whose orders are added up before the split: the shares of a sum are written together. */
export const SUM_LINES_MAX = 40;

/** What of terms is of each order by itself, so that it has no meaning for the sum of many. */
export function checkAggregate(
  { lines, lifetimeCapBasisPoints: cap }: SplitTerms,
  aggregate: SplitRule['aggregate'],
): Fault[] {
  if (aggregate === 'AFTER_SPLIT') return [];
  const fixed = lines.flatMap(({ share }, index) =>
    when(
      share.kind === 'FIXED',
      ['lines', index, 'share', 'kind'],
      'BEFORE_SPLIT adds orders up, and FIXED is of each; send RATIO, WEIGHT or TIERS, or AFTER_SPLIT as aggregate.',
    ),
  );
  return [
    ...fixed,
    ...when(
      cap !== undefined,
      ['lifetimeCapBasisPoints'],
      'BEFORE_SPLIT adds orders up, and this cap is over the life of each; leave it out, or send AFTER_SPLIT as aggregate.',
    ),
    ...when(
      lines.length > SUM_LINES_MAX,
      ['lines'],
      `With BEFORE_SPLIT send ${SUM_LINES_MAX} lines at most; else AFTER_SPLIT as aggregate.`,
    ),
  ];
}
