import { positive } from '../../../shared/money/compare.ts';
import type { Reason } from './reasons.ts';
import { type Blocked, isIdle, type SweepNode } from './sweep-node.ts';
import { keptUpward, none, type UpwardState, upwardAmount } from './upward-amount.ts';

/** Where an account and its parent stand when money is about to go up; both have moved since they were read. */
export interface EdgeState {
  readonly available: bigint;
  readonly parentAvailable: bigint;
  /** What the loan between the two entities leaves; undefined without a ceiling. */
  readonly loanRoom: bigint | undefined;
  /** What came up from below and goes no farther. */
  readonly atRest?: bigint;
}

/** What stays with an account that sends money up, whatever becomes of the money that it counts on. Minor units. */
export interface KeptUp {
  readonly all: bigint;
  /** What of it came from below and goes no farther; where that does not come, nothing of it is to stay. */
  readonly atRest: bigint;
  /** What would stay without that. */
  readonly besides: bigint;
}

/** What goes up, and what stays. */
export type UpwardMove =
  | { readonly amount: bigint; readonly cut?: Reason; readonly keeps: KeptUp }
  | { readonly amount: 0n; readonly reason: Reason };

/** What goes up from an account to its parent by the rule in force, or why nothing does. */
export function goesUp(node: SweepNode, parent: SweepNode, edge: EdgeState): UpwardMove {
  if (node.blocked) return none(node.blocked);
  if (isIdle(node.up)) return none(node.up.idle);
  const closed = blockedParent(parent.blocked, node.up.whenParentFrozen);
  if (closed) return none(closed);
  const { available, parentAvailable, loanRoom, atRest = 0n } = edge;
  const state: UpwardState = {
    available,
    unencumbered: available + node.unencumbered - node.available,
    reserve: node.reserve,
    sentByParent: node.sentByParent,
    owed: node.owed ?? 0n,
    atRest,
    parentOverdraft: positive(-parentAvailable),
    ...(loanRoom !== undefined && { loanRoom }),
  };
  const found = upwardAmount(node.up, state);
  if ('reason' in found) return found;
  const besides = keptUpward(node.up, { ...state, atRest: 0n });
  return { ...found, keeps: { all: keptUpward(node.up, state), atRest, besides } };
}

/** A frozen parent takes credits, so money may go into it where the agreement says so; a closed one takes nothing. */
function blockedParent(blocked: Blocked | undefined, whenFrozen: 'SWEEP' | 'SKIP'): Reason | undefined {
  if (blocked === 'ACCOUNT_FROZEN') return whenFrozen === 'SWEEP' ? undefined : 'PARENT_FROZEN';
  return blocked === 'ACCOUNT_CLOSED' ? 'PARENT_CLOSED' : blocked && 'PARENT_BANK_CLOSED';
}
