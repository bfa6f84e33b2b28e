import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { addWorkingDays } from '../../../shared/calendar/working-days.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { fingerprintOf } from '../../../shared/http/fingerprint.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { general } from '../../../shared/problems/general.ts';
import type { FieldFault, ProblemFactory } from '../../../shared/problems/problem.ts';
import type { CouponFault } from '../coupons/check-coupons.ts';
import { couponFaultText, toCoupon } from '../coupons/coupon-shapes.ts';
import { type FundedOrder, fundCoupons } from '../coupons/fund-coupons.ts';
import { brandsMax } from '../journal/guarded-legs.ts';
import { foreignAmong, type PlacedAmount } from '../markets/foreign-amounts.ts';
import type { Market } from '../markets/market.ts';
import { problems } from '../problems.ts';
import { foreignAmounts, toTerms } from '../splits/terms-shapes.ts';
import type { Order, SplitPlan, SubOrder } from './order.ts';
import type { OrderFacts } from './order-facts.ts';
import { orderToPlain } from './order-items.ts';
import type { OrderRequest, SubOrderRequest } from './order-shapes.ts';

export interface Making {
  readonly tenant: string;
  /** ISO instant. */
  readonly at: string;
  readonly cause: Cause;
}

/**
 * The order that a request asks for.
 *
 * @throws Problem, each with all the places at fault: `settlement/market-not-found`, `settlement/merchant-not-found` (sellers,
 * receivers, brands), `settlement/split-rule-not-found` also for a rule of another market, `settlement/merchant-suspended`,
 * `settlement/calendar-not-published`, `request/malformed` for foreign amounts, coupons, a date that is past.
 */
export function buildOrder(asked: OrderRequest, facts: OrderFacts, { tenant, at, cause }: Making): Order {
  const { no, marketId, payWithinMinutes, references } = asked;
  const market = facts.markets.get(marketId);
  if (!market)
    throw refused(problems['market-not-found'], [{ pointer: '/marketId', detail: `There is no market ${marketId}.` }]);
  requireAll(asked, market, facts, at);
  const minutes = payWithinMinutes ?? market.orderTimeoutMinutes;
  const order: Order = {
    ...{ tenant, no, marketId, currency: market.currency },
    subOrders: asked.subOrders.map((subOrder) => toSubOrder(subOrder, asked)),
    createdAt: at,
    payBy: new Date(Date.parse(at) + minutes * 60_000).toISOString(),
    references,
    ...{ payments: [], slips: [], refunds: [], disputes: [] },
    fingerprint: shortFingerprint(asked),
    ...{ revision: 1, changedAt: at, cause },
  };
  requireRoom(order);
  return order;
}

/** Bytes of an order when it is made, at most: shares and refunds still have to find room in its item. */
const BYTES_MAX = 64 * 1024;

function requireRoom(order: Order): void {
  const bytes = Buffer.byteLength(String(orderToPlain(order).text));
  if (bytes <= BYTES_MAX) return;
  const detail = `The order takes ${bytes} bytes of ${BYTES_MAX}; send fewer add-on items with shorter names, or several orders.`;
  throw refused(general.malformed, [{ pointer: '/subOrders', detail }]);
}

