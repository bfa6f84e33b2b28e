import { presentAmount } from '../../../shared/money/present.ts';
import { problems } from '../problems.ts';
import type { RefundFault } from '../refunds/plan-refund.ts';
import { aboveLeft } from './above-left.ts';
import type { AskedRefund } from './decide-refund.ts';
import type { Order } from './order.ts';

/** Why a refund is not divided, or cannot be booked as it is. */
type Fault = RefundFault | { readonly code: 'TOO_MANY_PARTIES'; readonly parties: number; readonly maximum: number };

/** Why a refund cannot be, with the figures that explain it and where that was asked for. */
export function refundProblem(fault: Fault, order: Order, asked: AskedRefund) {
  const pointer = pointerOf(fault, asked);
  if (fault.code === 'REFUND_ABOVE_LEFT' || fault.code === 'ABOVE_LEFT') {
    return aboveLeft(order, fault.left, fault.asked, pointer);
  }
  const { code: reason, ...facts } = fault;
  const figures = Object.entries(facts).flatMap(([name, fact]) => {
    if (name === 'subOrderId') return [['subOrderNo', fact]];
    if (name === 'legId') return shareNamed(fact);
    return [[name, typeof fact === 'bigint' ? presentAmount(fact, order.currency) : fact]];
  });
  const detail = texts[fault.code];
  return problems['refund-refused'].with({ detail, reason, ...Object.fromEntries(figures) }).at({ pointer, detail });
}

const texts: Record<Exclude<Fault['code'], 'REFUND_ABOVE_LEFT' | 'ABOVE_LEFT'>, string> = {
  NO_LINES: 'Send a line for each sub-order of which something goes back.',
  NOT_ABOVE_ZERO: 'Send an amount above zero.',
  SUB_ORDER_UNKNOWN: 'The order has no such sub-order.',
  SUB_ORDER_TWICE: 'This sub-order stands twice; send one line for it.',
  EXPLICIT_NOT_THE_REST:
    'The amounts of shares have to add up to `rest`: the refund, less what is not split, less its part of the fee.',
  LEG_ABOVE_HELD: 'The share has `held` left; send that much at most.',
  LEG_AMOUNT_NEGATIVE: 'Send an amount of zero or more.',
  LEG_UNKNOWN: 'The order has no such share.',
  TOO_MANY_PARTIES:
    'It moves money of `parties` merchants and brands, one refund of `maximum` at most: refund sub-order by sub-order, or name fewer shares.',
  EXPLICIT_WITHOUT_LINE: 'Amounts are named for a sub-order of which nothing is refunded.',
};

/** A share as a request names it. */
function shareNamed(legId: string) {
  const [splitNo, sequence] = JSON.parse(legId) as [string, number];
  return [
    ['splitNo', splitNo],
    ['sequence', sequence],
  ];
}

function pointerOf(fault: Fault, { of }: AskedRefund): string {
  if ('line' in fault && fault.line !== undefined) return `/lines/${fault.line}`;
  const isExplicit = fault.code.startsWith('EXPLICIT') || fault.code.startsWith('LEG');
  if (isExplicit) return '/amounts';
  return of.kind === 'LINES' ? '/lines' : '/amount';
}
