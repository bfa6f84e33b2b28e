import type { AreApart } from '../excluded/excluded-pairs.ts';
import type { NetPosition } from '../positions/position.ts';
import { CENTRE, type Party } from '../terms/parties.ts';
import type { Leg } from './leg.ts';
import { payBiggestFirst } from './pay-biggest-first.ts';

/** Positions of a group that is searched, and payments that are tried in it, at most. */
const SEARCHED_MAX = 12;
const TRIES_MAX = 5_000;

/**
 * Payments of a group of positions that adds up to zero, one fewer than the positions at most, none of them between two that are
 * apart where that is found: the biggest first, and in a small group by trying. Some may be between two that are apart.
 */
export function payGroup(group: readonly NetPosition[], isApart: AreApart): Leg[] {
  const legs = payBiggestFirst(group, isApart);
  const isKept = legs.every(({ payer, payee }) => !isApart(payer, payee));
  if (isKept || group.length > SEARCHED_MAX) return legs;
  return searchApart(group, isApart) ?? legs;
}

/** Each payment settles one side wholly at least, so that trying every pair comes to every way of as few payments. */
function searchApart(group: readonly NetPosition[], isApart: AreApart): Leg[] | undefined {
  let tries = 0;
  const settle = (open: readonly NetPosition[]): Leg[] | undefined => {
    if (open.length === 0) return [];
    for (const payer of open) {
      for (const payee of open) {
        if (payer.net > 0n || payee.net < 0n || isApart(payer.party, payee.party)) continue;
        tries += 1;
        if (tries > TRIES_MAX) return undefined;
        const amount = -payer.net < payee.net ? -payer.net : payee.net;
        const more = settle(withoutPayment(open, payer, payee, amount));
        if (more) return [legOf(payer.party, payee.party, payer.currency, amount), ...more];
      }
    }
    return undefined;
  };
  return settle(group);
}

function withoutPayment(open: readonly NetPosition[], payer: NetPosition, payee: NetPosition, amount: bigint) {
  return open.flatMap((one) => {
    const net = one === payer ? one.net + amount : one === payee ? one.net - amount : one.net;
    return net === 0n ? [] : [{ ...one, net }];
  });
}

function legOf(payer: Party, payee: Party, currency: string, amount: bigint): Leg {
  return { kind: 'DIRECT', payer, payee, currency, amount };
}

/** What is left between two that are apart goes through the centre: what one pays, and what one receives, is one payment each. */
export function aroundTheCentre(legs: readonly Leg[], isApart: AreApart): Leg[] {
  const [apart, kept] = [[] as Leg[], [] as Leg[]];
  for (const leg of legs) (isApart(leg.payer, leg.payee) ? apart : kept).push(leg);
  const into = [...Map.groupBy(apart, ({ payer }) => payer)].map(([payer, all]): Leg => {
    return { ...legOf(payer, CENTRE, all[0]?.currency ?? '', total(all)), kind: 'TO_CENTRE' };
  });
  const out = [...Map.groupBy(apart, ({ payee }) => payee)].map(([payee, all]): Leg => {
    return { ...legOf(CENTRE, payee, all[0]?.currency ?? '', total(all)), kind: 'FROM_CENTRE' };
  });
  return [...kept, ...into, ...out];
}

function total(legs: readonly Leg[]): bigint {
  return legs.reduce((sum, { amount }) => sum + amount, 0n);
}
