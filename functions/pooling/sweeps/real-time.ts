import { smaller } from '../../../shared/money/compare.ts';
import { blockedParent } from './collect-upward.ts';
import { loanRoomOf } from './loan-room.ts';
import type { SweepLeg } from './net-legs.ts';
import type { Reason } from './reasons.ts';
import { isIdle, type LoanState, type SweepNode } from './sweep-node.ts';
import { upwardAmount } from './upward-amount.ts';

export interface RealTimePlan {
  readonly legs: readonly SweepLeg[];
  /** Why the account that took the credit gives nothing, or why the money stopped where it is. */
  readonly stopped?: Reason;
}

/**
 * What a credit sets off: the account that took it gives by its rule in real time, and what arrives above ripples on by
 * the rules there, `levels` levels in all. `path` leads from the account up to the header. Where a level gives nothing,
 * the money has come to rest. A loan that two edges of the way share is taken as the first leaves it.
 */
export function planRealTime(path: readonly SweepNode[], levels: number, loans: readonly LoanState[]): RealTimePlan {
  const legs: SweepLeg[] = [];
  const running = new Map(loans.map((state) => [state.pair, state]));
  let arrived = 0n;
  for (const [place, node] of path.slice(0, levels).entries()) {
    const parent = path[place + 1];
    if (!parent) break;
    const available = node.available + arrived;
    const found = amountUp(node, parent, available, loanRoomOf([...running.values()], node, 'UP'));
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
    lend(running, node, found.amount);
    arrived = found.amount;
  }
  return { legs };
}

function lend(running: Map<string, LoanState>, { loan }: SweepNode, amount: bigint): void {
  const state = loan && running.get(loan.pair);
  if (!state) return;
  const position = state.position + (loan?.child === 'FIRST' ? amount : -amount);
  running.set(state.pair, { ...state, position });
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
