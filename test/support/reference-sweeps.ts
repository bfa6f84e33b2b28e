import type { DownRule, LoanState, SweepNode } from '../../functions/pooling/sweeps/sweep-node.ts';
import { copy, get, greater, least, type State } from './reference-state.ts';
import { ancestorsOf, childrenOf, levelsOf, wayDown } from './reference-tree.ts';
import { upwardOf } from './reference-upward.ts';

/**
 * A second sweep planner, as plain as can be: maps, lists searched again and again, and what fits found by trying every
 * amount. Written from the rules and not from the code; the property test holds the real planner against it.
 */
export interface ReferenceLeg {
  accountId: string;
  direction: 'UP' | 'DOWN';
  amount: bigint;
}

export interface ReferencePlan {
  legs: ReferenceLeg[];
  /** What is available in each account after all legs. */
  ends: Map<string, bigint>;
}

export function referencePlan(nodes: readonly SweepNode[], loans: readonly LoanState[] = []): ReferencePlan {
  const zero = () => new Map(nodes.map((one): [string, bigint] => [one.id, 0n]));
  const state: State = {
    nodes,
    loans,
    available: new Map(nodes.map((one) => [one.id, one.available])),
    up: zero(),
    down: zero(),
    positions: new Map(loans.map((loan) => [loan.pair, loan.position])),
    needs: zero(),
    got: zero(),
    arrived: new Map(nodes.map((one) => [one.id, []])),
  };
  const levels = levelsOf(nodes);
  const [[top] = [], [header] = []] = levels;
  if (top?.invested && header) state.invested = { top, header };
  const parents = levels.flat().filter((one) => !one.invested);
  for (const level of levels.toReversed()) for (const parent of level) if (!parent.invested) firstPass(state, parent);
  const lendAll = () => {
    for (const parent of parents) secondPass(state, parent);
  };
  lendAll();
  if (state.invested) invest(state, state.invested, lendAll);
  return { legs: netted(state, levels), ends: state.available };
}

/** The parent takes what its children give up, then serves them with what it holds above its own. */
function firstPass(state: State, parent: SweepNode): void {
  const children = childrenOf(state.nodes, parent);
  const lastToGive = (one: SweepNode) => 'rule' in one.up && one.up.rule.method === 'COVER_OVERDRAFT';
  for (const child of children.filter((one) => !lastToGive(one))) takeUp(state, child, parent);
  for (const child of children.filter(lastToGive)) takeUp(state, child, parent);
  for (const child of children) state.needs.set(child.id, needOf(child, get(state.available, child.id)));
  for (const child of children) fund(state, child, [parent]);
}

/** Every child whose need is not met asks the accounts above it within its levels, the highest first. */
function secondPass(state: State, parent: SweepNode): void {
  for (const child of childrenOf(state.nodes, parent)) {
    const above = ancestorsOf(state.nodes, child);
    const levels = 'idle' in child.down ? undefined : child.down.levels;
    const near = levels === undefined ? above : above.slice(-levels);
    const lenders = near.filter((one) => !one.invested);
    fund(state, child, lenders);
  }
}

/** The header lends against what may come back, takes back what it lent and lacks, and invests what is left. */
function invest(state: State, { top, header }: { top: SweepNode; header: SweepNode }, lendAgain: () => void): void {
  const { down } = header;
  const before = get(state.available, header.id);
  const most = mostBack(state, top, header);
  const forItself =
    'idle' in down || down.rule.method === 'FIXED' || !mayBeMet(state, top, header) ? 0n : lackedBy(down, before);
  const credit = greater(0n, most - forItself);
  const own = least(before, keptBeforeLending(header));
  state.floor = own - credit;
  lendAgain();
  const lent = least(credit, greater(0n, own - get(state.available, header.id)));
  if (lent === 0n) takeUp(state, header, top);
  if ('idle' in down) return;
  const need = needOf(header, get(state.available, header.id));
  let back = acceptable(down, least(need, spareOf(state, top, need)), need, 0n);
  if (lent > 0n) {
    let met = forItself + lent;
    while (met < (down.minimum ?? 0n)) met += 1n;
    while (met % (down.unit ?? 1n) !== 0n) met += 1n;
    back = greater(back, met);
  }
  move(state, header, 'DOWN', back);
}

