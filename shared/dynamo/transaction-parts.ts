import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from './items.ts';

export type TransactionParts = ReturnType<typeof transactionParts>;

/** What the transactions of most stores are made of. */
export function transactionParts(client: DynamoDBClient, table: string) {
  const put = (item: Plain): NonNullable<TransactWriteItem['Put']> => ({ TableName: table, Item: toItem(item) });

  /** Puts an item where none stands. */
  const putNew = (item: Plain): TransactWriteItem => ({
    Put: { ...put(item), ConditionExpression: 'attribute_not_exists(pk)' },
  });

  /** Puts the next state of an item, only where it still stands in the revision that was read. */
  const putNext = (item: Plain, before: number): TransactWriteItem => ({
    Put: {
      ...put(item),
      ConditionExpression: 'revision = :before',
      ExpressionAttributeValues: toItem({ ':before': before }),
    },
  });

  /** Puts an item whatever stands there: only of things that say the same whoever writes them. */
  const putAnyhow = (item: Plain): TransactWriteItem => ({ Put: put(item) });

  /** Writes nothing where an item does not stand any more in the revision that was read. */
  const check = ({ pk, sk }: Plain, before: number): TransactWriteItem => ({
    ConditionCheck: {
      TableName: table,
      Key: toItem({ pk, sk }),
      ConditionExpression: 'revision = :before',
      ExpressionAttributeValues: toItem({ ':before': before }),
    },
  });

  /** Writes nothing where an item stands by now. */
  const checkNone = ({ pk, sk }: Plain): TransactWriteItem => ({
    ConditionCheck: { TableName: table, Key: toItem({ pk, sk }), ConditionExpression: 'attribute_not_exists(pk)' },
  });

  const remove = ({ pk, sk }: Plain): TransactWriteItem => ({ Delete: { TableName: table, Key: toItem({ pk, sk }) } });

  /** All or nothing. Throws what DynamoDB throws. */
  async function write(TransactItems: TransactWriteItem[]): Promise<void> {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }

  return { putNew, putNext, putAnyhow, check, checkNone, remove, write };
}
