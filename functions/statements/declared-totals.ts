import type { DeclaredTotal } from '../../shared/formats/statement-events.ts';
import type { Movement } from './check-balances.ts';
import { type FlagTally, tally } from './flags.ts';
import type { Page } from './page.ts';

const parts = ['credits', 'debits', 'all'] as const;

/**
 * Flags totals that the bank declares of its lines and that differ from them. They are compared where all lines are
 * booked and none was left out for being small. Pages declare each for itself, or the last of them for all.
 */
export function flagDeclaredTotals(flags: FlagTally, pages: readonly Page[]): void {
  if (pages.some(({ unbooked, floorLimits }) => unbooked > 0 || floorLimits?.some(({ amount }) => amount > 0n))) return;
  for (const part of parts) {
    const declared = declaredOf(pages, part);
    if (!declared) continue;
    const actual = actualOf(pages, part);
    const difference = declared.total === undefined ? 0n : actual.total - declared.total;
    if (difference === 0n && (declared.count ?? actual.count) === actual.count) continue;
    tally(flags, 'DECLARED_TOTALS_DIFFER', part, difference);
  }
}

function declaredOf(pages: readonly Page[], part: (typeof parts)[number]): DeclaredTotal | undefined {
  const declared = pages.map(({ declaredTotals }) => declaredTotals?.[part]);
  const there = declared.filter((one) => one !== undefined);
  const [only] = there;
  if (there.length === 1 && declared.at(-1) === only) return only;
  if (there.length < pages.length) return undefined;
  return there.reduce(addDeclared, { count: 0, total: 0n });
}

/** A figure that one page does not declare is not known of all. */
function addDeclared(sum: DeclaredTotal, { count, total }: DeclaredTotal): DeclaredTotal {
  return {
    ...(sum.count !== undefined && count !== undefined && { count: sum.count + count }),
    ...(sum.total !== undefined && total !== undefined && { total: sum.total + total }),
  };
}

function actualOf(pages: readonly Page[], part: (typeof parts)[number]): Movement {
  const movements = pages.flatMap((page) => (part === 'all' ? [page.credits, page.debits] : [page[part]]));
  return movements.reduce((sum, one) => ({ count: sum.count + one.count, total: sum.total + one.total }));
}
