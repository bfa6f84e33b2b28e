import { positive } from '../../../shared/money/compare.ts';
import { BASIS_POINTS_ONE, basisPointsFloor } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { feeBearingLine } from './merchants-line.ts';
import { type Shared, shareOut } from './share-out.ts';
import type { BorneFee, SplitAmounts, SplitDecision, SplitFault, SplitLeg } from './split.ts';
import type { SplitTerms } from './split-rule.ts';

/**
 * What each receiver of a sub-order gets: 100.00 by weights 1:1:1 is 33.34, 33.33 and 33.33. The legs add up to paid less fee,
 * always, and fixed legs are as they stand in the terms. For terms without faults (checkTerms) as they are for the merchant who
 * sold (termsFor). Throws RangeError where an amount is below zero.
 *
 * - *What there is to split* is what was paid and given towards it; with NET_OF_FEE less the fee, which then no leg bears.
 * - *What ratios are of*: ORDER is the order before coupons; PAID what the consumer paid, and NET_OF_FEE that less the fee. What
 *   funders of coupons give on top of PAID goes to the remainder.
 * - *100 %* is of what the ratios are taken of: the base, less the fixed lines. Weights are always 100 %, of that. Lines that add
 *   up to it are rounded by largest remainder, ties to the lower sequence, before caps and floors; others are floored. Of ORDER
 *   it is 100 % of the order, whatever was paid: a surcharge paid on top goes to the remainder, though the lines add up.
 * - *Less paid than ordered* (a coupon that nobody pays for): ratios of ORDER are a promise on the order, so they are not shortened.
 *   Where fixed lines and ratios, after caps, ask for more than there is, the split is refused.
 * - *What is left* goes to the REMAINDER line up to its cap, and then to the merchant: to its line by ratio, or a leg of its own.
 *   Floors are taken from the same place. Where they would take it below zero or its own floor, the base is too small.
 * - *The fee* is taken from the bearer's leg after its cap and floor, which bound shares: a bearer may end below its floor. It is
 *   never passed on: a leg smaller than the fee refuses the split, or a fixed line would pay for it in the end.
 * - *The lifetime cap* counts what legs of others are paid, after fees, and what was given before. Exactly the cap is allowed. So it
 *   is with the caps of channels.
 */
export function splitOrder(terms: SplitTerms, amounts: SplitAmounts): SplitDecision {
  requireAmounts(amounts);
  const { order, paid, cash = paid, fee } = amounts;
  const isNet = terms.base === 'NET_OF_FEE';
  const pot = isNet ? paid - fee : paid;
  if (pot < 0n) return refused({ code: 'FEE_NOT_COVERED', available: paid, fee });

  const lines = terms.lines.toSorted((one, other) => one.sequence - other.sequence);
  const out = shareOut(lines, pot, terms.base === 'ORDER' ? order : positive(isNet ? cash - fee : cash));
  if ('fault' in out) return refused(out.fault);

  const bearer = isNet || fee === 0n ? undefined : bearingShare(terms, out.shares);
  if (bearer && gross(bearer) < fee) return refused(feeNotCovered(bearer, fee));
  const legs = out.shares.map((one) => legOf(one, one === bearer ? fee : 0n)).filter(({ amount }) => amount > 0n);
  const aboveCap = lifetimeFault(terms, amounts, legs) ?? channelFault(amounts, legs);
  if (aboveCap) return refused(aboveCap);
  return { outcome: 'SPLIT', split: { legs, ...(bearer && { borne: borneBy(bearer, fee) }) } };
}

function bearingShare(terms: SplitTerms, shares: readonly Shared[]): Shared | undefined {
  const line = feeBearingLine(terms);
  return line ? shares.find(({ sequence }) => sequence === line.sequence) : shares.at(-1);
}

function gross({ share, rest = 0n }: Shared): bigint {
  return share + rest;
}

function legOf(one: Shared, fee: bigint): SplitLeg {
  const { share: _, ...leg } = one;
  return { ...leg, amount: gross(one) - fee, fee };
}

function borneBy({ sequence, receiver }: Shared, fee: bigint): BorneFee {
  return { sequence, ...(receiver !== undefined && { receiver }), fee };
}

function feeNotCovered(bearer: Shared, fee: bigint): SplitFault {
  const place = bearer.kind === 'MERCHANT' ? {} : { sequence: bearer.sequence };
  return { code: 'FEE_NOT_COVERED', ...place, available: gross(bearer), fee };
}

/** Why the legs give away more than the order may in its life: exact, without rounding the cap. */
function lifetimeFault(
  { lifetimeCapBasisPoints }: SplitTerms,
  { order, wholeOrder = order, givenBefore = 0n, unpaid }: SplitAmounts,
  legs: readonly SplitLeg[],
): SplitFault | undefined {
  if (lifetimeCapBasisPoints === undefined) return undefined;
  const asked = toOthers(legs, unpaid);
  // Nothing given is never too much, also where a cap was lowered, or the order, after more had been given.
  if (asked === 0n || (givenBefore + asked) * BASIS_POINTS_ONE <= wholeOrder * lifetimeCapBasisPoints) return undefined;
  const room = positive(basisPointsFloor(wholeOrder, lifetimeCapBasisPoints) - givenBefore);
  return { code: 'LIFETIME_CAP', room, asked };
}

function channelFault(
  { mostToOthers, givenBefore = 0n, unpaid }: SplitAmounts,
  legs: readonly SplitLeg[],
): SplitFault | undefined {
  const asked = toOthers(legs, unpaid);
  if (mostToOthers === undefined || asked === 0n || givenBefore + asked <= mostToOthers) return undefined;
  return { code: 'CHANNEL_CAP', room: positive(mostToOthers - givenBefore), asked };
}

/** What legs give to receivers that are paid: what a receiver cannot take falls back and fills no cap. */
function toOthers(legs: readonly SplitLeg[], unpaid: SplitAmounts['unpaid']): bigint {
  const given = legs.filter(({ receiver }) => receiver !== undefined && !unpaid?.has(receiver));
  return sum(given.map(({ amount }) => amount));
}

function requireAmounts({ order, paid, cash = paid, fee, givenBefore = 0n, wholeOrder = order }: SplitAmounts): void {
  const isBelowZero = [order, cash, paid - cash, fee, givenBefore, wholeOrder].some((amount) => amount < 0n);
  if (isBelowZero) throw new RangeError('Amounts of a split are zero or more.');
}

function refused(fault: SplitFault): SplitDecision {
  return { outcome: 'REFUSED', fault };
}
