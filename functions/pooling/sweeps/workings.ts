import { larger, smaller } from '../../../shared/money/compare.ts';
import type { KeptUp } from './goes-up.ts';
import { roomOf } from './loan-room.ts';
import type { Reason } from './reasons.ts';
import { beginRipples, type Ripples, rippleUp } from './ripple.ts';
import { isIdle, type LoanState } from './sweep-node.ts';
import type { TreeNode } from './sweep-tree.ts';

/**
 * The figures of a plan while it is made, by the index of the account in the tree. Both passes move money here first; only
 * what is left between up and down on an edge becomes a leg.
 */
export interface Workings {
  readonly tree: readonly TreeNode[];
  /** Available, after what has moved so far. */
  readonly balance: bigint[];
  /** What the account keeps for itself before it lends: the larger of reserve and target. */
  readonly keep: readonly bigint[];
  /** Moved so far on the edge to the parent. */
  readonly up: bigint[];
  readonly down: bigint[];
  readonly whyNotUp: (Reason | undefined)[];
  readonly whyNotDown: (Reason | undefined)[];
  /** What cut a movement below what its rule asked for. */
  readonly cutUp: (Reason | undefined)[];
  readonly cutDown: (Reason | undefined)[];
  /** What the child still needs, after limits and units; settled in the first pass. */
  readonly need: bigint[];
  /** What it got of that; money that passes it is not among it. */
  readonly got: bigint[];
  readonly loans: Map<string, Running>;
  readonly ripples: Ripples | undefined;
  /** What stays in any case with an account that sends money up. */
  readonly keepsUp: (KeptUp | undefined)[];
  /** What of the money that went up goes no farther than to the parent. */
  readonly restsAbove: bigint[];
  /** What the header may lend once its own money is lent, where it invests. */
  lending?: Lending;
}

/** Minor units. `own`: the balance down to which it lends its own money; `credit`: how far below its investments stand for it. */
export interface Lending {
  readonly index: number;
  /** What comes back for the header itself, before anything for others. */
  readonly kept: bigint;
  readonly own: bigint;
  readonly credit: bigint;
  /** What keeps more of the investments from coming back. */
  readonly cut?: Reason;
}

interface Running {
  position: bigint;
  readonly state: LoanState;
}

export function beginWorkings(tree: readonly TreeNode[], loans: readonly LoanState[]): Workings {
  const zeros = () => tree.map(() => 0n);
  const blanks = () => tree.map((): Reason | undefined => undefined);
  return {
    tree,
    balance: tree.map(({ node }) => node.available),
    keep: tree.map(keptBy),
    up: zeros(),
    down: zeros(),
    need: zeros(),
    got: zeros(),
    whyNotUp: blanks(),
    whyNotDown: blanks(),
    cutUp: blanks(),
    cutDown: blanks(),
    loans: new Map(loans.map((state) => [state.pair, { position: state.position, state }])),
    ripples: beginRipples(tree),
    keepsUp: tree.map((): KeptUp | undefined => undefined),
    restsAbove: zeros(),
  };
}

function keptBy({ node: { reserve, up, down } }: TreeNode): bigint {
  const upTarget = !isIdle(up) && up.rule.method === 'TARGET' ? up.rule.target : 0n;
  const constant = !isIdle(down) && down.rule.method === 'TARGET' && down.rule.mode === 'CONSTANT';
  return larger(reserve, larger(upTarget, constant ? down.rule.target : 0n));
}

/**
 * What an account may lend: what it holds above what it keeps. A header without a bound lends whatever is asked; one that
 * invests, its own money first, then what its investments stand for, and only then without bound.
 */
export function lendable({ tree, balance, keep, lending }: Workings, { node, index }: TreeNode, asked: bigint): bigint {
  if (node.blocked) return 0n;
  const held = balance[index] ?? 0n;
  const isLending = lending?.index === index;
  if (node.unlimitedOverdraft && (isLending || !tree[0]?.node.invested)) return asked;
  const spare = held - (isLending ? lending.own - lending.credit : (keep[index] ?? 0n));
  return spare > 0n ? smaller(spare, asked) : 0n;
}

export function moveUp(workings: Workings, child: TreeNode, amount: bigint): void {
  rippleUp(workings, child, amount);
  move(workings, child, amount);
  workings.up[child.index] = (workings.up[child.index] ?? 0n) + amount;
}

export function moveDown(workings: Workings, child: TreeNode, amount: bigint): void {
  move(workings, child, -amount);
  workings.down[child.index] = (workings.down[child.index] ?? 0n) + amount;
}

/** Upward positive. */
function move({ balance, loans }: Workings, { index, parent, node }: TreeNode, upward: bigint): void {
  balance[index] = (balance[index] ?? 0n) - upward;
  if (parent) balance[parent.index] = (balance[parent.index] ?? 0n) + upward;
  const running = node.loan && loans.get(node.loan.pair);
  if (running) running.position += node.loan?.child === 'FIRST' ? upward : -upward;
}

/** How much more the loan of the edge lets go up, or down; undefined without a ceiling. */
export function loanRoom({ loans }: Workings, { node }: TreeNode, way: 'UP' | 'DOWN'): bigint | undefined {
  const running = node.loan && loans.get(node.loan.pair);
  if (!running) return undefined;
  return roomOf(running.state, running.position, (node.loan?.child === 'FIRST') === (way === 'UP'));
}
