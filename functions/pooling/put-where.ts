import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';

export interface Condition {
  readonly expression: string;
  readonly values: Plain;
  /** Stand-ins for attributes that are named like a word of DynamoDB's. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Puts an item only where what stands there now is as the condition says. */
export function putWhere(table: string, item: Plain, { expression, values, names }: Condition): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: toItem(item),
      ConditionExpression: expression,
      ExpressionAttributeValues: toItem(values),
      ...(names && { ExpressionAttributeNames: { ...names } }),
    },
  };
}
