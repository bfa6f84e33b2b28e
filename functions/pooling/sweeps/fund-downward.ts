import { smaller } from '../../../shared/money/compare.ts';
import { grant } from './collect-upward.ts';
import type { Reason } from './reasons.ts';
import type { TreeNode } from './sweep-tree.ts';
import { isClosed, type Lender, lendersTo, passing } from './way-down.ts';
import { lendable, moveDown, type Workings } from './workings.ts';

/**
 * The second pass: from the top, what is needed still is funded by the accounts above, the highest one's money first. What is
 * short then is told, unless more money is to come.
 */
export function fundDownward(workings: Workings, isLast: boolean): void {
  for (const parent of workings.tree) {
    if (parent.node.invested) continue;
    for (const child of parent.children) {
      if ((workings.need[child.index] ?? 0n) === 0n) continue;
      const cut = fund(workings, child);
      if (isLast && (workings.need[child.index] ?? 0n) > 0n)
        tellShort(workings, child, cut ?? workings.lending?.cut ?? 'PARENT_SHORT');
    }
  }
}

interface Sent {
  /** From below the lender to the child. */
  readonly way: readonly TreeNode[];
  readonly amount: bigint;
}

/**
 * All that can come is sent, so that the limits and ceilings of the way count it; what the child does not take of it goes
 * back, that of the nearest account first. Returns what stood in the way of more.
 */
function fund(workings: Workings, child: TreeNode): Reason | undefined {
  const { sent, offered, cut } = sendDown(workings, child);
  let unwanted = offered - grant(workings, child, offered);
  for (const { way, amount } of sent.reverse()) {
    const back = smaller(unwanted, amount);
    if (back > 0n) moveAlong(workings, way, -back);
    unwanted -= back;
  }
  return cut;
}

/** What each account above may lend, the highest first, as far as the way lets it through; and what stood in the way. */
function sendDown(workings: Workings, child: TreeNode): { sent: Sent[]; offered: bigint; cut: Reason | undefined } {
  const need = workings.need[child.index] ?? 0n;
  const { near, far } = lendersTo(child);
  const sent: Sent[] = [];
  let offered = 0n;
  let cut: Reason | undefined;
  for (const { lender, way } of near) {
    const passed = passing(workings, way, lendable(workings, lender, need - offered));
    cut ??= passed.cut;
    if (passed.amount === 0n) continue;
    moveAlong(workings, way, passed.amount);
    sent.push({ way, amount: passed.amount });
    offered += passed.amount;
  }
  if (offered === 0n && near.some(({ lender }) => isClosed(lender))) cut = 'PATH_CLOSED';
  return { sent, offered, cut: cut ?? whyNotFarther(workings, far, need - offered) };
}

/** What is too far away by the levels that are agreed, but would have been there. */
function whyNotFarther(workings: Workings, far: readonly Lender[], short: bigint): Reason | undefined {
  return far.some(({ lender }) => lendable(workings, lender, short) > 0n) ? 'LEVELS' : undefined;
}

function moveAlong(workings: Workings, way: readonly TreeNode[], amount: bigint): void {
  for (const passed of way) moveDown(workings, passed, amount);
}

function tellShort({ whyNotDown, cutDown }: Workings, { index }: TreeNode, reason: Reason): void {
  whyNotDown[index] = reason;
  cutDown[index] = reason;
}
