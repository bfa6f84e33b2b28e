import type { AccountRole } from '../journal/role-legs.ts';
import type { Order, PastFigures } from './order.ts';
import type { Packer } from './packing.ts';

/**
 * How what an order came to on earlier days is packed: of each day only the accounts that moved since the one before it, and those of
 * its merchants by their place in the order. An order may have thousands of them, and change on many days.
 */
export interface PackedPast extends Omit<PastFigures, 'gains'> {
  readonly moved: readonly MovedGain[];
}

/** What an account gains by then: by its place among the merchants of the order, or by its name. */
interface MovedGain {
  readonly of: number | AccountRole;
  readonly amount: bigint;
}

type WithMerchants = Pick<Order, 'subOrders'>;

export function packPast(past: readonly PastFigures[], order: WithMerchants): PackedPast[] {
  const places = new Map(merchantRoles(order).map((role, place) => [role, place]));
  const stands = new Map<AccountRole, bigint>();
  return past.map(({ gains, ...rest }) => {
    const now = new Map(gains.map(({ role, amount }) => [role, amount]));
    // What is not there any more is nothing.
    for (const [role, amount] of stands) if (amount !== 0n && !now.has(role)) now.set(role, 0n);
    const moved = [...now].filter(([role, amount]) => stands.get(role) !== amount);
    for (const [role, amount] of moved) stands.set(role, amount);
    return { ...rest, moved: moved.map(([role, amount]) => ({ of: places.get(role) ?? role, amount })).sort(byPlace) };
  });
}

export function unpackPast(past: readonly PackedPast[], order: WithMerchants): PastFigures[] {
  const roles = merchantRoles(order);
  const stands = new Map<AccountRole, bigint>();
  return past.map(({ moved, ...rest }) => {
    for (const { of, amount } of moved) stands.set(roleOf(of, roles), amount);
    return { ...rest, gains: [...stands].map(([role, amount]) => ({ role, amount })) };
  });
}

/** Places by how much further each is than the one before it, behind them the names; amounts beside. */
export const movedGains: Packer<readonly MovedGain[]> = {
  write: (moved, amounts) => {
    let last = 0;
    return moved.map(({ of, amount }) => {
      amounts.push(amount);
      if (typeof of === 'string') return of;
      const further = of - last;
      last = of;
      return further;
    });
  },
  read: (packed, amounts) => {
    let last = 0;
    return (packed as (number | AccountRole)[]).map((one) => {
      if (typeof one === 'number') last += one;
      return { of: typeof one === 'number' ? last : one, amount: amounts.next() };
    });
  },
  empty: [],
};

/**
 * The accounts of who sells and of who receives, in the order in which they stand there. Where a split moves them, the whole is packed
 * anew.
 */
function merchantRoles({ subOrders }: WithMerchants): AccountRole[] {
  const merchants = subOrders.flatMap(({ merchantId, splits }) => [
    merchantId,
    ...splits.flatMap(({ legs }) => legs.map(({ receiver }) => receiver)),
  ]);
  return [...new Set(merchants)].map((merchantId): AccountRole => `payable:${merchantId}`);
}

function roleOf(of: MovedGain['of'], roles: readonly AccountRole[]): AccountRole {
  const role = typeof of === 'string' ? of : roles[of];
  if (role === undefined) throw new Error(`The order has no merchant ${of}.`);
  return role;
}

function byPlace({ of: one }: MovedGain, { of: other }: MovedGain): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return (typeof one === 'string' ? 1 : 0) - (typeof other === 'string' ? 1 : 0);
}
