import { blockedParent } from './collect-upward.ts';
import type { SweepLeg } from './net-legs.ts';
import type { Reason } from './reasons.ts';
import { isIdle, type SweepNode } from './sweep-node.ts';
import { smaller, upwardAmount } from './upward-amount.ts';

export interface RealTimePlan {
  readonly legs: readonly SweepLeg[];
  /** Why the account that took the credit gives nothing, or why the money stopped where it is. */
  readonly stopped?: Reason;
}

/** The room that the loan on the edge above an account leaves to what goes up; undefined without a ceiling. */
export type LoanRoom = (node: SweepNode) => bigint | undefined;

/**
 * What a credit sets off: the account that took it gives by its rule in real time, and what arrives above ripples on by
 * the rules there, `levels` levels in all. `path` leads from the account up to the header. Where a level gives nothing,
 * the money has come to rest.
 */
export function planRealTime(path: readonly SweepNode[], levels: number, loanRoom: LoanRoom): RealTimePlan {
  const legs: SweepLeg[] = [];
  let arrived = 0n;
  for (const [place, node] of path.slice(0, levels).entries()) {
    const parent = path[place + 1];
    if (!parent) break;
    const available = node.available + arrived;
    const found = amountUp(node, parent, available, loanRoom(node));
    if (found.amount === 0n) return { legs, ...('reason' in found && { stopped: found.reason }) };
    legs.push({
      accountId: node.id,
      parentId: parent.id,
      direction: 'UP',
      amount: found.amount,
      depth: path.length - 1 - place,
      payerKeeps: smaller(node.reserve, available - found.amount),
      ...('cut' in found && found.cut && { cut: found.cut }),
    });
    arrived = found.amount;
  }
  return { legs };
}

function amountUp(node: SweepNode, parent: SweepNode, available: bigint, loanRoom: bigint | undefined) {
  const idle = (reason: Reason) => ({ amount: 0n, reason }) as const;
  if (node.blocked) return idle(node.blocked);
  if (isIdle(node.up)) return idle(node.up.idle);
  const closed = blockedParent(parent.blocked, node.up.whenParentFrozen);
  if (closed) return idle(closed);
  return upwardAmount(node.up, {
    available,
    unencumbered: available + node.unencumbered - node.available,
    reserve: node.reserve,
    sentByParent: node.sentByParent,
    parentOverdraft: parent.available < 0n ? -parent.available : 0n,
    ...(loanRoom !== undefined && { loanRoom }),
  });
}
