import { deriveId } from '../../../../shared/identifiers/id.ts';
import { refundLegs, subsidyLegs } from '../../journal/guarded-legs.ts';
import type { AccountRole, RoleLeg } from '../../journal/role-legs.ts';
import type { Order, OrderCoupon } from '../order.ts';
import { awaitsSubsidies, isSubsidised } from '../order-money.ts';
import { isGoingBack } from '../refund-result.ts';
import { isStanding } from '../taken-back.ts';

/**
 * What is booked of an order by itself, because accounts that give are guarded. REFUND: its money is taken. REFUND_BACK: it failed,
 * and all of it goes the other way, also what funders of coupons had back. SUBSIDY: funders of coupons give. SUBSIDY_BACK: the order was
 * ended before that; they give again, under another name, where it goes on.
 */
export const stepKinds = ['REFUND', 'REFUND_BACK', 'SUBSIDY', 'SUBSIDY_BACK'] as const;
export type StepKind = (typeof stepKinds)[number];

export interface BookingStep {
  readonly tenant: string;
  readonly orderNo: string;
  readonly kind: StepKind;
  /** The number of the refund; for subsidies how often they were given back before, empty for never. */
  readonly about: string;
}

/** A step that the ledger has refused, and when it is asked again. */
export interface WaitingStep extends BookingStep {
  readonly marketId: string;
  /** Under which number it is asked for next: the ledger remembers each refusal under its name. */
  readonly attempt: number;
  readonly refusals: number;
  readonly code: string;
  readonly detail: string;
  /** When it was refused first. */
  readonly since: string;
  /** ISO instant; none once it is done. */
  readonly askAt?: string;
  readonly revision: number;
}

/** Its key in the ledger for ever, one for each attempt and each part of it. */
export function stepName({ tenant, orderNo, kind, about }: BookingStep, attempt: number, part: number): string[] {
  return ['settlement', 'order', deriveId('pst', tenant, orderNo, kind, about), String(attempt), String(part)];
}

/** What a step books as its order stands; none where that is past. */
export function stepLegs({ kind, about }: BookingStep, order: Order): RoleLeg[] | undefined {
  if (kind === 'SUBSIDY') return about === givenBack(order) && awaitsSubsidies(order) ? subsidiesOf(order) : undefined;
  if (kind === 'SUBSIDY_BACK') return isGivenBack(order, about) ? subsidiesOf(order).map(opposite) : undefined;
  const refund = order.refunds.find(({ no }) => no === about);
  if (!refund) return undefined;
  if (kind === 'REFUND_BACK') {
    return isStanding(refund) && !isGoingBack(refund) ? undefined : refundLegs(refund).map(opposite);
  }
  return refund.state === 'ACCEPTED' || refund.state === 'PENDING_FUNDS' ? refundLegs(refund) : undefined;
}

/** The `about` of subsidies that are asked for now. */
export function givenBack({ subsidiesBack = 0 }: Pick<Order, 'subsidiesBack'>): string {
  return subsidiesBack === 0 ? '' : String(subsidiesBack);
}

/** Whether the subsidies that were given under this `about` are given back. */
export function isGivenBack({ subsidiesBack = 0 }: Pick<Order, 'subsidiesBack'>, about: string): boolean {
  return Number(about) < subsidiesBack;
}

/** Whether subsidies that an order waits for no longer may be booked all the same: nobody has noted that they came, or went back. */
export function mayHaveCome({ kind, about }: BookingStep, order: Order): boolean {
  const isNoted = ({ landedAt }: OrderCoupon) => landedAt !== undefined;
  const isAsked = order.subOrders.some(({ coupons }) => coupons.some((one) => isSubsidised(one) && !isNoted(one)));
  return kind === 'SUBSIDY' && about === givenBack(order) && isAsked;
}

/** Which accounts may give no more than they have: those of merchants. What is supervised is what the order says. */
export function isGuarded(role: AccountRole): boolean {
  return role.startsWith('payable:') || role.startsWith('subsidy:');
}

function subsidiesOf({ subOrders }: Order): RoleLeg[] {
  return subOrders.flatMap(({ coupons }) => coupons.filter(isSubsidised).flatMap(subsidyLegs));
}

function opposite({ debit, credit, amount }: RoleLeg): RoleLeg {
  return { debit: credit, credit: debit, amount };
}
