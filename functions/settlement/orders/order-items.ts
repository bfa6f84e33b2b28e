import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys } from '../keys.ts';
import type { Order } from './order.ts';

/** Items as plain objects ↔ the model: an order is written whole, so all but what finds it is one text. */
export function orderToPlain({ tenant, no, revision, ...facts }: Order): Plain {
  return { ...keys.order(tenant, no), kind: 'ORDER', no, revision, order: writeText(facts) };
}

export function orderFromPlain({ pk, no, revision, order }: Plain): Order {
  const [tenant = ''] = String(pk).split('#');
  const facts = readTexts(order as TextWithAmounts)[0] as Omit<Order, 'tenant' | 'no' | 'revision'>;
  return { tenant, no: String(no), revision: Number(revision), ...facts };
}
