import { smaller } from '../../../shared/money/compare.ts';
import type { Reason } from './reasons.ts';
import { isIdle } from './sweep-node.ts';
import type { TreeNode } from './sweep-tree.ts';
import { loanRoom, type Workings } from './workings.ts';

/** An account above a child, and the accounts from below it down to the child. */
export interface Lender {
  readonly lender: TreeNode;
  readonly way: readonly TreeNode[];
}

/**
 * The accounts above a child that lend, the highest first: `near` are those within the levels that the child's agreement
 * names, `far` the others. What is invested lends through its header alone.
 */
export function lendersTo(child: TreeNode): { readonly near: Lender[]; readonly far: Lender[] } {
  const near: Lender[] = [];
  const far: Lender[] = [];
  const { down } = child.node;
  const levels = isIdle(down) ? undefined : down.levels;
  let way: readonly TreeNode[] = [child];
  for (let lender = child.parent; lender && !lender.node.invested; way = [lender, ...way], lender = lender.parent) {
    const isNear = levels === undefined || way.length <= levels;
    (isNear ? near : far).push({ lender, way });
  }
  return { near: near.reverse(), far };
}

/**
 * How much of an amount passes down to the last of these accounts through the edges above each of them, and what cut it.
 * An edge without an agreement of its own lets pass what the agreement of the last asks for; one with an agreement bounds
 * it by the limits of its periods, of which others may have had some before; a paused one, and a blocked account, let nothing
 * pass; loans bound it by their ceilings.
 */
export function passing(
  workings: Workings,
  way: readonly TreeNode[],
  amount: bigint,
): { readonly amount: bigint; readonly cut?: Reason } {
  if (way.slice(0, -1).some(isClosed)) return { amount: 0n, cut: 'PATH_CLOSED' };
  const within = way.reduce((least, one) => smaller(least, limitRoom(workings, one) ?? least), amount);
  const lent = loansLet(workings, way, within);
  if (lent < within) return { amount: lent, cut: 'LOAN_CEILING' };
  return within < amount ? { amount: within, cut: 'LIMIT' } : { amount };
}

export function isClosed({ node: { blocked, down } }: TreeNode): boolean {
  return blocked !== undefined || (isIdle(down) && down.idle === 'PAUSED');
}

function limitRoom({ down }: Workings, { node, index }: TreeNode): bigint | undefined {
  const limit = isIdle(node.down) ? undefined : node.down.room;
  return limit === undefined ? undefined : limit - (down[index] ?? 0n);
}

/**
 * Several edges of the way can belong to one loan. Where it is crossed again the same way, each of them needs its room;
 * where it is crossed back, that only undoes what an edge above did.
 */
function loansLet(workings: Workings, way: readonly TreeNode[], amount: bigint): bigint {
  if (workings.loans.size === 0) return amount;
  let most = amount;
  const crossings = new Map<string, bigint>();
  for (const edge of way) {
    const { loan } = edge.node;
    if (!loan) continue;
    const side = loan.child === 'FIRST' ? -1n : 1n;
    const crossed = (crossings.get(loan.pair) ?? 0n) + side;
    crossings.set(loan.pair, crossed);
    const times = crossed * side;
    const room = times > 0n ? loanRoom(workings, edge, 'DOWN') : undefined;
    if (room !== undefined) most = smaller(most, room / times);
  }
  return most;
}
