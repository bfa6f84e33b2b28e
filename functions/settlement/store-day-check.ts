import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { journalKeys } from './journal/journal-keys.ts';
import type { DayRef } from './journal/transaction.ts';

/** A part of a transaction: nothing is written where a day is not in this settlement any more; 0 is that of a day never closed. */
export function stillIn(
  table: string,
  { sequence, ...day }: DayRef & { readonly sequence: number },
): TransactWriteItem {
  const check = { TableName: table, Key: toItem(journalKeys.day(day)) };
  if (sequence === 0) return { ConditionCheck: { ...check, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    ConditionCheck: {
      ...check,
      ConditionExpression: '#sequence = :sequence',
      ExpressionAttributeNames: { '#sequence': 'sequence' },
      ExpressionAttributeValues: toItem({ ':sequence': sequence }),
    },
  };
}