/** 128 bits over what was asked for. */
export function shortFingerprint(content: unknown): string {
  const body = JSON.parse(JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
  return Buffer.from(fingerprintOf({ method: '', path: '', query: {}, body }), 'hex')
    .subarray(0, 16)
    .toString('base64url');
}

function requireAll(asked: OrderRequest, market: Market, facts: OrderFacts, at: string): void {
  require(general.malformed, foreignIn(asked, market.currency));
  require(problems['merchant-not-found'], strangersIn(asked, market, facts));
  require(problems['merchant-suspended'], suspendedIn(asked, facts));
  require(problems['split-rule-not-found'], foreignRules(asked, market, facts));
  require(general.malformed, couponFaults(asked, market));
  require(problems['calendar-not-published'], unpublished(asked, market, facts));
  require(general.malformed, pastDates(asked, businessDateOf(new Date(at), market.zone)));
}

function require(problem: ProblemFactory, faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw refused(problem, faults);
}

function refused(problem: ProblemFactory, faults: readonly FieldFault[]) {
  return problem.with({ detail: faults[0]?.detail ?? '' }).at(...faults);
}

const planOf = (subOrder: SubOrderRequest, asked: OrderRequest) => subOrder.split ?? asked.split;

function foreignIn(asked: OrderRequest, currency: string): FieldFault[] {
  const amounts: PlacedAmount[] = [['/amount', asked.amount]];
  const terms: FieldFault[] = splitPlaces(asked).flatMap(([at, split]) =>
    split.by === 'PARTICIPANTS'
      ? foreignAmounts(split, currency).map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail }))
      : [],
  );
  for (const [place, { amount, addOns, coupons }] of asked.subOrders.entries()) {
    const at = `/subOrders/${place}`;
    amounts.push([`${at}/amount`, amount]);
    amounts.push(...addOns.map((one, index): PlacedAmount => [`${at}/addOns/${index}/amount`, one.amount]));
    amounts.push(...coupons.map((one, index): PlacedAmount => [`${at}/coupons/${index}/amount`, one.amount]));
  }
  return [...foreignAmong(amounts, currency), ...terms];
}

/** The plans that a request says, each with its place. */
function splitPlaces(asked: OrderRequest): [string, NonNullable<OrderRequest['split']>][] {
  const own = asked.subOrders.flatMap(({ split }, place): [string, NonNullable<OrderRequest['split']>][] =>
    split ? [[`/subOrders/${place}/split`, split]] : [],
  );
  return asked.split ? [['/split', asked.split], ...own] : own;
}

function strangersIn(asked: OrderRequest, { id }: Market, { merchants }: OrderFacts): FieldFault[] {
  const named: [string, string | undefined][] = splitPlaces(asked).flatMap(([at, split]) =>
    split.by === 'PARTICIPANTS'
      ? split.lines.map(({ receiver }, line): [string, string | undefined] => [
          `${at}/lines/${line}/receiver`,
          receiver,
        ])
      : [],
  );
  for (const [place, { merchantId, coupons }] of asked.subOrders.entries()) {
    named.push([`/subOrders/${place}/merchantId`, merchantId]);
    for (const [index, { funders }] of coupons.entries()) {
      for (const [share, funder] of funders.entries()) {
        const brand = funder.kind === 'BRAND' ? funder.merchantId : undefined;
        named.push([`/subOrders/${place}/coupons/${index}/funders/${share}/merchantId`, brand]);
      }
    }
  }
  return named.flatMap(([pointer, merchantId]) => {
    const isKnown = merchantId === undefined || merchants.get(merchantId)?.marketId === id;
    return isKnown ? [] : [{ pointer, detail: `There is no merchant ${merchantId} of ${id}.` }];
  });
}

function suspendedIn({ subOrders }: OrderRequest, { merchants }: OrderFacts): FieldFault[] {
  return subOrders.flatMap(({ merchantId }, place) => {
    const detail = `${merchantId} is suspended and sells nothing; make it active with PATCH, or name another.`;
    const isSuspended = merchants.get(merchantId)?.state === 'SUSPENDED';
    return isSuspended ? [{ pointer: `/subOrders/${place}/merchantId`, detail }] : [];
  });
}

function foreignRules(asked: OrderRequest, { id }: Market, { rules }: OrderFacts): FieldFault[] {
  return splitPlaces(asked).flatMap(([at, split]) => {
    if (split.by !== 'RULE') return [];
    const rule = rules.get(split.ruleId);
    const pointer = `${at}/ruleId`;
    if (!rule) return [{ pointer, detail: `There is no split rule ${split.ruleId}.` }];
    const detail = `The rule is one of ${rule.head.marketId}; name one of ${id}.`;
    return rule.head.marketId === id ? [] : [{ pointer, detail }];
  });
}

