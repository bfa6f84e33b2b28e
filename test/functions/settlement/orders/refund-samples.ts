import type { AskedRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import type { ReadFacts } from '../../../../functions/settlement/orders/read-plan-facts.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { aChannel } from '../samples.ts';
import { anOrder, aSubOrder, aTold, at, facts } from './samples.ts';

export const later = '2025-09-27T02:00:00.000Z';

/** A channel without a fee that it gives back. */
export function free(more: Partial<ReadFacts> = {}) {
  const versions = [
    { effectiveFrom: '2025-01-01', fee: { basisPoints: 0n, fixed: 0n }, feeRefundable: false, refundDays: 365 },
  ];
  return facts({ channels: new Map([['wechat', aChannel({ versions })]]), ...more });
}

/** Paid by 100.00 without a fee, of which 20.00 and 5.00 were given by hand; 75.00 are not split. */
export function halfSplit(about = free()): Order {
  const paid = takePayment(
    anOrder({ subOrders: [aSubOrder({ plan: { by: 'MANUAL' } })] }),
    aTold({ fee: 0n }),
    about,
    at,
  );
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  const lines = [
    { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED' as const, amount: 2_000n } },
    { sequence: 2, receiver: 'mer_van', share: { kind: 'FIXED' as const, amount: 500n } },
  ];
  const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
  const asked = { no: 'S-1', subOrderNo: '1', terms, amount: 2_500n, isByAmounts: true, fingerprint: 's' };
  return splitByHand(paid.order, { ...asked, failureMode: 'ALL_OR_NOTHING' }, about, at);
}

export const ask = (no: string, amount: bigint, more: Partial<AskedRefund> = {}): AskedRefund => ({
  ...{ no, of: { kind: 'ORDER', amount }, policy: { kind: 'PRO_RATA' }, fingerprint: `${no} ${amount}` },
  ...more,
});
