import * as z from 'zod';
import { amountOut, date, instant, nonNegativeAmount, positiveAmount, text } from '../../../shared/http/schemas.ts';
import { couponIn } from '../coupons/coupon-shapes.ts';
import { foreignAmong, type PlacedAmount } from '../markets/foreign-amounts.ts';
import { merchantId } from '../markets/market-shapes.ts';
import { legOut } from '../splits/leg-shapes.ts';

/** What a simulated split looks like to a caller. */

const NUMBER_LENGTH_MAX = 64;
const SUB_ORDERS_MAX = 50;
const COUPONS_MAX = 10;

const fee = nonNegativeAmount.optional().meta({ description: 'What the channel keeps; nothing without it.' });

const amountsIn = z
  .strictObject({
    merchantId: merchantId.optional().meta({ description: 'Who sells; a line that names it is its own.' }),
    order: nonNegativeAmount.meta({ description: 'Before coupons.' }),
    paid: nonNegativeAmount.meta({ description: 'By the consumer, and by funders of coupons.' }),
    fee,
    givenBefore: nonNegativeAmount.optional().meta({ description: 'To others than the merchant, of the same order.' }),
  })
  .meta({ id: 'SimulatedAmounts' });

const orderIn = z
  .strictObject({
    subOrders: z
      .array(
        z.strictObject({
          no: text(NUMBER_LENGTH_MAX),
          merchantId,
          amount: positiveAmount,
          coupons: z.array(couponIn).max(COUPONS_MAX).default([]),
        }),
      )
      .min(1)
      .max(SUB_ORDERS_MAX),
    fee,
  })
  .check(({ value: { subOrders }, issues }) => {
    for (const [place, { no }] of subOrders.entries()) {
      if (subOrders.findIndex((one) => one.no === no) === place) continue;
      const message = 'Another sub-order has this number; send one of its own.';
      issues.push({ code: 'custom', input: no, path: ['subOrders', place, 'no'], message });
    }
  })
  .meta({ id: 'SimulatedOrder', description: 'A whole order, paid in full.' });

export const simulationIn = z
  .strictObject({
    paidAt: instant,
    confirmedAt: instant
      .optional()
      .meta({ description: 'When the goods were confirmed, where the rule counts from that.' }),
    clearingDate: date.optional().meta({ description: 'The date that the order itself was sent with (确认收货日期).' }),
    version: z.int().min(1).optional().meta({ description: 'That in force on the day of the payment unless told.' }),
    amounts: amountsIn.optional(),
    order: orderIn.optional(),
  })
  .refine(({ amounts, order }) => (amounts === undefined) !== (order === undefined), {
    path: ['amounts'],
    message: 'Send `amounts`, or a whole `order`: one of them.',
  })
  .meta({ id: 'SplitSimulationRequest' });

export type SimulationRequest = z.output<typeof simulationIn>;

export const simulationOut = z
  .object({
    ruleId: z.string(),
    version: z.int(),
    businessDate: z.string().meta({ description: 'The day of the market that the payment is of.' }),
    subOrders: z.array(
      z.object({
        no: z.string().optional(),
        merchantId: z.string().optional(),
        order: amountOut,
        paid: amountOut,
        merchantGives: amountOut.optional().meta({ description: 'By coupons of its own; no money moves.' }),
        subsidies: z
          .array(
            z.object({ kind: z.enum(['PLATFORM', 'BRAND']), merchantId: z.string().optional(), amount: amountOut }),
          )
          .optional(),
        fee: amountOut,
        legs: z.array(legOut),
      }),
    ),
    total: z
      .object({ paid: amountOut, fee: amountOut, legs: amountOut })
      .meta({ description: 'The legs are what was paid less the fee.' }),
  })
  .meta({ id: 'SplitSimulation' });

/** Amounts that are not in a currency, each at its place. */
export function foreignAmounts({ amounts, order }: SimulationRequest, currency: string) {
  const fields = ['order', 'paid', 'fee', 'givenBefore'] as const;
  const held: PlacedAmount[] = [
    ...fields.map((field): PlacedAmount => [`/amounts/${field}`, amounts?.[field]]),
    ...(order?.subOrders ?? []).flatMap(({ amount, coupons }, place): PlacedAmount[] => [
      [`/order/subOrders/${place}/amount`, amount],
      ...coupons.map(
        (coupon, index): PlacedAmount => [`/order/subOrders/${place}/coupons/${index}/amount`, coupon.amount],
      ),
    ]),
    ['/order/fee', order?.fee],
  ];
  return foreignAmong(held, currency);
}
