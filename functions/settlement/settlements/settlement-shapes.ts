import * as z from 'zod';
import { bankAccountOut } from '../../../shared/http/bank-account.ts';
import { amountOut, date, id, page } from '../../../shared/http/schemas.ts';
import { merchantLineKinds } from '../journal/line.ts';
import { marketId } from '../markets/market-shapes.ts';
import { runStates } from './run.ts';
import { payoutStates } from './settlement.ts';

/** What settlements and runs look like to a caller. */

const UPCOMING_DAYS_DEFAULT = 35;
const UPCOMING_DAYS_MAX = 168;

const ordersOnADay =
  'That the merchant has shares of, each once on a day, in the first settlement of it; of each sum (汇总) the orders in it.';

export const settlementId = id('set');
export const runId = id('run');

export const runIn = z
  .strictObject({
    marketId,
    businessDate: date.meta({ description: 'All that is due up to this day, and not settled yet, is settled.' }),
  })
  .meta({ id: 'SettlementRunRequest' });

export const runOut = z
  .object({
    id: z.string(),
    marketId: z.string(),
    businessDate: z.string(),
    number: z.int().meta({ description: 'Of that day: 1 for the first; later ones settle what came late.' }),
    state: z.enum(runStates).meta({
      description:
        'LOOKING: it splits what waited for its last day, and finds the days to settle. CLOSING: it closes them. SUMMING: it ' +
        'splits sums of orders (汇总). SETTLING: it settles and pays, merchant after merchant.',
    }),
    days: z
      .array(z.object({ date: z.string(), sequence: z.int() }))
      .meta({ description: 'Days with lines that were not settled; 0 is a day’s first settlement.' }),
    progress: z.object({ daysDone: z.int(), days: z.int() }),
    waited: z.int().meta({ description: 'Sub-orders that waited for their last day, and were split.' }),
    settlements: z.int(),
    payouts: z.int(),
    paidOut: amountOut.meta({ description: 'Of its settlements, held ones too.' }),
    carriedOn: amountOut,
    billed: amountOut,
    held: z.int().meta({ description: 'Payouts of suspended merchants.' }),
    mismatches: z.int().meta({ description: 'Merchants whose lines do not add up to their total: nothing is paid.' }),
    failure: z.string().optional().meta({ description: 'Why it did not get on; it is tried again.' }),
    retryAt: z.string().optional().meta({ description: 'It is not tried again before, unless it is started again.' }),
    createdAt: z.string(),
    changedAt: z.string(),
    endedAt: z.string().optional(),
  })
  .meta({ id: 'SettlementRun' });

const payoutOut = z.object({
  id: z.string().meta({ description: 'Its number at the bank; each try has its own.' }),
  amount: amountOut,
  to: z.discriminatedUnion('to', [
    z.object({ to: z.literal('BANK'), name: z.string(), account: bankAccountOut }),
    z.object({ to: z.literal('LEDGER'), accountId: z.string() }),
  ]),
  state: z.enum(payoutStates).meta({
    description:
      'DUE: about to be booked. HELD: the merchant is suspended. PENDING_FUNDS: the ledger has not as much for the merchant yet, ' +
      'other days of the merchant lack it, or it is frozen. ' +
      'SENDING, SENT: on its way. UNCERTAIN: the bank may have it; nothing is sent under another number. PAID. NETTED: a netting ' +
      'cycle has paid it. FAILED, RETURNED: ' +
      'owed to the merchant again, and paid once its account was mended.',
  }),
  isRetry: z.literal(true).optional().meta({ description: 'It was held, waited, failed or came back before.' }),
  isPart: z.literal(true).optional().meta({ description: 'What there was; the rest is paid under another number.' }),
  carriedOn: z.string().optional().meta({ description: 'The day on which the bank carries it.' }),
  reason: z.string().optional(),
  returned: amountOut.optional().meta({ description: 'What of it came back.' }),
  changedAt: z.string(),
});

