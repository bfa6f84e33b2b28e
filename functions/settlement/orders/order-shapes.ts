import * as z from 'zod';
import { date, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import { sum } from '../../../shared/money/sum.ts';
import { couponIn } from '../coupons/coupon-shapes.ts';
import { marketId, merchantId } from '../markets/market-shapes.ts';
import { ruleId } from '../rules/rule-shapes.ts';
import { checkTermsIn, termsFields } from '../splits/terms-shapes.ts';

/** What an order looks like to who sends it. */

const NUMBER_LENGTH_MAX = 64;
export const SUB_ORDERS_MAX = 50;
const ADD_ONS_MAX = 20;
const COUPONS_MAX = 10;
const NAME_LENGTH_MAX = 140;
const BASIS_POINTS_MAX = 10_000;
const TYPE_LENGTH_MAX = 40;
/** A week, as for a market. */
const TIMEOUT_MINUTES_MAX = 10_080;
export const ORDERS_MAX = 1_000;

/** Of an order, a sub-order, a split or a refund: the caller's. */
export const ownNumber = z
  .string()
  .regex(
    // Dots alone are no part of an address.
    new RegExp(`^(?!\\.{1,2}$)[A-Za-z0-9_.-]{1,${NUMBER_LENGTH_MAX}}$`),
    `Send a number of 1 to ${NUMBER_LENGTH_MAX} letters, digits, underscores, dots or dashes, and not of one or two dots alone.`,
  )
  .meta({ examples: ['SO-2026-000001'] });

const addOnIn = z
  .strictObject({
    id: text(NUMBER_LENGTH_MAX),
    name: text(NAME_LENGTH_MAX),
    type: text(TYPE_LENGTH_MAX),
    amount: positiveAmount,
  })
  .meta({ id: 'AddOnRequest', description: '附加项: postage, packing. Part of the amount of the sub-order.' });

export const failureMode = z.enum(['ALL_OR_NOTHING', 'PARTIAL']).default('ALL_OR_NOTHING').meta({
  description:
    'Where a receiver is suspended. ALL_OR_NOTHING: nothing is split. PARTIAL: its share goes to the selling merchant.',
});

const byRule = z.strictObject({ by: z.literal('RULE'), ruleId });
const byHand = z.strictObject({
  by: z.literal('MANUAL'),
  lifetimeCapBasisPoints: z.int().min(1).max(BASIS_POINTS_MAX).optional().meta({
    description: 'Of the order, what may be given to others than the merchant over its whole life, inclusive.',
  }),
});
const byParticipants = z.strictObject({ by: z.literal('PARTICIPANTS'), ...termsFields, failureMode });

const splitIn = z.discriminatedUnion('by', [byRule, byParticipants, byHand]).meta({
  id: 'OrderSplitPlan',
  description:
    'RULE: by the version in force on the day of the payment. PARTICIPANTS: by receivers that the order names (one sub-order ' +
    'only), on the next working day. MANUAL: as you ask for afterwards. Without any, all goes to the merchant who sells after ' +
    '100 days.',
});

const subOrderIn = z
  .strictObject({
    no: ownNumber.meta({ description: 'Yours; unique within the order.' }),
    merchantId: merchantId.meta({ description: 'Who sells.' }),
    amount: positiveAmount.meta({ description: 'With add-on items, before coupons.' }),
    addOns: z.array(addOnIn).max(ADD_ONS_MAX).default([]),
    coupons: z.array(couponIn).max(COUPONS_MAX).default([]),
    split: splitIn.optional().meta({ description: 'Where it differs from that of the order.' }),
    clearingDate: date.optional().meta({ description: '确认收货日期: takes the place of the period of the plan.' }),
  })
  .meta({ id: 'SubOrderRequest' });

export const orderIn = z
  .strictObject({
    no: ownNumber.meta({ description: 'Yours; no two orders of a tenant have the same.' }),
    marketId,
    amount: positiveAmount.meta({ description: 'What the sub-orders add up to.' }),
    subOrders: z.array(subOrderIn).min(1).max(SUB_ORDERS_MAX),
    split: splitIn.optional(),
    payWithinMinutes: z.int().min(1).max(TIMEOUT_MINUTES_MAX).optional().meta({
      description: 'As the market has it unless told.',
    }),
    references: references.default({}),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of orderFaults(value)) issues.push({ code: 'custom', input: value, path, message });
    checkParticipants(value, issues);
  })
  .meta({ id: 'OrderRequest' });

