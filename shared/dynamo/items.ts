import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

export type Item = Record<string, AttributeValue>;

/** An item as a plain object. */
export type Plain = Record<string, unknown>;

/** A plain object as a DynamoDB item: bigint and number become N, bytes B; undefined fields are left out. */
export function toItem(value: Record<string, unknown>): Item {
  return marshall(value, { removeUndefinedValues: true });
}

/** A DynamoDB item as a plain object. Every N comes back as a bigint: no amount ever passes through a float. */
export function fromItem(item: Item): Record<string, unknown> {
  return unmarshall(item, { wrapNumbers: (digits: string) => BigInt(digits) });
}
