import { smaller } from '../../../shared/money/compare.ts';
import { isIdle } from './sweep-node.ts';
import type { TreeNode } from './sweep-tree.ts';
import type { Workings } from './workings.ts';

/**
 * Money that came up from below with so many levels still to go (多级联动上划层级), by account. Kept only where some
 * agreement names its levels: elsewhere all money goes as far as the rules take it.
 */
export type Ripples = Map<number, bigint>[];

/** Part of what an account holds, and how many levels it may still go up. */
interface Portion {
  readonly levels: number;
  readonly amount: bigint;
}

export function beginRipples(tree: readonly TreeNode[]): Ripples | undefined {
  const isNamed = tree.some(({ node: { up } }) => !isIdle(up) && up.levels !== undefined);
  return isNamed ? tree.map(() => new Map()) : undefined;
}

/** What an account holds that came as far as was agreed, so that it stays; zero where nothing names its levels. */
export function atRest(workings: Workings, node: TreeNode): bigint {
  return portionsOf(workings, node).find(({ levels }) => levels === 0)?.amount ?? 0n;
}

/** Remembers at the parent how far what goes up now may still go. What may go farthest goes first. */
export function rippleUp(workings: Workings, child: TreeNode, amount: bigint): void {
  const arrived = child.parent && workings.ripples?.[child.parent.index];
  if (!arrived) return;
  let rest = amount;
  for (const portion of portionsOf(workings, child).reverse()) {
    const taken = smaller(rest, portion.amount);
    if (taken === 0n) continue;
    const levels = portion.levels - 1;
    arrived.set(levels, (arrived.get(levels) ?? 0n) + taken);
    if (levels === 0) workings.restsAbove[child.index] = taken;
    rest -= taken;
  }
}

/**
 * What an account holds in the first pass once it has served those below it, by levels, the fewest first. What it lends and
 * what its own overdraft takes comes out of the money that may go least far.
 */
function portionsOf({ ripples, down }: Workings, { node, index, children }: TreeNode): Portion[] {
  const arrived = ripples?.[index];
  if (!arrived) return [];
  const own = isIdle(node.up) ? undefined : node.up.levels;
  const held = new Map(arrived);
  const levels = own ?? Number.POSITIVE_INFINITY;
  if (node.available > 0n) held.set(levels, (held.get(levels) ?? 0n) + node.available);
  let spent = children.reduce(
    (sum, child) => sum + (down[child.index] ?? 0n),
    node.available < 0n ? -node.available : 0n,
  );
  return [...held]
    .sort(([one], [other]) => one - other)
    .map(([levels, amount]) => {
      const taken = smaller(spent, amount);
      spent -= taken;
      return { levels, amount: amount - taken };
    });
}
