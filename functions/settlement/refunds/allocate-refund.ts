import { allocate } from '../../../shared/money/allocate.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { ClawBackBar, HeldLeg, Holdings } from './holdings.ts';

/**
 * Whom what the unsplit money does not cover is taken from. PRO_RATA: every leg by what it still holds. MERCHANT_BEARS: the selling
 * merchant, its own leg first; beyond that it pays from its account what the others keep. EXPLICIT: the amounts named, by leg id.
 */
export type RefundPolicy =
  | { readonly kind: 'PRO_RATA' | 'MERCHANT_BEARS' }
  | { readonly kind: 'EXPLICIT'; readonly amounts: ReadonlyMap<string, bigint> };

/** What a refund counts against one leg; the leg holds so much less, whoever pays it. */
export interface LegTaking {
  readonly legId: string;
  /** As in the leg: none where it is the selling merchant's own. */
  readonly receiver?: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** The selling merchant pays from its account what others cannot give back, or do not have to. */
  readonly paidBy: 'RECEIVER' | 'SELLER';
  /** Why the selling merchant pays in the receiver's place. */
  readonly because?: ClawBackBar | 'MERCHANT_BEARS';
}

/** What a refund takes: the parts add up to its amount. Legs of which nothing is taken are left out. */
export interface RefundTaking {
  /** Of the supervised money. */
  readonly unsplit: bigint;
  readonly legs: readonly LegTaking[];
}

/** Why a refund cannot be allocated. Minor units; the edge makes a problem of it. */
export type AllocationFault =
  | { readonly code: 'ABOVE_LEFT'; readonly left: bigint; readonly asked: bigint }
  /** EXPLICIT amounts that do not add up to what the unsplit money leaves to the legs. */
  | { readonly code: 'EXPLICIT_NOT_THE_REST'; readonly rest: bigint; readonly asked: bigint }
  | { readonly code: 'LEG_ABOVE_HELD'; readonly legId: string; readonly held: bigint; readonly asked: bigint }
  | { readonly code: 'LEG_AMOUNT_NEGATIVE'; readonly legId: string }
  | { readonly code: 'LEG_UNKNOWN'; readonly legId: string };

/**
 * What a refund of a sub-order takes, and from whom: the unsplit money first, the rest over what the legs *still* hold, largest
 * remainder. So no leg gives more than it holds, and refunding all that is left ends at zero everywhere, after any refunds before.
 * The amount is what the holdings have to give, so without the part of the fee that the channel or its bearer pays (fee-back.ts).
 * Throws RangeError where it is negative.
 *
 * @example 80.00 of 75.00 unsplit and legs of 20.00 and 5.00: 75.00, 4.00 and 1.00.
 */
export function allocateRefund(
  { unsplit, legs }: Holdings,
  amount: bigint,
  policy: RefundPolicy,
): RefundTaking | AllocationFault {
  if (amount < 0n) throw new RangeError('A refund takes nothing negative.');
  const left = unsplit + heldBy(legs);
  if (amount > left) return { code: 'ABOVE_LEFT', left, asked: amount };
  const fromUnsplit = smaller(unsplit, amount);
  const rest = amount - fromUnsplit;
  const fault = policy.kind === 'EXPLICIT' ? explicitFault(legs, rest, policy.amounts) : undefined;
  return fault ?? { unsplit: fromUnsplit, legs: takings(legs, rest, policy) };
}

function takings(legs: readonly HeldLeg[], rest: bigint, policy: RefundPolicy): LegTaking[] {
  if (rest === 0n) return [];
  const isBorne = policy.kind === 'MERCHANT_BEARS';
  const amounts = amountsOf(legs, rest, policy);
  return legs.flatMap((leg, index) => {
    const amount = amounts[index] ?? 0n;
    return amount === 0n ? [] : [takingOf(leg, amount, isBorne)];
  });
}

/** One amount for each leg, adding up to the rest, none above what it holds. */
function amountsOf(legs: readonly HeldLeg[], rest: bigint, policy: RefundPolicy): bigint[] {
  if (policy.kind === 'EXPLICIT') return legs.map(({ id }) => policy.amounts.get(id) ?? 0n);
  const held = legs.map((leg) => leg.held);
  if (policy.kind === 'PRO_RATA') return allocate(rest, held);
  const own = legs.map((leg) => (leg.receiver === undefined ? leg.held : 0n));
  const others = legs.map((leg) => (leg.receiver === undefined ? 0n : leg.held));
  const fromOwn = smaller(rest, sum(own));
  const first = share(fromOwn, own);
  const second = share(rest - fromOwn, others);
  return first.map((amount, index) => amount + (second[index] ?? 0n));
}

function share(total: bigint, weights: readonly bigint[]): bigint[] {
  return total === 0n ? weights.map(() => 0n) : allocate(total, weights);
}

function takingOf({ id, receiver, barred }: HeldLeg, amount: bigint, isBorne: boolean): LegTaking {
  if (receiver === undefined) return { legId: id, amount, paidBy: 'SELLER' };
  const because = isBorne ? 'MERCHANT_BEARS' : barred;
  if (because === undefined) return { legId: id, receiver, amount, paidBy: 'RECEIVER' };
  return { legId: id, receiver, amount, paidBy: 'SELLER', because };
}

function explicitFault(
  legs: readonly HeldLeg[],
  rest: bigint,
  amounts: ReadonlyMap<string, bigint>,
): AllocationFault | undefined {
  const byId = new Map(legs.map((leg) => [leg.id, leg]));
  for (const [legId, asked] of amounts) {
    const leg = byId.get(legId);
    if (!leg) return { code: 'LEG_UNKNOWN', legId };
    if (asked < 0n) return { code: 'LEG_AMOUNT_NEGATIVE', legId };
    if (asked > leg.held) return { code: 'LEG_ABOVE_HELD', legId, held: leg.held, asked };
  }
  const asked = sum(amounts.values());
  return asked === rest ? undefined : { code: 'EXPLICIT_NOT_THE_REST', rest, asked };
}

function heldBy(legs: readonly HeldLeg[]): bigint {
  return sum(legs.map(({ held }) => held));
}
