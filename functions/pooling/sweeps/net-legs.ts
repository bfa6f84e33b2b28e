import { smaller } from '../../../shared/money/compare.ts';
import type { Reason } from './reasons.ts';
import { levelsUpward, type TreeNode } from './sweep-tree.ts';
import type { Workings } from './workings.ts';

/** One movement between two neighbours: the account below and its parent. */
export interface SweepLeg {
  /** The account below; with it and the run the leg has its name. */
  readonly accountId: string;
  readonly parentId: string;
  readonly direction: 'UP' | 'DOWN';
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** Of the account below, from 1. */
  readonly depth: number;
  /** What the payer must still have free after the leg; undefined where it may go below zero without bound. */
  readonly payerKeeps?: bigint;
  /** What made it less than its rule asked for. */
  readonly cut?: Reason;
  /** UP: what of it goes no farther than to the payee. */
  readonly rests?: bigint;
  /** UP: what of `payerKeeps` is there only because such money came to the payer, and what it must keep without it. */
  readonly keptAtRest?: { readonly atRest: bigint; readonly besides: bigint };
}

/** Who pays and who is paid. */
export function sidesOf({ accountId, parentId, direction }: Pick<SweepLeg, 'accountId' | 'parentId' | 'direction'>): {
  readonly payer: string;
  readonly payee: string;
} {
  return direction === 'UP' ? { payer: accountId, payee: parentId } : { payer: parentId, payee: accountId };
}

/** One net leg per edge, in the order of execution: upward, children before parents; then downward, parents first. */
export function netLegs(workings: Workings): SweepLeg[] {
  const { tree } = workings;
  const upward = levelsUpward(tree).filter((one) => netUp(workings, one) > 0n);
  const downward = tree.filter((one) => netUp(workings, one) < 0n);
  const balance = tree.map(({ node }) => node.available);
  return [
    ...upward.map((one) => legOf(workings, balance, one, 'UP')),
    ...downward.map((one) => legOf(workings, balance, one, 'DOWN')),
  ];
}

function netUp({ up, down }: Workings, { index }: TreeNode): bigint {
  return (up[index] ?? 0n) - (down[index] ?? 0n);
}

function legOf(workings: Workings, balance: bigint[], child: TreeNode, direction: 'UP' | 'DOWN'): SweepLeg {
  const { node, index, parent, depth } = child;
  if (!parent) throw new Error('The header has no edge to a parent.');
  const net = netUp(workings, child);
  balance[index] = (balance[index] ?? 0n) - net;
  balance[parent.index] = (balance[parent.index] ?? 0n) + net;
  const payer = direction === 'UP' ? child : parent;
  const planned = balance[payer.index] ?? 0n;
  const kept = workings.keepsUp[index];
  const keeps = direction === 'UP' ? smaller(kept?.all ?? node.reserve, planned) : keptAfter(payer, planned);
  const cut = direction === 'UP' ? workings.cutUp[index] : workings.cutDown[index];
  return {
    accountId: node.id,
    parentId: parent.node.id,
    direction,
    amount: net < 0n ? -net : net,
    depth,
    ...(keeps !== undefined && { payerKeeps: keeps }),
    ...(cut && { cut }),
    ...(direction === 'UP' && resting(workings, child, net, planned)),
  };
}

/** Where levels are agreed, what of an upward leg rests above, and what of the payer's own money only rests with it. */
function resting({ restsAbove, keepsUp }: Workings, { index }: TreeNode, net: bigint, planned: bigint) {
  const rests = smaller(restsAbove[index] ?? 0n, net);
  const { atRest = 0n, besides = 0n } = keepsUp[index] ?? {};
  return {
    ...(rests > 0n && { rests }),
    ...(atRest > 0n && { keptAtRest: { atRest, besides: smaller(besides, planned) } }),
  };
}

/**
 * What the payer of a downward leg must keep when that is carried out: its reserve; less only where the plan itself has it
 * below, with money on its way to a child. So a balance that moved after the plan was made is never drawn below the reserve.
 * What goes up leaves besides what the rule keeps back: it is never owed to an overdraft, or to money that did not come.
 */
function keptAfter({ node }: TreeNode, planned: bigint): bigint | undefined {
  return node.unlimitedOverdraft ? undefined : smaller(node.reserve, planned);
}
