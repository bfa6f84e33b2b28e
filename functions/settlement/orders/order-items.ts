import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import type { Order } from './order.ts';
import { orderPacker } from './pack-order.ts';
import { packPast, unpackPast } from './pack-past.ts';
import { Amounts } from './packing.ts';
import { withTakenBack } from './taken-back.ts';

/**
 * An order is one item, packed: the key, the revision on which writes depend, a text, and its amounts. Whose it is, the day of its
 * last change and the first at whose end it came to something stand beside them, for proofs to find it by.
 */
export function orderToPlain({ tenant, no, revision, past, ...facts }: Order): Plain {
  const amounts: bigint[] = [];
  const packed = { ...facts, ...(past && { past: packPast(past, facts) }) };
  const text = JSON.stringify(orderPacker.write(packed, amounts));
  const { marketId, changedAt } = facts;
  const changedOn = businessDateOf(new Date(changedAt));
  const firstOn = past?.[0]?.on ?? changedOn;
  return { ...keys.order(tenant, no), kind: 'ORDER', marketId, changedOn, firstOn, revision, text, amounts };
}

/** Also of an image of the stream. */
export function orderFromPlain({ pk, sk, revision, text, amounts }: Plain): Order {
  const [tenant = ''] = String(pk).split('#');
  const { past, ...facts } = orderPacker.read(JSON.parse(String(text)), new Amounts(amounts as bigint[]));
  const days = past && { past: unpackPast(past, facts) };
  return withTakenBack({ tenant, no: String(sk), revision: Number(revision), ...facts, ...days });
}
