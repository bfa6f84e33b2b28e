import { larger, positive, smaller } from '../../../shared/money/compare.ts';
import { acceptable, lacking, needOf } from './collect-upward.ts';
import { goesUp } from './goes-up.ts';
import type { Reason } from './reasons.ts';
import { atRest } from './ripple.ts';
import { type DownRule, isIdle } from './sweep-node.ts';
import type { TreeNode } from './sweep-tree.ts';
import { type Amount, floorToUnit, limitedBy, roundedToUnit } from './upward-amount.ts';
import { lendable, moveDown, moveUp, type Workings } from './workings.ts';

/** The header below its investment account; undefined where nothing is invested. */
export function investingHeader({ tree }: Pick<Workings, 'tree'>): TreeNode | undefined {
  const [top] = tree;
  return top?.node.invested ? top.children[0] : undefined;
}

/**
 * Lets the header lend, beyond its own money, what may come back from its investments once it has served itself; and what is
 * still needed then, where it lends without bound. settleInvestment takes back what was lent.
 */
export function lendFromInvestment(workings: Workings, header: TreeNode): void {
  const { index, node } = header;
  const now = workings.balance[index] ?? 0n;
  const own = smaller(now, workings.keep[index] ?? 0n);
  if (isIdle(node.down)) {
    workings.lending = { index, own, credit: 0n, kept: 0n };
    return;
  }
  const back = redeemable(workings, header, node.down);
  const kept = keptOf(workings, header, node.down);
  const credit = positive(back.amount - kept);
  workings.lending = { index, own, credit, kept, ...(back.cut && { cut: back.cut }) };
}

/** The last step: the header's surplus is invested; or what it lacks comes back, with what was lent of the investments. */
export function settleInvestment(workings: Workings, header: TreeNode): void {
  const { index, node } = header;
  const lent = lentOf(workings, index);
  if (lent === 0n) invest(workings, header);
  if (isIdle(node.down)) workings.whyNotDown[index] = node.down.idle;
  else redeem(workings, header, node.down, lent);
}

function invest(workings: Workings, header: TreeNode): void {
  const { balance, whyNotUp, cutUp, keepsUp } = workings;
  const { index, node, parent } = header;
  if (!parent) return;
  const found = goesUp(node, parent.node, {
    available: balance[index] ?? 0n,
    parentAvailable: balance[parent.index] ?? 0n,
    loanRoom: undefined,
    atRest: atRest(workings, header),
  });
  if ('reason' in found) {
    whyNotUp[index] = found.reason;
    return;
  }
  cutUp[index] = found.cut;
  keepsUp[index] = found.keeps;
  moveUp(workings, header, found.amount);
}

function redeem(workings: Workings, header: TreeNode, rule: DownRule, lent: bigint): void {
  const { index, parent } = header;
  if (!parent) return;
  const need = needOf(workings, header);
  const own = granted(workings, parent, rule, need);
  const amount = larger(own, lent === 0n ? 0n : whole((workings.lending?.kept ?? 0n) + lent, rule));
  if (amount > 0n) moveDown(workings, header, amount);
  if ('reason' in need) workings.whyNotDown[index] = need.reason;
  else {
    const cut = own < need.amount ? 'PARENT_SHORT' : need.cut;
    workings.whyNotDown[index] = cut;
    workings.cutDown[index] = cut;
  }
}

/** What of its own need the header gets of its investments: all, or a part where that is allowed. */
function granted(workings: Workings, top: TreeNode, rule: DownRule, { amount }: Amount): bigint {
  return acceptable(rule, amount, lendable(workings, top, amount), 0n);
}

/** What the header has lent beyond its own money, as far as its investments stand for it. */
function lentOf({ lending, balance }: Workings, index: number): bigint {
  return lending ? smaller(positive(lending.own - (balance[index] ?? 0n)), lending.credit) : 0n;
}

/** What may come back in one run by the rule: no more than its bounds, in whole units, and nothing below its minimum. */
function redeemable(workings: Workings, header: TreeNode, rule: DownRule): { amount: bigint; cut?: Reason } {
  const { node, index, parent } = header;
  if (!parent || node.blocked) return { amount: 0n };
  const held = workings.balance[index] ?? 0n;
  if (rule.triggerAmount !== undefined && held > rule.triggerAmount) return { amount: 0n, cut: 'ABOVE_TRIGGER' };
  const there = lendable(workings, parent, workings.balance[parent.index] ?? 0n);
  if (there === 0n) return { amount: 0n };
  const limited = roundedToUnit(limitedBy(there, rule, {}), rule);
  return 'reason' in limited ? { amount: 0n, cut: limited.reason } : limited;
}

/**
 * What comes back for the header itself, before anything for others: to its target or out of its overdraft. Nothing where it
 * would have to be all of it and cannot.
 */
function keptOf(workings: Workings, header: TreeNode, rule: DownRule): bigint {
  const { index, parent } = header;
  if (!parent || rule.rule.method === 'FIXED') return 0n;
  const need = needOf(workings, header);
  const isMet = need.amount === 0n || granted(workings, parent, rule, need) > 0n;
  return isMet ? positive(lacking(rule, workings.balance[index] ?? 0n)) : 0n;
}

/** What others need must be met, so units round up, as for a payment; the rest stays with the header. */
function whole(needed: bigint, { unit = 1n, minimum = 0n }: DownRule): bigint {
  const amount = larger(needed, minimum);
  return amount % unit === 0n ? amount : floorToUnit(amount, unit) + unit;
}