function couponFaults({ subOrders }: OrderRequest, { currency }: Market): FieldFault[] {
  const places = subOrders.flatMap(({ coupons }, place) =>
    coupons.map((_, index) => `/subOrders/${place}/coupons/${index}`),
  );
  const funded = fundCoupons(
    subOrders.map(({ no: id, amount }) => ({ id, amount: amount.minor })),
    subOrders.flatMap(({ no, coupons }) => coupons.map((coupon) => toCoupon(coupon, no))),
  );
  const pointerOf = (fault: CouponFault) => {
    if ('coupon' in fault) return places[fault.coupon] ?? '';
    if (fault.code !== 'COUPONS_ABOVE_SUB_ORDER') return '/subOrders';
    return `/subOrders/${subOrders.findIndex(({ no }) => no === fault.subOrderId)}/coupons`;
  };
  if (!('subOrders' in funded)) {
    return funded.map((fault) => ({ pointer: pointerOf(fault), detail: couponFaultText(fault, currency) }));
  }
  const detail = 'Coupons leave the consumer nothing to pay; what nobody pays for is no order. Lower them.';
  return funded.consumerPays > 0n ? brandFaults(funded) : [{ pointer: '/subOrders', detail }];
}

function brandFaults({ subsidies }: Pick<FundedOrder, 'subsidies'>): FieldFault[] {
  const brands = subsidies.filter(({ funder }) => funder.kind === 'BRAND').length;
  if (brands <= brandsMax) return [];
  return [
    { pointer: '/subOrders', detail: `Coupons are of ${brands} brands, of ${brandsMax} at most; send several orders.` },
  ];
}

/** A date that is asked for has to be one of the calendar, so that the day is known on which it is paid out. */
function unpublished({ subOrders }: OrderRequest, market: Market, _: OrderFacts): FieldFault[] {
  const calendar = calendars.get(market.calendar);
  if (!calendar) throw new Error(`There is no calendar ${market.calendar}.`);
  return subOrders.flatMap(({ clearingDate }, place) => {
    if (clearingDate === undefined) return [];
    try {
      addWorkingDays(calendar, clearingDate, 0);
      return [];
    } catch (error) {
      if (!(error instanceof CalendarNotPublishedError)) throw error;
      return [{ pointer: `/subOrders/${place}/clearingDate`, detail: error.message }];
    }
  });
}

function pastDates({ subOrders }: OrderRequest, today: string): FieldFault[] {
  return subOrders.flatMap(({ clearingDate }, place) => {
    const isPast = clearingDate !== undefined && clearingDate < today;
    const detail = `Send ${today}, the day of the market, or a later one.`;
    return isPast ? [{ pointer: `/subOrders/${place}/clearingDate`, detail }] : [];
  });
}

function toSubOrder(subOrder: SubOrderRequest, asked: OrderRequest): SubOrder {
  const { no, merchantId, amount, addOns, coupons, clearingDate } = subOrder;
  return {
    ...{ no, merchantId, amount: amount.minor },
    addOns: addOns.map((one) => ({ ...one, amount: one.amount.minor })),
    coupons: coupons.map(({ id, amount: off, funders }) => ({
      ...{ id, amount: off.minor },
      funders: funders.map((funder) => ({ ...funder, basisPoints: BigInt(funder.basisPoints) })),
    })),
    plan: toPlan(planOf(subOrder, asked)),
    ...defined({ expectedOn: clearingDate }),
    splits: [],
  };
}

function toPlan(split: OrderRequest['split']): SplitPlan {
  switch (split?.by) {
    case 'RULE':
      return { by: 'RULE', ruleId: split.ruleId };
    case 'PARTICIPANTS':
      return { by: 'TERMS', terms: toTerms(split), failureMode: split.failureMode };
    case 'MANUAL': {
      const { lifetimeCapBasisPoints: cap } = split;
      return { by: 'MANUAL', ...defined({ lifetimeCapBasisPoints: cap === undefined ? undefined : BigInt(cap) }) };
    }
    default:
      return { by: 'MERCHANT' };
  }
}
