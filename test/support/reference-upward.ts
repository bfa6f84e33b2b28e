import type { SimpleUpMethod } from '../../functions/pooling/members/agreement.ts';
import type { UpRule } from '../../functions/pooling/sweeps/sweep-node.ts';

export interface ReferenceChild {
  rule: UpRule;
  available: bigint;
  reserve: bigint;
  sentByParent: bigint;
  owed: bigint;
  /** What came from below and has no levels left. */
  atRest: bigint;
  parentAvailable: bigint;
  /** Whether the loan between the two has room for the amount. */
  fitsLoan: (amount: bigint) => boolean;
}

/** How much goes up, found by trying: the largest amount the rule asks for and nothing forbids. */
export function upwardOf(child: ReferenceChild): bigint {
  const { rule, available } = child;
  if (available <= 0n) return 0n;
  if (rule.triggerAmount !== undefined && available < rule.triggerAmount) return 0n;
  const asked = askedFor(child);
  if (asked === undefined) return 0n;
  const mayLeave = available - staysBack(child);
  if (asked.fixed && asked.amount > available && !rule.sweepIfShort) return 0n;
  let amount = asked.amount < mayLeave ? asked.amount : mayLeave;
  while (amount > 0n && !(withinLimits(child, amount) && whole(amount, asked.step) && whole(amount, rule.unit))) {
    amount -= 1n;
  }
  if (amount <= 0n) return 0n;
  return rule.minimum !== undefined && amount < rule.minimum ? 0n : amount;
}

function whole(amount: bigint, unit: bigint | undefined): boolean {
  return unit === undefined || amount % unit === 0n;
}

interface Asked {
  amount: bigint;
  /** Only whole multiples of it are asked for. */
  step: bigint;
  fixed?: boolean;
}

function askedFor({ rule: { rule }, available, parentAvailable, owed }: ReferenceChild): Asked | undefined {
  switch (rule.method) {
    case 'TARGET':
      return { amount: available - rule.target, step: 1n };
    case 'THRESHOLD':
      return available >= rule.threshold ? { amount: available, step: 1n } : undefined;
    case 'COLLAR':
      return available >= rule.threshold ? { amount: available - rule.collar, step: 1n } : undefined;
    case 'RANGE': {
      const tier = rule.tiers.find(({ from, to }) => available >= from && (to === undefined || available < to));
      return tier && simply(tier.rule, available);
    }
    case 'COVER_OVERDRAFT':
      return { amount: -parentAvailable, step: 1n };
    case 'RECALL':
      return { amount: owed, step: 1n };
    default:
      return simply(rule, available);
  }
}

function simply(rule: SimpleUpMethod, available: bigint): Asked {
  switch (rule.method) {
    case 'ZERO_BALANCE':
      return { amount: available, step: 1n };
    case 'KEEP_RESERVE':
      return { amount: available - rule.keep, step: 1n };
    case 'FIXED':
      return { amount: rule.amount, step: 1n, fixed: true };
    case 'PERCENTAGE':
      return { amount: (available * rule.millionths) / 1_000_000n, step: 1n };
    case 'MULTIPLE':
      return { amount: available, step: rule.multiple };
  }
}

/** The largest of the reserve, the collar, what the parent sent and is left, and what may go no farther. */
function staysBack({ rule, reserve, sentByParent, atRest }: ReferenceChild): bigint {
  const kept = [reserve, atRest];
  if (rule.rule.method === 'COLLAR') kept.push(rule.rule.collar);
  if (rule.parentsMoney === 'LEAVE') kept.push(sentByParent);
  return kept.reduce((most, one) => (one > most ? one : most));
}

function withinLimits({ rule, fitsLoan }: ReferenceChild, amount: bigint): boolean {
  if (rule.maximum !== undefined && amount > rule.maximum) return false;
  if (rule.room !== undefined && amount > rule.room) return false;
  return fitsLoan(amount);
}
