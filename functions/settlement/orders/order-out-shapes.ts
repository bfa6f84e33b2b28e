import * as z from 'zod';
import { amountOut } from '../../../shared/http/schemas.ts';
import { paymentFlags } from '../channels/payment-fault.ts';
import { legOut } from '../splits/leg-shapes.ts';
import { termsOutFields } from '../splits/terms-shapes.ts';
import { notSplitReasons, refundResults, refundStates } from './order.ts';
import { orderStates } from './order-state.ts';

/** What an order looks like to a caller. */

const planOut = z
  .discriminatedUnion('by', [
    z.object({
      by: z.literal('RULE'),
      ruleId: z.string(),
      version: z.int().optional().meta({ description: 'In force when it was paid; absent before.' }),
    }),
    z.object({ by: z.literal('PARTICIPANTS'), ...termsOutFields, failureMode: z.enum(['ALL_OR_NOTHING', 'PARTIAL']) }),
    z.object({ by: z.literal('MANUAL'), lifetimeCapBasisPoints: z.int().optional() }),
    z.object({ by: z.literal('MERCHANT') }),
  ])
  .meta({ id: 'OrderSplitPlanOut' });

const couponOut = z.object({
  id: z.string(),
  amount: amountOut,
  funders: z.array(
    z.object({
      kind: z.enum(['PLATFORM', 'MERCHANT', 'BRAND']),
      merchantId: z.string().optional(),
      basisPoints: z.int(),
    }),
  ),
  landedAt: z.string().optional().meta({ description: 'When what others than the merchant give had come.' }),
  lapsedAt: z
    .string()
    .optional()
    .meta({ description: 'When the merchant took less instead: on the last day, or as asked for.' }),
});

const orderLegOut = legOut
  .extend({ takenBack: amountOut.meta({ description: 'What refunds took of it.' }) })
  .meta({ id: 'OrderLeg' });

const subOrderOut = z
  .object({
    no: z.string(),
    merchantId: z.string(),
    amount: amountOut,
    addOns: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), amount: amountOut })),
    coupons: z.array(couponOut),
    split: planOut,
    clearingDate: z.string().optional(),
    settled: amountOut.meta({ description: 'What there is to split, the fee included; zero until it is paid.' }),
    fee: amountOut.meta({ description: 'Its part of what the channels keep.' }),
    refunded: amountOut,
    unsplit: amountOut.meta({ description: '资金监管: supervised still.' }),
    confirmedAt: z.string().optional(),
    waitsUntil: z.string().optional().meta({
      description:
        'It waits until the run of this day, from two in the morning on; then it goes by the plan, or to the merchant.',
    }),
    notSplit: z.object({ reason: z.enum(notSplitReasons), detail: z.string() }).optional(),
    splits: z.array(
      z.object({
        no: z.string().meta({ description: 'PLAN, REST, or the number of your request.' }),
        at: z.string(),
        legs: z.array(orderLegOut),
      }),
    ),
  })
  .meta({ id: 'SubOrder' });

const paymentFields = {
  channelId: z.string(),
  transactionId: z.string(),
  amount: amountOut,
  fee: amountOut.meta({ description: 'What the channel keeps.' }),
  paidAt: z.string(),
  businessDate: z.string(),
  payMethod: z.string().optional(),
  flags: z
    .array(z.enum([...paymentFlags, 'BEFORE_ORDER']))
    .optional()
    .meta({
      description:
        'What the channel does not take and has come all the same. BEFORE_ORDER: paid before the order was recorded. ' +
        'PAID_IN_FUTURE: counts as paid when it was told.',
    }),
};

const slipOut = z.object({
  ...paymentFields,
  ...{ toldBy: z.string(), toldAt: z.string() },
  refused: z.object({ at: z.string(), by: z.string(), reason: z.string() }).optional(),
});

