import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import type { Order } from './order.ts';
import { orderPacker } from './pack-order.ts';
import { Amounts } from './packing.ts';
import { withTakenBack } from './taken-back.ts';

/** An order is one item, packed: the key, the revision on which writes depend, a text, and its amounts. */
export function orderToPlain({ tenant, no, revision, ...facts }: Order): Plain {
  const amounts: bigint[] = [];
  const text = JSON.stringify(orderPacker.write(facts, amounts));
  return { ...keys.order(tenant, no), kind: 'ORDER', revision, text, amounts };
}

/** Also of an image of the stream. */
export function orderFromPlain({ pk, revision, text, amounts }: Plain): Order {
  const [tenant = '', , ...no] = String(pk).split('#');
  const facts = orderPacker.read(JSON.parse(String(text)), new Amounts(amounts as bigint[]));
  return withTakenBack({ tenant, no: no.join('#'), revision: Number(revision), ...facts });
}
