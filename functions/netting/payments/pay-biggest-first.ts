import { sum } from '../../../shared/money/sum.ts';
import { type AreApart, nobodyApart } from '../excluded/excluded-pairs.ts';
import type { NetPosition } from '../positions/position.ts';
import type { Party } from '../terms/parties.ts';
import type { Leg } from './leg.ts';

/**
 * Payments that settle positions of one currency exactly, the biggest payer to the biggest receiver and so on: each settles one
 * side wholly and the last one both, so that they are one fewer than the positions at most, and none for none. Equal positions
 * go by code units of the party. Two that are apart give way to the next that are not, as long as there are such. Positions are not
 * zero and add up to zero; throws RangeError where they do not.
 */
export function payBiggestFirst(positions: readonly NetPosition[], isApart: AreApart = nobodyApart): Leg[] {
  const off = sum(positions.map(({ net }) => net));
  if (off !== 0n) throw new RangeError(`Positions are off by ${off}; they have to add up to zero.`);
  const payers = open(positions.filter(({ net }) => net < 0n));
  const receivers = open(positions.filter(({ net }) => net > 0n));
  const legs: Leg[] = [];
  for (let [paid, received] = [0, 0]; ; ) {
    bringForward(payers, paid, receivers, received, isApart);
    const [payer, receiver] = [payers[paid], receivers[received]];
    if (!payer || !receiver) return legs;
    const amount = payer.left < receiver.left ? payer.left : receiver.left;
    legs.push({ kind: 'DIRECT', payer: payer.party, payee: receiver.party, currency: payer.currency, amount });
    payer.left -= amount;
    receiver.left -= amount;
    if (payer.left === 0n) paid += 1;
    if (receiver.left === 0n) received += 1;
  }
}

/** What one still has to pay or to receive, above zero. */
interface Open {
  readonly party: Party;
  readonly currency: string;
  left: bigint;
}

function open(positions: readonly NetPosition[]): Open[] {
  return positions
    .map(({ party, currency, net }) => ({ party, currency, left: net < 0n ? -net : net }))
    .sort(biggestFirst);
}

/** Changes the next payer or receiver with a later one where they are apart: the receiver if that can be, else the payer. */
function bringForward(payers: Open[], paid: number, receivers: Open[], received: number, isApart: AreApart): void {
  const [payer, receiver] = [payers[paid], receivers[received]];
  if (!payer || !receiver || !isApart(payer.party, receiver.party)) return;
  const isFree = (one: Open, other: Open) => !isApart(one.party, other.party);
  const later = receivers.findIndex((other, place) => place > received && isFree(payer, other));
  if (later !== -1) swap(receivers, received, later);
  else {
    const another = payers.findIndex((other, place) => place > paid && isFree(other, receiver));
    if (another !== -1) swap(payers, paid, another);
  }
}

function swap(list: Open[], one: number, other: number): void {
  [list[one], list[other]] = [list[other] as Open, list[one] as Open];
}

function biggestFirst(one: Open, other: Open): number {
  if (one.left !== other.left) return one.left > other.left ? -1 : 1;
  return one.party < other.party ? -1 : 1;
}
