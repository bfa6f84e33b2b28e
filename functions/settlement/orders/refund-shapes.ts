import * as z from 'zod';
import { positiveAmount } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { channelId } from '../channels/channel-shapes.ts';
import type { OrderRefundPolicy } from '../refunds/plan-refund.ts';
import { LINES_MAX } from '../splits/split-rule.ts';
import { reason } from './action-shapes.ts';
import { shortFingerprint } from './build-order.ts';
import type { AskedRefund } from './decide-refund.ts';
import { refundResults } from './order.ts';
import { ownNumber, SUB_ORDERS_MAX } from './order-shapes.ts';
import { transactionId } from './payment-shapes.ts';
import { legId } from './refundable-sub-orders.ts';

/** What a refund looks like to who asks for it. */

export const refundIn = z
  .strictObject({
    no: ownNumber.meta({
      description: 'Yours; unique within the market. The same again of the same order is the same refund.',
    }),
    amount: positiveAmount
      .optional()
      .meta({ description: 'Of the order as a whole: what is not split goes back first.' }),
    lines: z
      .array(z.strictObject({ subOrderNo: ownNumber, amount: positiveAmount }))
      .min(1)
      .max(SUB_ORDERS_MAX)
      .optional()
      .meta({ description: 'Or an amount of each sub-order.' }),
    beyond: positiveAmount.optional().meta({ description: 'Or of what was paid beyond the order.' }),
    policy: z
      .enum(['PRO_RATA', 'MERCHANT_BEARS', 'EXPLICIT'])
      .default('PRO_RATA')
      .meta({
        description:
          'Whom what is split is taken from. PRO_RATA: all, by what they still hold. MERCHANT_BEARS: the one who sells. ' +
          'EXPLICIT: as `amounts` say.',
      }),
    amounts: z
      .array(
        z.strictObject({
          subOrderNo: ownNumber,
          splitNo: ownNumber,
          sequence: z.int().min(1),
          amount: positiveAmount,
        }),
      )
      .min(1)
      .max(LINES_MAX)
      .optional(),
    payment: z.strictObject({ channelId, transactionId }).optional().meta({
      description: 'The payment that it goes back on; the first that has so much left unless told.',
    }),
    reason: reason.optional(),
  })
  .check(({ value, issues }) => {
    const { amount, lines, beyond, policy, amounts } = value;
    const refuse = (path: string, message: string) => {
      issues.push({ code: 'custom', input: value, path: [path], message });
    };
    const named = [amount, lines, beyond].filter((one) => one !== undefined);
    if (named.length !== 1) refuse('amount', 'Send `amount`, `lines`, or `beyond`: one of them.');
    if ((policy === 'EXPLICIT') !== (amounts !== undefined))
      refuse('amounts', 'Send amounts with EXPLICIT, and with no other.');
  })
  .meta({ id: 'OrderRefundRequest' });

export type RefundRequest = z.output<typeof refundIn>;

export const refundResultIn = z
  .strictObject({
    result: z.enum(refundResults).meta({
      description:
        'What the channel says. SENT: it has the refund. DELAYED: it goes on later (delayed, interrupted, to be confirmed). ' +
        'UNCERTAIN: it does not know, and has to be queried. FAILED: it gave nothing back, and what was taken returns; one that waits for funds is WITHDRAWN.',
    }),
    reason: reason.optional(),
  })
  .meta({ id: 'OrderRefundResultRequest' });

export const withdrawalIn = z.strictObject({ reason: reason.optional() }).meta({ id: 'OrderRefundWithdrawalRequest' });

export function toAskedRefund(request: RefundRequest): AskedRefund {
  const { no, payment, reason: why } = request;
  return {
    no,
    of: toScope(request),
    policy: toPolicy(request),
    ...defined({ payment, reason: why }),
    fingerprint: shortFingerprint(request),
  };
}

function toScope({ amount, lines, beyond }: RefundRequest): AskedRefund['of'] {
  if (beyond) return { kind: 'BEYOND', amount: beyond.minor };
  if (amount) return { kind: 'ORDER', amount: amount.minor };
  const named = (lines ?? []).map((line) => ({ subOrderId: line.subOrderNo, amount: line.amount.minor }));
  return { kind: 'LINES', lines: named };
}

function toPolicy({ policy, amounts = [] }: RefundRequest): OrderRefundPolicy {
  if (policy !== 'EXPLICIT') return { kind: policy };
  const bySubOrder = new Map<string, Map<string, bigint>>();
  for (const { subOrderNo, splitNo, sequence, amount } of amounts) {
    const own = bySubOrder.get(subOrderNo) ?? new Map<string, bigint>();
    bySubOrder.set(subOrderNo, own.set(legId(splitNo, sequence), amount.minor));
  }
  return { kind: 'EXPLICIT', amounts: bySubOrder };
}
