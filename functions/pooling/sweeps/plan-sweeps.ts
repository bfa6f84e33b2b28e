import { collectUpward } from './collect-upward.ts';
import { fundDownward } from './fund-downward.ts';
import { investingHeader, lendFromInvestment, settleInvestment } from './investing.ts';
import { netLegs, type SweepLeg } from './net-legs.ts';
import type { Reason } from './reasons.ts';
import type { LoanState, SweepNode } from './sweep-node.ts';
import { buildTree } from './sweep-tree.ts';
import { beginWorkings } from './workings.ts';

export interface SweepPlan {
  /** In the order in which they are carried out. */
  readonly legs: readonly SweepLeg[];
  /** Every account without a leg on the edge to its parent (the header: without any leg), in level order. */
  readonly idle: readonly IdleAccount[];
}

export interface IdleAccount {
  readonly accountId: string;
  /** Why nothing goes up, and why nothing comes down. */
  readonly up: Reason;
  readonly down: Reason;
}

/**
 * The sweeps of one run, out of what is available and agreed. Two passes:
 *
 * 1. Children before parents. Each child's surplus comes up to its node; children that cover an overdraft only, last and
 *    by priority. The node serves its own reserve and target, then its children's needs by priority, with what it holds
 *    above both; what is left goes up by its own rule.
 * 2. From the top, level by level. Needs not met yet are funded by priority with what the accounts above still hold over
 *    reserve and target, the highest one's money first; what is on its way to a child is not held back on the way.
 *
 * Where the header invests, it lends its own money first; then what its investments stand for, which comes back as far as it
 * was lent; at the end its surplus is invested. Investments are no account that others borrow from: what comes back is
 * bounded by what is agreed with the header.
 *
 * A need that must be met in full and cannot be is left with its reason, and the next is tried. What went up and came down
 * on one edge is netted: one leg per edge at the most. Legs are carried out upward, children before parents, then downward,
 * parents before children.
 *
 * Loans end within their ceilings, or no farther beyond one than they began; between two legs of a run one can be beyond,
 * where a leg that brings it back comes later.
 *
 * Nothing goes below a reserve but money on its way; frozen money is not in `available`, so it never moves. The plan is the
 * same for any order of the input.
 */
export function planSweeps(nodes: readonly SweepNode[], loans: readonly LoanState[] = []): SweepPlan {
  const tree = buildTree(nodes);
  const workings = beginWorkings(tree, loans);
  collectUpward(workings);
  const header = investingHeader(workings);
  fundDownward(workings, header === undefined);
  if (header) {
    lendFromInvestment(workings, header);
    fundDownward(workings, true);
    settleInvestment(workings, header);
  }
  return { legs: netLegs(workings), idle: listIdle(workings) };
}

function listIdle({ tree, up, down, whyNotUp, whyNotDown }: ReturnType<typeof beginWorkings>): IdleAccount[] {
  const idle: IdleAccount[] = [];
  const [header] = tree;
  const moved = header?.children.some(({ index }) => up[index] !== down[index]);
  if (header && !moved) idle.push({ accountId: header.node.id, up: 'NO_CHILD_MOVED', down: 'NO_CHILD_MOVED' });
  for (const { node, index, parent } of tree) {
    if (!parent || up[index] !== down[index]) continue;
    const netted = (up[index] ?? 0n) > 0n;
    idle.push({
      accountId: node.id,
      up: netted ? 'NETTED' : (whyNotUp[index] ?? 'NOTHING_TO_SWEEP'),
      down: netted ? 'NETTED' : (whyNotDown[index] ?? 'NO_NEED'),
    });
  }
  return idle;
}