/** Whether the header's own need can be met at all, where it must be met in full. */
function mayBeMet(state: State, top: SweepNode, header: SweepNode): boolean {
  const need = needOf(header, get(state.available, header.id));
  if (need === 0n || 'idle' in header.down) return true;
  return acceptable(header.down, least(need, spareOf(state, top, need)), need, 0n) > 0n;
}

/** The most that can come back in one movement. */
function mostBack(state: State, top: SweepNode, header: SweepNode): bigint {
  const { down } = header;
  if ('idle' in down || header.blocked || top.blocked) return 0n;
  if (down.triggerAmount !== undefined && get(state.available, header.id) > down.triggerAmount) return 0n;
  let back = spareOf(state, top, get(state.available, top.id));
  if (down.maximum !== undefined) back = least(back, down.maximum);
  if (down.room !== undefined) back = least(back, down.room);
  while (back > 0n && back % (down.unit ?? 1n) !== 0n) back -= 1n;
  return back < (down.minimum ?? 0n) ? 0n : back;
}

function takeUp(state: State, child: SweepNode, parent: SweepNode): void {
  if ('idle' in child.up || child.blocked) return;
  if (parent.blocked === 'ACCOUNT_CLOSED' || parent.blocked === 'BANK_CLOSED') return;
  if (parent.blocked === 'ACCOUNT_FROZEN' && child.up.whenParentFrozen === 'SKIP') return;
  const units = unitsOf(state, child, child.up.levels ?? Number.POSITIVE_INFINITY);
  const amount = upwardOf({
    rule: child.up,
    owed: child.owed ?? 0n,
    atRest: BigInt(units.filter((levels) => levels === 0).length),
    available: get(state.available, child.id),
    reserve: child.reserve,
    sentByParent: child.sentByParent,
    parentAvailable: get(state.available, parent.id),
    fitsLoan: (tried) => fitsLoan(state, child, 'UP', tried),
  });
  move(state, child, 'UP', amount);
  const gone = amount === 0n ? [] : units.slice(-Number(amount));
  state.arrived.get(parent.id)?.push(...gone.map((levels) => levels - 1));
}

/** The levels that each unit in the account may still go, the fewest first, less what it lent and was overdrawn by. */
function unitsOf(state: State, { id, available }: SweepNode, own: number): number[] {
  const lent = state.nodes.filter((one) => one.parentId === id).reduce((sum, one) => sum + get(state.down, one.id), 0n);
  const units = [...(state.arrived.get(id) ?? []), ...Array<number>(Number(greater(0n, available))).fill(own)];
  return units.sort((one, other) => one - other || 0).slice(Number(lent + greater(0n, -available)));
}

function needOf(child: SweepNode, available: bigint): bigint {
  if ('idle' in child.down || child.blocked) return 0n;
  const { rule, triggerAmount, maximum, room, unit, minimum } = child.down;
  if (triggerAmount !== undefined && available > triggerAmount) return 0n;
  let need = rule.method === 'FIXED' ? rule.amount : lackedBy(child.down, available);
  if (maximum !== undefined) need = least(need, maximum);
  if (room !== undefined) need = least(need, room);
  if (unit !== undefined) need -= need % unit;
  return minimum !== undefined && need < minimum ? 0n : need;
}

function lackedBy({ rule }: DownRule, available: bigint): bigint {
  const lifted = rule.method === 'TARGET' && rule.mode === 'CONSTANT' ? rule.target : 0n;
  return greater(0n, lifted - available);
}

/** Funds what the child still needs from these lenders, the highest first: in full, or in part where that is agreed. */
function fund(state: State, child: SweepNode, lenders: SweepNode[]): void {
  if ('idle' in child.down) return;
  const given = get(state.got, child.id);
  const missing = get(state.needs, child.id) - given;
  if (missing <= 0n) return;
  const offered = lend(copy(state), child, lenders, missing);
  const taken = acceptable(child.down, offered, missing, given);
  lend(state, child, lenders, taken);
  state.got.set(child.id, given + taken);
}

function acceptable(rule: DownRule, offered: bigint, missing: bigint, given: bigint): bigint {
  if (offered === missing) return offered;
  if (!rule.partialAllowed) return 0n;
  const whole = rule.unit === undefined ? offered : offered - (offered % rule.unit);
  return rule.minimum !== undefined && given + whole < rule.minimum ? 0n : whole;
}

