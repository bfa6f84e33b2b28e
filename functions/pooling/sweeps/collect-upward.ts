import { smaller } from '../../../shared/money/compare.ts';
import { goesUp } from './goes-up.ts';
import { atRest } from './ripple.ts';
import { type DownRule, isIdle } from './sweep-node.ts';
import { levelsUpward, type TreeNode } from './sweep-tree.ts';
import { type Amount, floorToUnit, limitedBy, none, roundedToUnit } from './upward-amount.ts';
import { lendable, loanRoom, moveDown, moveUp, type Workings } from './workings.ts';

/** The first pass: children before parents; on one level, where a loan has room for some only, in the order of the level. */
export function collectUpward(workings: Workings): void {
  for (const parent of levelsUpward(workings.tree)) {
    if (parent.children.length === 0 || parent.node.invested) continue;
    sweepChildren(workings, parent);
    settleNeeds(workings, parent);
    serveChildren(workings, parent);
  }
}

/** Those who cover an overdraft only give last: what the others bring may have covered it. */
function sweepChildren(workings: Workings, parent: TreeNode): void {
  const coversOnly = ({ node: { up } }: TreeNode) => !isIdle(up) && up.rule.method === 'COVER_OVERDRAFT';
  for (const last of [false, true]) {
    for (const child of parent.children) if (coversOnly(child) === last) sweepChild(workings, parent, child);
  }
}

function sweepChild(workings: Workings, parent: TreeNode, child: TreeNode): void {
  const { balance } = workings;
  const found = goesUp(child.node, parent.node, {
    available: balance[child.index] ?? 0n,
    parentAvailable: balance[parent.index] ?? 0n,
    loanRoom: loanRoom(workings, child, 'UP'),
    atRest: atRest(workings, child),
  });
  if (found.amount > 0n) moveUp(workings, child, found.amount);
  if ('reason' in found) workings.whyNotUp[child.index] = found.reason;
  else {
    workings.cutUp[child.index] = found.cut;
    workings.keepsUp[child.index] = found.keeps;
  }
}

/** What each child lacks once its surplus is gone up. */
function settleNeeds(workings: Workings, parent: TreeNode): void {
  for (const child of parent.children) {
    const { index } = child;
    const found = needOf(workings, child);
    workings.need[index] = found.amount;
    if ('reason' in found) workings.whyNotDown[index] = found.reason;
    else workings.cutDown[index] = found.cut;
  }
}

/** What an account lacks by its rule: by method, trigger, limits, unit and minimum, in this order. */
export function needOf(workings: Workings, child: TreeNode): Amount {
  const { node, index } = child;
  if (node.blocked) return none(node.blocked);
  if (isIdle(node.down)) return none(node.down.idle);
  const { down } = node;
  const available = workings.balance[index] ?? 0n;
  if (down.triggerAmount !== undefined && available > down.triggerAmount) return none('ABOVE_TRIGGER');
  const asked = lacking(down, available);
  if (asked <= 0n) return none('NO_NEED');
  const limited = limitedBy(asked, down, {});
  if (limited.amount <= 0n) return none(limited.cut ?? 'LIMIT');
  return roundedToUnit(limited, down);
}

export function lacking({ rule }: DownRule, available: bigint): bigint {
  if (rule.method === 'FIXED') return rule.amount;
  if (rule.method === 'TARGET' && rule.mode === 'CONSTANT') return rule.target - available;
  return -available;
}

/** The node lends what it holds above its own reserve and target, to its children by priority. */
function serveChildren(workings: Workings, parent: TreeNode): void {
  for (const child of parent.children) {
    const need = workings.need[child.index] ?? 0n;
    if (need === 0n) continue;
    const room = loanRoom(workings, child, 'DOWN') ?? need;
    const granted = grant(workings, child, lendable(workings, parent, smaller(need, room)));
    if (granted > 0n) moveDown(workings, child, granted);
  }
}

/**
 * How much of an offer a child takes, and needs no longer: whole units; all of its need, or a part where that is allowed
 * and is, with what it got before, not too little.
 */
export function grant({ need, got }: Workings, { node, index }: TreeNode, offered: bigint): bigint {
  const [lacks, before] = [need[index] ?? 0n, got[index] ?? 0n];
  const granted = isIdle(node.down) ? 0n : acceptable(node.down, lacks, offered, before);
  need[index] = lacks - granted;
  got[index] = before + granted;
  return granted;
}

export function acceptable(rule: DownRule, need: bigint, offered: bigint, before: bigint): bigint {
  if (offered >= need) return need;
  if (!rule.partialAllowed) return 0n;
  const whole = floorToUnit(offered, rule.unit);
  return rule.minimum !== undefined && before + whole < rule.minimum ? 0n : whole;
}
