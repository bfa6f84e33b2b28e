import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { classifyWriteFailure, type WriteFailure } from '../../shared/dynamo/failure.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';

/** Why nothing is known to have been written; undefined on success. */
export type NotWritten = Exclude<WriteFailure, 'FATAL'> | undefined;

/** Writes a version over the one before it, or where none stands for the first. */
export function versionWriter(client: DynamoDBClient, table: string) {
  return async (item: Plain, version: number): Promise<NotWritten> => {
    const over =
      version === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: toItem({ ':before': version - 1 }),
          };
    try {
      await client.send(new PutItemCommand({ TableName: table, Item: toItem(item), ...over }));
      return undefined;
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'FATAL') throw error;
      return failure;
    }
  };
}
