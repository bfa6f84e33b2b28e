import { sum } from '../../../shared/money/sum.ts';
import type { NetPosition } from '../positions/position.ts';
import type { Leg } from './leg.ts';

/**
 * Payments that settle positions of one currency exactly, the biggest payer to the biggest receiver and so on: each settles one
 * side wholly and the last one both, so that they are one fewer than the positions at most, and none for none. Equal positions
 * go by code units of the party. Positions are not zero and add up to zero; throws RangeError where they do not.
 */
export function payBiggestFirst(positions: readonly NetPosition[]): Leg[] {
  const off = sum(positions.map(({ net }) => net));
  if (off !== 0n) throw new RangeError(`Positions are off by ${off}; they have to add up to zero.`);
  const payers = positions.filter(({ net }) => net < 0n).sort(biggestFirst);
  const receivers = positions.filter(({ net }) => net > 0n).sort(biggestFirst);
  const legs: Leg[] = [];
  let payerAt = 0;
  let receiverAt = 0;
  let toPay = -(payers[0]?.net ?? 0n);
  let toReceive = receivers[0]?.net ?? 0n;
  for (;;) {
    const payer = payers[payerAt];
    const receiver = receivers[receiverAt];
    if (!payer || !receiver) break;
    const amount = toPay < toReceive ? toPay : toReceive;
    legs.push({ kind: 'DIRECT', payer: payer.party, payee: receiver.party, currency: payer.currency, amount });
    toPay -= amount;
    toReceive -= amount;
    if (toPay === 0n) toPay = -(payers[++payerAt]?.net ?? 0n);
    if (toReceive === 0n) toReceive = receivers[++receiverAt]?.net ?? 0n;
  }
  if (toPay !== toReceive)
    throw new RangeError(`Positions add up to ${toReceive - toPay} or more; they have to be even.`);
  return legs;
}

function biggestFirst(one: NetPosition, other: NetPosition): number {
  const [size, otherSize] = [one.net < 0n ? -one.net : one.net, other.net < 0n ? -other.net : other.net];
  if (size !== otherSize) return size > otherSize ? -1 : 1;
  return one.party < other.party ? -1 : 1;
}