/** Sends up to `wanted` down to the child, lender after lender; tells how much went. Needs of the way itself do not count. */
function lend(state: State, child: SweepNode, lenders: SweepNode[], wanted: bigint): bigint {
  let sent = 0n;
  for (const lender of lenders) {
    const way = wayDown(state.nodes, lender, child);
    let amount = least(wanted - sent, spareOf(state, lender, wanted));
    while (amount > 0n && !passes(copy(state), lender, way, amount)) amount -= 1n;
    if (amount > 0n) {
      passes(state, lender, way, amount);
      sent += amount;
    }
  }
  return sent;
}

function spareOf(state: State, lender: SweepNode, wanted: bigint): bigint {
  if (lender.blocked) return 0n;
  const { invested, floor } = state;
  const isLast = !invested || floor !== undefined;
  if (lender.unlimitedOverdraft && isLast) return wanted;
  const kept = lender.id === invested?.header.id && floor !== undefined ? floor : keptBeforeLending(lender);
  return greater(0n, get(state.available, lender.id) - kept);
}

function keptBeforeLending({ reserve, up, down }: SweepNode): bigint {
  let kept = reserve;
  if ('rule' in up && up.rule.method === 'TARGET') kept = greater(kept, up.rule.target);
  if ('rule' in down && down.rule.method === 'TARGET' && down.rule.mode === 'CONSTANT') {
    kept = greater(kept, down.rule.target);
  }
  return kept;
}

/** Walks the amount down step by step, if every account and edge on the way lets it through. */
function passes(state: State, lender: SweepNode, way: SweepNode[], amount: bigint): boolean {
  if (lender.blocked) return false;
  const before = copy(state);
  for (const step of way) {
    if (step.blocked) return false;
    if ('idle' in step.down && step.down.idle === 'PAUSED') return false;
    const room = 'rule' in step.down ? step.down.room : undefined;
    if (room !== undefined && get(state.down, step.id) + amount > room) return false;
    if (!fitsLoan(state, step, 'DOWN', amount, before)) return false;
    move(state, step, 'DOWN', amount);
  }
  return true;
}

/** Whether the loan of the edge stays within its ceilings, or moves no farther beyond one than it was in `before`. */
function fitsLoan(state: State, child: SweepNode, direction: 'UP' | 'DOWN', amount: bigint, before = state): boolean {
  const loan = state.loans.find(({ pair }) => pair === child.loan?.pair);
  if (!loan) return true;
  const was = get(before.positions, loan.pair);
  const after = get(state.positions, loan.pair) + change(child, direction, amount);
  if (loan.firstLendsMax !== undefined && after > greater(loan.firstLendsMax, was)) return false;
  return loan.secondLendsMax === undefined || after >= least(-loan.secondLendsMax, was);
}

/** A child that gives lends to its parent; the position grows when the first of the pair lends. */
function change(child: SweepNode, direction: 'UP' | 'DOWN', amount: bigint): bigint {
  const childIsFirst = child.loan?.child === 'FIRST';
  return (direction === 'UP') === childIsFirst ? amount : -amount;
}

function move(state: State, child: SweepNode, direction: 'UP' | 'DOWN', amount: bigint): void {
  const { parentId } = child;
  if (parentId === undefined || amount === 0n) return;
  const received = direction === 'DOWN' ? amount : -amount;
  state.available.set(child.id, get(state.available, child.id) + received);
  state.available.set(parentId, get(state.available, parentId) - received);
  const flow = direction === 'DOWN' ? state.down : state.up;
  flow.set(child.id, get(flow, child.id) + amount);
  const pair = child.loan?.pair;
  if (pair !== undefined && state.positions.has(pair)) {
    state.positions.set(pair, get(state.positions, pair) + change(child, direction, amount));
  }
}

function netted(state: State, levels: SweepNode[][]): ReferenceLeg[] {
  const net = ({ id }: SweepNode) => get(state.up, id) - get(state.down, id);
  const upward = levels.toReversed().flatMap((level) => level.filter((one) => net(one) > 0n));
  const downward = levels.flatMap((level) => level.filter((one) => net(one) < 0n));
  return [
    ...upward.map((one): ReferenceLeg => ({ accountId: one.id, direction: 'UP', amount: net(one) })),
    ...downward.map((one): ReferenceLeg => ({ accountId: one.id, direction: 'DOWN', amount: -net(one) })),
  ];
}
