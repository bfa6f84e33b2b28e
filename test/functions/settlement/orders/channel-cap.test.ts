import { describe, expect, it } from 'vitest';
import type { MarketChannel } from '../../../../functions/settlement/channels/market-channel.ts';
import { endWaiting } from '../../../../functions/settlement/orders/carry-out-plan.ts';
import { channelRoom } from '../../../../functions/settlement/orders/channel-room.ts';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import type { Order, SubOrder, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { Problem } from '../../../../shared/problems/problem.ts';
import { aChannel } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

/** WeChat Pay lets 30 % of a payment go to others, a bank all of it. */
const capped = (channel: MarketChannel) => ({
  ...channel,
  versions: channel.versions.map((version) => ({ ...version, splitCapBasisPoints: 3_000n })),
});
const channels = new Map([
  ['wechat', capped(aChannel())],
  ['bank', aChannel({ id: 'bank', kind: 'BANK' })],
]);
const about = facts({ channels });

function paid(subOrder: SubOrder, ...payments: readonly ToldPayment[]): Order {
  return payments.reduce(
    (order, told) => {
      const result = takePayment(order, told, about, paidAt);
      if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
      return result.order;
    },
    anOrder({ subOrders: [subOrder] }),
  );
}

const manual = aSubOrder({ plan: { by: 'MANUAL' } });
function give(order: Order, no: string, amount: bigint): Order {
  const lines = [{ sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED' as const, amount } }];
  const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
  const more = { isByAmounts: true, failureMode: 'ALL_OR_NOTHING' as const, fingerprint: no };
  return splitByHand(order, { no, subOrderNo: '1', terms, amount, ...more }, about, paidAt);
}

describe('the split cap of a channel', () => {
  it('is inclusive, over the life of the order', () => {
    const order = give(paid(manual, aTold()), 'S-1', 2_000n);
    expect(() => give(order, 'S-2', 1_001n)).toThrow('have 10.00 CNY more; they would get 10.01 CNY');
    const full = give(order, 'S-2', 1_000n);
    expect(full.subOrders[0]?.splits).toHaveLength(2);
    expect(() => give(full, 'S-3', 1n)).toThrow(Problem);
  });

  it('is of each payment by its channel; what a coupon brings is under none', () => {
    const two = paid(
      manual,
      aTold({ transactionId: 'A', amount: 6_000n, fee: 0n }),
      aTold({ transactionId: 'B', amount: 4_000n, fee: 0n, channelId: 'bank' }),
    );
    // 30 % of 60.00, and 40.00.
    expect(channelRoom(two, about)).toBe(5_800n);
    const coupons = [{ id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }] }];
    const landed = { ...manual, coupons: coupons.map((coupon) => ({ ...coupon, landedAt: paidAt })) };
    // 30 % of 90.00, and 10.00.
    expect(channelRoom(paid(landed, aTold({ amount: 9_000n })), about)).toBe(3_700n);
    expect(channelRoom(paid(manual, aTold({ channelId: 'bank' })), about)).toBeUndefined();
    // 30 % of 0.99 are 0.297: 0.29 are within it, 0.30 are not.
    expect(channelRoom(paid({ ...manual, amount: 99n }, aTold({ amount: 99n, fee: 0n })), about)).toBe(29n);
  });

  it('keeps a plan above it waiting, and on the last day the merchant who sells gets it all', () => {
    const lines = ['mer_teahouse', 'mer_van', 'mer_potter'].map((receiver, place) => ({
      ...{ sequence: place + 1, receiver, share: { kind: 'WEIGHT' as const, weight: 1n } },
    }));
    const terms = { base: 'NET_OF_FEE' as const, method: 'RATIO' as const, lines };
    const plan = { by: 'TERMS' as const, terms, failureMode: 'ALL_OR_NOTHING' as const };
    const order = paid(aSubOrder({ plan }), aTold());
    expect(order.subOrders[0]).toMatchObject({ notSplit: 'CHANNEL_CAP', waitsUntil: '2025-10-26', splits: [] });
    const part = give(order, 'S-1', 3_000n);
    expect(part.subOrders[0]?.splits).toHaveLength(1);
    expect(endWaiting(order, '1', about, '2025-10-26T02:00:00.000Z').subOrders[0]?.splits).toMatchObject([
      { no: 'REST', legs: [{ receiver: 'mer_potter', amount: 9_940n }] },
    ]);
    // Over the bank it is split: a third of 99.40 to each.
    const free = paid(aSubOrder({ plan }), aTold({ channelId: 'bank' }));
    expect(free.subOrders[0]?.splits[0]?.legs.map(({ amount }) => amount)).toEqual([3_314n, 3_313n, 3_313n]);
  });
});
