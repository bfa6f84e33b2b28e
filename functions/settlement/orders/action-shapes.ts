import * as z from 'zod';
import { positiveAmount, text } from '../../../shared/http/schemas.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { merchantId } from '../markets/market-shapes.ts';
import { LINES_MAX, type SplitTerms } from '../splits/split-rule.ts';
import { termsIn, toTerms } from '../splits/terms-shapes.ts';
import { shortFingerprint } from './build-order.ts';
import type { AskedSplit } from './manual-split.ts';
import { failureMode, ownNumber, SUB_ORDERS_MAX } from './order-shapes.ts';

/** What is asked to be done to an order. */

const REASON_LENGTH_MAX = 140;

export const reason = text(REASON_LENGTH_MAX);

export const namedIn = z
  .strictObject({
    subOrderNos: z
      .array(ownNumber)
      .min(1)
      .max(SUB_ORDERS_MAX)
      .optional()
      .meta({ description: 'All of them unless told.' }),
  })
  .meta({ id: 'NamedSubOrders' });

export const disputeIn = z.strictObject({ reason }).meta({ id: 'OrderDisputeRequest' });

export const splitIn = z
  .strictObject({
    no: ownNumber
      .refine((no) => !/^(PLAN|REST)/.test(no), 'PLAN and REST name splits of our own; send another number.')
      .meta({ description: 'Yours; unique within the order. The same again is the same split.' }),
    subOrderNo: ownNumber,
    receivers: z
      .array(z.strictObject({ merchantId, amount: positiveAmount }))
      .min(1)
      .max(LINES_MAX)
      .optional()
      .meta({ description: 'Who gets how much; what is left stays supervised.' }),
    terms: termsIn.optional().meta({ description: 'Or terms, by which an amount is split.' }),
    amount: positiveAmount
      .optional()
      .meta({ description: 'With terms: what is split; all that is not split yet unless told.' }),
    failureMode,
  })
  .check(({ value, issues }) => {
    const { receivers, terms, amount } = value;
    const refuse = (path: (string | number)[], message: string) => {
      issues.push({ code: 'custom', input: value, path, message });
    };
    if ((receivers === undefined) === (terms === undefined))
      refuse(['receivers'], 'Send `receivers`, or `terms`: one of them.');
    if (receivers && amount) refuse(['amount'], 'Leave it out: the amounts of the receivers say it.');
    for (const [place, one] of (receivers ?? []).entries()) {
      const isTwice = receivers?.findIndex((other) => other.merchantId === one.merchantId) !== place;
      if (isTwice) refuse(['receivers', place, 'merchantId'], 'It stands twice; send each receiver once.');
    }
  })
  .meta({ id: 'OrderSplitRequest' });

export type SplitRequest = z.output<typeof splitIn>;

export function toAskedSplit(request: SplitRequest): AskedSplit {
  const { no, subOrderNo, receivers, terms, amount, failureMode: mode } = request;
  const total = receivers ? sum(receivers.map((one) => one.amount.minor)) : amount?.minor;
  return {
    ...{ no, subOrderNo, failureMode: mode, fingerprint: shortFingerprint(request) },
    terms: terms ? toTerms(terms) : byAmounts(receivers ?? []),
    isByAmounts: terms === undefined,
    ...defined({ amount: total }),
  };
}

function byAmounts(receivers: NonNullable<SplitRequest['receivers']>): SplitTerms {
  const lines = receivers.map(({ merchantId: receiver, amount }, place) => ({
    ...{ sequence: place + 1, receiver },
    share: { kind: 'FIXED' as const, amount: amount.minor },
  }));
  return { base: 'PAID', method: 'FIXED', lines };
}