export type OrderRequest = z.output<typeof orderIn>;
export type SubOrderRequest = OrderRequest['subOrders'][number];

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What fields say against each other. Amounts are compared in minor units; their currencies are the market's to judge. */
function orderFaults({ amount, subOrders, split }: OrderRequest): Fault[] {
  const faults: Fault[] = [];
  const total = sum(subOrders.map((one) => one.amount.minor));
  if (total !== amount.minor) {
    const difference = amount.minor - total;
    const by = `${formatAmount(difference < 0n ? -difference : difference, amount.currency)} ${amount.currency}`;
    const where = difference > 0n ? 'below' : 'above';
    const message = `The sub-orders are ${where} the order’s amount by ${by}; send amounts that add up.`;
    faults.push({ path: ['amount'], message });
  }
  if (split?.by === 'PARTICIPANTS' && subOrders.length > 1) faults.push({ path: ['split'], message: oneOnly });
  for (const [place, subOrder] of subOrders.entries()) {
    const at = ['subOrders', place];
    if (subOrders.findIndex(({ no }) => no === subOrder.no) < place) {
      faults.push({ path: [...at, 'no'], message: 'Another sub-order has this number; send one of its own.' });
    }
    if (subOrder.split?.by === 'PARTICIPANTS' && subOrders.length > 1) {
      faults.push({ path: [...at, 'split'], message: oneOnly });
    }
    if (sum(subOrder.addOns.map((one) => one.amount.minor)) > subOrder.amount.minor) {
      const message = 'The add-on items are above the amount of the sub-order, which they are part of.';
      faults.push({ path: [...at, 'addOns'], message });
    }
  }
  return faults;
}

/** By who sells: lines that name that merchant are its own. */
function checkParticipants({ subOrders, split }: OrderRequest, issues: z.core.$ZodRawIssue[]): void {
  for (const [place, subOrder] of subOrders.entries()) {
    const plan = subOrder.split ?? split;
    if (plan?.by !== 'PARTICIPANTS') continue;
    const at = subOrder.split ? ['subOrders', place, 'split'] : ['split'];
    const found: z.core.$ZodRawIssue[] = [];
    checkTermsIn({ value: plan, issues: found }, subOrder.merchantId);
    issues.push(...found.map((issue) => ({ ...issue, path: [...at, ...(issue.path ?? [])] })));
  }
}

const oneOnly =
  'Participants are named for an order of one sub-order only; send a rule, or an order for each of the sub-orders.';

export const ordersIn = z
  .strictObject({
    orders: z
      .array(z.unknown())
      .min(1)
      .max(ORDERS_MAX)
      .meta({ description: 'Each as for `POST /v1/orders`; each is looked at by itself.' }),
  })
  .meta({ id: 'OrderBatchRequest' });

export const ordersOut = z
  .object({
    accepted: z.int(),
    refused: z.int(),
    lines: z.array(
      z
        .object({
          line: z.int().meta({ description: 'From 0, as in pointers.' }),
          no: z.string().optional(),
          outcome: z.enum(['CREATED', 'REPLAYED', 'REFUSED']),
          problem: z
            .object({
              code: z.string(),
              detail: z.string(),
              errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string() })),
            })
            .optional(),
        })
        .meta({ id: 'OrderBatchLine' }),
    ),
  })
  .meta({ id: 'OrderBatch' });
