import type { ItemFact } from './item-facts.ts';

/**
 * The name of what an order brought, or of what went back of it, for ever: the order's number; S for what was settled, R for what was
 * returned; and a number, 0 for the first time and from 1 on for what moved further. Nothing for facts of another kind.
 */
export function movementIdOf({ name, orderId, place }: ItemFact): string | undefined {
  if (orderId === undefined || (name !== 'settled' && name !== 'returned')) return undefined;
  return `${orderId}-${name === 'settled' ? 'S' : 'R'}${place === undefined ? 0 : place + 1}`;
}

/** The order whose movement it is; undefined for what names none. */
export function orderOfMovement(movementId: string): string | undefined {
  return /^([0-9A-Z]+)-[SR][0-9]+$/.exec(movementId)?.[1];
}