export const refundOut = z
  .object({
    no: z.string(),
    state: z.enum(refundStates),
    channelId: z.string(),
    transactionId: z.string(),
    amount: amountOut,
    toConsumer: amountOut,
    toFunders: z.array(
      z.object({ kind: z.enum(['PLATFORM', 'BRAND']), merchantId: z.string().optional(), amount: amountOut }),
    ),
    takes: z.array(
      z.object({
        subOrderNo: z.string().optional().meta({ description: 'Absent for what belongs to no sub-order.' }),
        splitNo: z.string().optional(),
        sequence: z.int().optional(),
        ofSum: z.object({ date: z.string(), sequence: z.int() }).optional().meta({
          description: 'Of a share in a sum that was split (汇总): the day of the sum, and the line of its rule.',
        }),
        merchantId: z.string().optional().meta({ description: 'Who gives it; absent where it was supervised.' }),
        isFee: z.boolean().optional().meta({ description: 'The part of the fee that the channel keeps.' }),
        amount: amountOut,
      }),
    ),
    feeBack: amountOut.meta({ description: 'What the channel gives back of its fee.' }),
    reason: z.string().optional(),
    resultReason: z.string().optional().meta({ description: 'By the channel, or who withdrew it.' }),
    told: z
      .object({ result: z.enum(refundResults), reason: z.string().optional(), at: z.string() })
      .optional()
      .meta({
        description:
          'What the channel said before the money was there; or that it failed, where funders of coupons have to give their part again ' +
          'first: as long as they have not, it counts as it stands.',
      }),
    askedAt: z.string(),
    changedAt: z.string(),
    pendingOn: z.string().optional().meta({
      description:
        'When merchants had too little for it: since then it counts on their days, and what it takes is not paid out.',
    }),
    fundedOn: z.string().optional().meta({ description: 'When its money was there.' }),
  })
  .meta({ id: 'OrderRefund' });

export const orderOut = z
  .object({
    no: z.string(),
    marketId: z.string(),
    state: z.enum(orderStates).meta({
      description:
        'OVERDUE: not paid in time; what is paid now counts and is late. PAID: all is paid, and some of it is supervised. ' +
        'SPLIT: all of it has its receivers, or goes into a sum. REFUNDING: all of it is to go back. CLOSED: it went back, for good.',
    }),
    isDisputed: z.boolean(),
    money: z
      .object({
        amount: amountOut,
        merchantGives: amountOut.meta({ description: 'Coupons of merchants; no money moves.' }),
        subsidies: amountOut.meta({ description: 'What others give to coupons.' }),
        toPay: amountOut.meta({ description: 'What the consumer still has to pay.' }),
        received: amountOut.meta({ description: 'Paid, and landed of subsidies. It is the next four together.' }),
        shares: amountOut.meta({ description: 'Of receivers, after what refunds took.' }),
        fees: amountOut,
        refunded: amountOut,
        supervised: amountOut,
        summed: amountOut.meta({
          description:
            '汇总: what goes into sums of a day, less what went back before. Supervised until the run of that day.',
        }),
        beyond: amountOut.meta({ description: 'Of what is supervised, what was paid beyond the order.' }),
      })
      .meta({ id: 'OrderMoney' }),
    subOrders: z.array(subOrderOut),
    payments: z.array(
      z.object({
        ...paymentFields,
        isLate: z.boolean().meta({ description: 'Paid after `payBy`.' }),
        isBeyond: z.boolean().meta({ description: 'The order was paid or ended already.' }),
      }),
    ),
    slips: z.array(slipOut).meta({ description: 'Told, and not confirmed by a second person yet, or refused.' }),
    refunds: z.array(refundOut),
    disputes: z.array(z.object({ openedAt: z.string(), reason: z.string(), resolvedAt: z.string().optional() })),
    history: z
      .array(z.object({ at: z.string(), event: z.string(), about: z.string().optional() }))
      .meta({ description: 'What happened, in its order.' }),
    references: z.record(z.string(), z.string()),
    createdAt: z.string(),
    payBy: z.string(),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'Order' });
