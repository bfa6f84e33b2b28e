import { instantOf } from '../../../shared/calendar/local-time.ts';
import type { BankOrder, PartyAccount } from '../gateway/bank-gateway.ts';
import type { RefusedRail, RouteQuote, RouteRequest } from '../routing/quote-routes.ts';
import { refusals } from '../routing/refusals.ts';
import { type PaymentAsked, type PaymentPlan, toBankOrder } from './payment.ts';

/** All that planning goes by besides the payment. */
export interface PaymentSituation {
  readonly quote: (request: RouteRequest) => RouteQuote;
  /** Ours, which is debited. */
  readonly account: PartyAccount;
  /** Why the channel cannot carry an order. */
  readonly faultOf: (order: BankOrder) => string | undefined;
  readonly now: Date;
}

/**
 * The rail of a payment by the rules of routing, balanced between fee, speed and success, and the business date on which that
 * rail carries it. A rail that is closed is no obstacle: the bank keeps the payment until the rail opens.
 */
export function planPayment(asked: PaymentAsked, { quote, account, faultOf, now }: PaymentSituation): PaymentPlan {
  const day = instantOf(asked.businessDate, '00:00');
  const { routes, refused } = quote({
    at: day > now ? day : now,
    direction: 'PAY',
    minor: asked.amount,
    currency: asked.currency,
    urgent: false,
    policy: 'BALANCED',
    payerBank: account.bank,
    payeeBank: asked.payee.bank,
  });
  const best = routes.find(({ candidate }) => asked.railKind === undefined || candidate.rail.kind === asked.railKind);
  if (!best) return { refused: noRail(asked, refused) };
  const plan = { railKind: best.candidate.rail.kind, businessDate: best.candidate.businessDate };
  const fault = faultOf(toBankOrder(asked, plan));
  return fault === undefined ? plan : { refused: fault };
}

function noRail({ railKind }: PaymentAsked, refused: readonly RefusedRail[]): string {
  const reasons = refused.map(({ railId, refusal }) => `${railId}: ${refusals[refusal.code]}`);
  return [`No rail${railKind === undefined ? '' : ` of the kind ${railKind}`} takes it.`, ...reasons].join(' ');
}
