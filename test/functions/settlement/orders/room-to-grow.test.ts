import { expect, it } from 'vitest';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { grownBytesMax, requireRoomToGrow } from '../../../../functions/settlement/orders/room-to-grow.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { toItem } from '../../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../../shared/dynamo/write-units.ts';
import { aMerchant } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

it('an order grows by what is asked for until it takes what may be asked for, and not beyond', () => {
  const ids = Array.from({ length: 50 }, (_, place) => `mer_${'x'.repeat(150)}_${place}`);
  const merchants = new Map(ids.map((id) => [id, aMerchant({ id })] as const));
  const about = { ...facts(), merchants: new Map([...facts().merchants, ...merchants]) };
  const made = anOrder({ subOrders: [aSubOrder({ amount: 1_000_000n, plan: { by: 'MANUAL' } })] });
  const paid = takePayment(made, aTold({ amount: 1_000_000n, fee: 0n }), about, paidAt);
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  const lines = ids.map((receiver, place) => {
    return { sequence: place + 1, receiver, share: { kind: 'FIXED' as const, amount: 100n } };
  });
  const split = (no: number) => ({
    ...{ no: `S-${no}`, subOrderNo: '1', amount: 5_000n, isByAmounts: true, failureMode: 'PARTIAL' as const },
    ...{ terms: { base: 'PAID' as const, method: 'FIXED' as const, lines }, fingerprint: `${no}` },
  });
  let order = paid.order;
  let no = 0;
  const grow = () => {
    for (; no < 50; no++) order = requireRoomToGrow(order, splitByHand(order, split(no), about, paidAt));
  };
  expect(grow).toThrow('name fewer receivers');
  expect(no).toBeGreaterThan(10);
  expect(itemBytes(toItem(orderToPlain(order)))).toBeLessThanOrEqual(grownBytesMax);
  // It may have grown further by what is not asked for; what is on it is answered as it was.
  const full = { ...order, meta: 'x'.repeat(grownBytesMax) } as Order;
  expect(requireRoomToGrow(full, splitByHand(full, split(0), about, paidAt))).toBe(full);
});
