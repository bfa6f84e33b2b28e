import { smaller } from '../../../shared/money/compare.ts';
import { goesUp } from './goes-up.ts';
import { loanRoomOf } from './loan-room.ts';
import type { SweepLeg } from './net-legs.ts';
import type { Reason } from './reasons.ts';
import type { LoanState, SweepNode } from './sweep-node.ts';

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
    const found = goesUp(node, parent, {
      available,
      parentAvailable: parent.available,
      loanRoom: loanRoomOf([...running.values()], node, 'UP'),
    });
    if ('reason' in found) return { legs, stopped: found.reason };
    legs.push({
      accountId: node.id,
      parentId: parent.id,
      direction: 'UP',
      amount: found.amount,
      depth: path.length - 1 - place,
      payerKeeps: smaller(found.keeps.all, available - found.amount),
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
