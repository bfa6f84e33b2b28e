import type { AttributeValue as StreamValue } from 'aws-lambda';
import { fromItem, type Item } from '../dynamo/items.ts';

type Value = Item[string];

/**
 * An image of a stream record, as Lambda hands it over, as a plain object: N is a bigint, B is bytes. Lambda's event is
 * JSON, so its binary values come as base64 text; a plain unmarshalling would leave them text.
 */
export function fromStreamImage(image: Record<string, StreamValue>): Record<string, unknown> {
  return fromItem(toItemImage(image));
}

/** The same image in the form of the DynamoDB client. */
export function toItemImage(image: Record<string, StreamValue>): Item {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toValue(value)]));
}

function toValue(value: StreamValue): Value {
  if (value.B !== undefined) return { B: toBytes(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(toBytes) };
  if (value.L !== undefined) return { L: value.L.map(toValue) };
  if (value.M !== undefined) return { M: toItemImage(value.M) };
  return value as Value;
}

function toBytes(value: string): Uint8Array {
  return Uint8Array.from(Buffer.from(value, 'base64'));
}
