import { positive, smaller } from '../../../shared/money/compare.ts';
import type { DownAgreement } from '../members/agreement.ts';
import type { Reason } from './reasons.ts';
import type { DownRule, SweepNode } from './sweep-node.ts';
import { isIdle } from './sweep-node.ts';

/** One account on the way from the payer up to the header, with what bounds its funding in real time. */
export interface Funded {
  readonly node: SweepNode;
  readonly order: DownAgreement['order'];
  /** How many levels a funding may come from; counts for the payer only. */
  readonly levels: number;
  /** What position, ledger and loan ceiling leave; undefined where nothing bounds it. */
  readonly bound?: { readonly amount: bigint; readonly reason: Reason };
}

/** Money that comes down the edge above an account to fund a payment. Minor units. */
export interface Funding {
  readonly accountId: string;
  readonly parentId: string;
  readonly amount: bigint;
  /** What the parent must still have free; undefined where it may lend without bound. */
  readonly parentKeeps?: bigint;
}

export type FundingPlan =
  | { readonly outcome: 'FUNDED'; readonly own: bigint; readonly funding: readonly Funding[] }
  | { readonly outcome: 'REFUSED'; readonly reason: Reason; readonly accountId: string; readonly short: bigint };

/**
 * How a payment larger than its account's balance is paid for (联动支付). CHILD_FIRST: the account's own money, then the
 * parent's. PARENT_FIRST: the parent's as far as it may and can, then its own. A parent that is short is funded by its own
 * parent in the same way, as many levels up as the payer's agreement ripples. All of it, or nothing.
 *
 * `path` leads from the payer up to the header; fundings stand in the order in which the money comes down.
 */
export function fundPayment(path: readonly Funded[], amount: bigint): FundingPlan {
  const [payer] = path;
  if (!payer) throw new Error('A payment has a payer.');
  const available = positive(payer.node.available);
  const parentFirst = payer.order === 'PARENT_FIRST' ? offered(path, 0, amount, payer.levels) : 0n;
  const needed = parentFirst + available >= amount ? parentFirst : amount - available;
  if (needed <= 0n) return { outcome: 'FUNDED', own: amount, funding: [] };
  const found = fund(path, 0, needed, payer.levels);
  if ('reason' in found) return { outcome: 'REFUSED', ...found };
  return { outcome: 'FUNDED', own: amount - needed, funding: found.funding };
}

type Found = { readonly funding: readonly Funding[] } | { reason: Reason; accountId: string; short: bigint };

/** Brings an amount down to the account at a place of the path, from above; or says who is short of how much, and why. */
function fund(path: readonly Funded[], place: number, needed: bigint, levels: number): Found {
  const child = path[place];
  const parent = path[place + 1];
  if (!child || !parent || levels <= 0)
    return { reason: 'PARENT_SHORT', accountId: child?.node.id ?? '', short: needed };
  const { node } = child;
  const refused = (reason: Reason, short: bigint): Found => ({ reason, accountId: node.id, short });
  const closed = closedFor(node, parent.node);
  if (closed) return refused(closed, needed);
  if (isIdle(node.down)) return refused(node.down.idle, needed);
  const amount = wholeUnits(needed, node.down.unit);
  const most = mostOf(child, node.down);
  if (most && most.amount < amount) return refused(most.reason, amount - most.amount);
  if (node.down.minimum !== undefined && amount < node.down.minimum) return refused('BELOW_MIN', amount);

  const spare = spareOf(parent.node);
  const above =
    spare === undefined
      ? fromInvestment(path, place + 1, amount, levels - 1)
      : fromAbove(path, place + 1, amount - spare, levels - 1);
  if ('reason' in above) return above;
  const keeps = spare === undefined ? undefined : smaller(parent.node.reserve, parent.node.available);
  const own: Funding = {
    accountId: node.id,
    parentId: parent.node.id,
    amount,
    ...(keeps !== undefined && { parentKeeps: keeps }),
  };
  return { funding: [...above.funding, own] };
}

function fromAbove(path: readonly Funded[], place: number, lacking: bigint, levels: number): Found {
  return lacking > 0n ? fund(path, place, lacking, levels) : { funding: [] };
}

/**
 * What a header that lends without bound takes back of its investments first: as much as it lacks and may come. The rest it
 * lends without bound.
 */
function fromInvestment(path: readonly Funded[], place: number, amount: bigint, levels: number): Found {
  const header = path[place]?.node;
  if (!header || !path[place + 1]?.node.invested) return { funding: [] };
  const lacking = amount - positive(header.available - header.reserve);
  const found = fromAbove(path, place, lacking > 0n ? offered(path, place, lacking, levels) : 0n, levels);
  return 'reason' in found ? { funding: [] } : found;
}

/** How much of an amount may and can come down to the account at a place; whole units. */
function offered(path: readonly Funded[], place: number, wanted: bigint, levels: number): bigint {
  const child = path[place];
  const parent = path[place + 1];
  if (!child || !parent || levels <= 0 || isIdle(child.node.down) || closedFor(child.node, parent.node)) return 0n;
  const most = mostOf(child, child.node.down);
  const allowed = most && most.amount < wanted ? most.amount : wanted;
  const spare = spareOf(parent.node);
  const lacking = spare === undefined || spare >= allowed ? 0n : allowed - spare;
  const fromAbove = lacking > 0n ? offered(path, place + 1, lacking, levels - 1) : 0n;
  const can = lacking > 0n ? (spare ?? 0n) + fromAbove : allowed;
  const { unit, minimum } = child.node.down;
  const whole = unit === undefined ? can : can - (can % unit);
  return minimum !== undefined && whole < minimum ? 0n : whole;
}

function closedFor(child: SweepNode, parent: SweepNode): Reason | undefined {
  if (child.blocked) return child.blocked;
  if (!parent.blocked) return undefined;
  if (parent.blocked === 'ACCOUNT_FROZEN') return 'PARENT_FROZEN';
  return parent.blocked === 'ACCOUNT_CLOSED' ? 'PARENT_CLOSED' : 'PARENT_BANK_CLOSED';
}

/** The tightest of maximum, limits and what position, ledger or ceiling leave. */
function mostOf({ bound }: Funded, { maximum, room }: DownRule): { amount: bigint; reason: Reason } | undefined {
  const bounds = [
    ...(maximum === undefined ? [] : [{ amount: maximum, reason: 'LIMIT' as const }]),
    ...(room === undefined ? [] : [{ amount: room, reason: 'LIMIT' as const }]),
    ...(bound ? [bound] : []),
  ];
  return bounds.reduce<{ amount: bigint; reason: Reason } | undefined>(
    (least, one) => (least === undefined || one.amount < least.amount ? one : least),
    undefined,
  );
}

/** What an account may lend above its reserve; undefined without bound. */
function spareOf({ unlimitedOverdraft, available, reserve }: SweepNode): bigint | undefined {
  return unlimitedOverdraft ? undefined : positive(available - reserve);
}

/** A payment must be met, so units round up. */
function wholeUnits(amount: bigint, unit: bigint | undefined): bigint {
  if (unit === undefined || amount % unit === 0n) return amount;
  return amount - (amount % unit) + unit;
}