export const settlementOut = z
  .object({
    id: z.string(),
    marketId: z.string(),
    merchantId: z.string(),
    date: z.string(),
    sequence: z.int().meta({ description: '0, and higher for lines that came after the day was closed.' }),
    runId: z.string(),
    state: z.enum(['SETTLED', 'MISMATCH']),
    orders: z.int().meta({ description: ordersOnADay }),
    gross: amountOut.meta({ description: 'Shares before fees.' }),
    fees: amountOut,
    coupons: amountOut.meta({ description: 'Part of the gross: what others gave by coupons.' }),
    refunds: amountOut,
    adjustments: amountOut.meta({
      description:
        'What is neither share nor refund when the day was closed: carried from earlier days, held by disputes and released. Gross ' +
        'less fees and refunds, and with this, is the net.',
    }),
    carriedIn: amountOut.meta({ description: 'Part of `adjustments`, from earlier days: zero, or below.' }),
    keptBack: amountOut.meta({ description: 'What this day gave for what earlier ones lacked.' }),
    carriedOn: amountOut,
    carriedTo: z.string().optional(),
    billed: amountOut.meta({ description: 'What the day lacked, and the market gives off its own.' }),
    billWaits: z.literal(true).optional().meta({ description: 'The market has not given it yet.' }),
    net: amountOut.meta({ description: 'The sum of the lines before the day was closed.' }),
    payout: amountOut.meta({ description: 'The sum of all lines.' }),
    payouts: z.array(payoutOut).meta({ description: 'Every try and every part, in their order.' }),
    unpaid: amountOut.optional().meta({
      description: 'Owed and not on its way: what failed or came back, is held, or waits for funds.',
    }),
    netting: z
      .object({ cycleId: z.string() })
      .optional()
      .meta({ description: 'The netting cycle that is to pay what is unpaid: until it has, no bank is asked to.' }),
    netted: z
      .array(
        z.object({
          cycleId: z.string(),
          valueDate: z.string(),
          amount: amountOut.meta({ description: 'What of it was owed to the merchant.' }),
          beyond: amountOut.optional().meta({
            description: 'Paid by the cycle though a bank had paid it since the cut-off: the merchant owes it.',
          }),
        }),
      )
      .optional()
      .meta({ description: 'What netting cycles have paid.' }),
    settledAt: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Settlement' });

export const settlementsQuery = z
  .strictObject({
    date: date.optional().meta({ description: 'One day; or `from` and `to`.' }),
    from: date.optional(),
    to: date.optional(),
    ...page.shape,
  })
  .check(({ value, issues }) => {
    const { date: day, from, to } = value;
    const refuse = (field: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [field], message });
    if (day !== undefined && (from !== undefined || to !== undefined))
      refuse('date', 'Send it alone, or `from` and `to`.');
    if (day === undefined && from === undefined) refuse('date', 'Send `date`, or `from` and `to`.');
    if (from !== undefined && to === undefined) refuse('to', 'Send it with `from`.');
    if (from !== undefined && to !== undefined && to < from) refuse('to', 'The last day is before the first.');
  });

export const settlementsOut = z.object({ settlements: z.array(settlementOut), nextCursor: z.string().optional() });

const lineOut = z.object({
  kind: z.enum(merchantLineKinds),
  amount: amountOut.meta({ description: 'What it adds to the day; below zero where it takes.' }),
  takesBack: z.boolean().optional().meta({ description: 'It takes an earlier line back.' }),
  orderNo: z.string().optional(),
  subOrderNo: z.string().optional(),
  base: amountOut.optional().meta({ description: 'What the share was taken of.' }),
  sum: z
    .object({ sellerId: z.string(), orders: z.int() })
    .optional()
    .meta({ description: '汇总: of whose orders, and how many, where they were split as one.' }),
  rule: z.object({ id: z.string(), version: z.int() }).optional(),
  computation: z.string().meta({ description: 'How it came about.' }),
  fee: amountOut.optional(),
  coupon: amountOut.optional(),
  refundNo: z.string().optional(),
  date: z.string().optional().meta({ description: 'CARRIED_ON, CARRIED_IN: the other day.' }),
});

export const linesQuery = page;
export const linesCsvQuery = page.pick({ cursor: true });
export const linesOut = z
  .object({ lines: z.array(lineOut), nextCursor: z.string().optional() })
  .meta({ id: 'SettlementLines' });

export const upcomingQuery = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(UPCOMING_DAYS_MAX)
    .default(UPCOMING_DAYS_DEFAULT)
    .meta({ description: 'From today on.' }),
  ...page.pick({ cursor: true }).shape,
});
export const upcomingOut = z
  .object({
    days: z.array(
      z.object({
        date: z.string().meta({ description: 'Due.' }),
        arrivesOn: z.string().meta({ description: 'Later than due where the run of that day has been.' }),
        orders: z.int().meta({ description: ordersOnADay }),
        gross: amountOut,
        fees: amountOut,
        refunds: amountOut,
        adjustments: amountOut.meta({
          description: 'Carried from earlier days, held by disputes and released.',
        }),
        carriedIn: amountOut.meta({ description: 'Part of `adjustments`.' }),
        net: amountOut.meta({
          description: 'What arrives, as it stands: gross less fees and refunds, and with the adjustments.',
        }),
      }),
    ),
    net: amountOut.meta({ description: 'Of all these days, without what is expected of sums.' }),
    sums: z
      .array(
        z.object({
          date: z.string().meta({ description: 'The run of this day splits it, or the next where that has been.' }),
          sellerId: z.string(),
          rule: z.object({ id: z.string(), version: z.int() }),
          orders: z.int().meta({ description: 'Each once on a day, in the first sum of it.' }),
          base: amountOut.meta({ description: 'What is in it by now, after fees.' }),
          expected: amountOut.meta({
            description:
              'The merchant’s share, if nothing more comes to it, nothing is taken of it, and no merchant is suspended: decided as the run does.',
          }),
        }),
      )
      .meta({ description: '汇总: sums of orders in which the merchant has a part, and that are not split yet.' }),
    hasMoreSums: z.boolean().meta({ description: 'The market has more sums than are read for one answer.' }),
    nextCursor: z.string().optional().meta({ description: 'It goes on with the sums to come.' }),
  })
  .meta({ id: 'Upcoming' });
