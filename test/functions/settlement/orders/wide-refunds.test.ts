import { describe, expect, it } from 'vitest';
import { type AskedRefund, acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { aChannel, aMerchant } from '../samples.ts';
import { anOrder, aSubOrder, aTold, at, facts } from './samples.ts';

const ask = (no: string, amount: bigint, more: Partial<AskedRefund> = {}): AskedRefund => ({
  ...{ no, of: { kind: 'ORDER', amount }, policy: { kind: 'PRO_RATA' }, fingerprint: no },
  ...more,
});
const later = '2025-09-27T02:00:00.000Z';
/** Without a fee. */
const versions = [
  { effectiveFrom: '2025-01-01', fee: { basisPoints: 0n, fixed: 0n }, feeRefundable: false, refundDays: 365 },
];

describe('a refund of many merchants', () => {
  const ids = Array.from({ length: 92 }, (_, place) => `mer_stall${place}`);
  const about = facts({
    channels: new Map([['wechat', aChannel({ versions })]]),
    merchants: new Map(
      ['mer_potter', ...ids].map((id) => [id, aMerchant({ id, clawBackSince: '2025-01-01' })] as const),
    ),
  });
  /** So many stalls have 1.00 each, those of the first sub-order 46. */
  function stalls(count: number): Order {
    const leg = { fee: 0n, base: 100n, dueOn: '2025-09-28', takenBack: 0n, amount: 100n, kind: 'FIXED' as const };
    const subOrders = [ids.slice(0, 46), ids.slice(46, count)].map((own, place) =>
      aSubOrder({
        ...{ no: `${place}`, amount: BigInt(own.length) * 100n, plan: { by: 'MANUAL' } },
        splits: [{ no: 'S', at, legs: own.map((receiver, turn) => ({ ...leg, sequence: turn + 1, receiver })) }],
      }),
    );
    return anOrder({ subOrders, payments: [aTold({ fee: 0n, amount: BigInt(count) * 100n })] });
  }

  it('moves money of ninety at most, since the ledger books it whole or not at all', () => {
    expect(acceptRefund(stalls(90), ask('R', 9_000n), about, later).refunds[0]?.takes).toHaveLength(90);
    const refused = () => acceptRefund(stalls(91), ask('R', 9_100n), about, later);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'settlement/refund-refused',
        fields: expect.objectContaining({
          ...{ reason: 'TOO_MANY_PARTIES', parties: 91, maximum: 90 },
          errors: [{ pointer: '/amount', detail: expect.stringContaining('sub-order by sub-order') }],
        }),
      }),
    );
  });

  it('goes back by sub-orders, or is borne by who sells', () => {
    const lines = { kind: 'LINES', lines: [{ subOrderId: '0', amount: 4_600n }] } as const;
    expect(acceptRefund(stalls(92), ask('R', 4_600n, { of: lines }), about, later).refunds[0]?.takes).toHaveLength(46);
    const borne = acceptRefund(stalls(92), ask('R', 9_200n, { policy: { kind: 'MERCHANT_BEARS' } }), about, later);
    expect(new Set(borne.refunds[0]?.takes.map(({ from }) => from))).toEqual(new Set(['mer_potter']));
  });
});
