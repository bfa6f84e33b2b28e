import { BASIS_POINTS_ONE } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { termsOn } from '../channels/version-on.ts';
import type { Order } from './order.ts';
import { orderMoney } from './order-money.ts';
import type { PlanFacts } from './plan-facts.ts';

/**
 * What the channels let others than the merchants who sell have of an order over its life, minor units: of each payment what the
 * split cap of its day allows, and all that others than the consumer gave. Undefined where no channel has a cap. It is exact: a
 * split in minor units is above the caps together where it is above what this floors.
 */
export function channelRoom(order: Order, { channels }: Pick<PlanFacts, 'channels'>): bigint | undefined {
  const counted = order.payments.filter(({ isBeyond }) => !isBeyond);
  const caps = counted.map(({ channelId, businessDate, amount }) => {
    const channel = channels.get(channelId);
    return { amount, cap: channel && termsOn(channel, businessDate).splitCapBasisPoints };
  });
  if (caps.every(({ cap }) => cap === undefined)) return undefined;
  const { funded, subOrders } = orderMoney(order);
  const given = sum(subOrders.map(({ settled }) => settled)) - funded.consumerPays;
  return given + sum(caps.map(({ amount, cap = BASIS_POINTS_ONE }) => amount * cap)) / BASIS_POINTS_ONE;
}
