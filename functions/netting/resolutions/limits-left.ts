import type { PairTerms } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import type { QueueState } from '../queue/queued-payment.ts';
import type { Party } from '../terms/parties.ts';
import type { DaySum, SetLine } from './resolution-lines.ts';

export type LimitsLeft = Required<Pick<QueueState, 'netDebitLimits' | 'bilateralLimits'>>;

/**
 * What of the limits in a currency is left on a day: a limit bounds what one may have given on balance through the queue since the
 * day began; of a pair, since the limit is there. Minor units; below zero where a limit was set or lowered meanwhile.
 */
export function limitsLeft(
  participants: Iterable<Participant>,
  bilateralLimits: PairTerms['bilateralLimits'],
  currency: string,
  sums: readonly DaySum[],
): LimitsLeft {
  const nets = new Map(sums.map(({ party, other, net }) => [keyOf(party, other), net]));
  const netDebitLimits = new Map<Party, bigint>();
  for (const { id, netDebitLimits: limits } of participants) {
    const limit = limits.find((one) => one.currency === currency);
    if (limit) netDebitLimits.set(id, limit.amount + (nets.get(keyOf(id)) ?? 0n));
  }
  const bilateral = new Map<Party, Map<Party, bigint>>();
  for (const { payer, payee, currency: ofLimit, amount } of bilateralLimits) {
    if (ofLimit !== currency) continue;
    const left = bilateral.get(payer) ?? new Map<Party, bigint>();
    left.set(payee, amount + (nets.get(keyOf(payer, payee)) ?? 0n));
    bilateral.set(payer, left);
  }
  return { netDebitLimits, bilateralLimits: bilateral };
}

/**
 * The sums of a day with what has settled since: of everybody, so that a limit that is set later counts the whole day; of pairs, which
 * are far more, of those that have a limit.
 */
export function addToDay(
  sums: readonly DaySum[],
  settled: readonly SetLine[],
  limits: Pick<LimitsLeft, 'bilateralLimits'>,
): DaySum[] {
  const all = new Map(sums.map((sum) => [keyOf(sum.party, sum.other), sum]));
  const add = (party: Party, other: Party | undefined, amount: bigint) => {
    const key = keyOf(party, other);
    const net = (all.get(key)?.net ?? 0n) + amount;
    all.set(key, { party, ...(other !== undefined && { other }), net });
  };
  for (const { payer, payee, amount } of settled) {
    add(payer, undefined, -amount);
    add(payee, undefined, amount);
    if (limits.bilateralLimits.get(payer)?.has(payee)) add(payer, payee, -amount);
    if (limits.bilateralLimits.get(payee)?.has(payer)) add(payee, payer, amount);
  }
  return [...all.values()];
}

function keyOf(party: Party, other = ''): string {
  return `${party} ${other}`;
}
