import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { baseFigureNames, type Figures, figureNames, noBase } from './journal/figures.ts';
import { journalKeys } from './journal/journal-keys.ts';
import type { OwnerDay } from './journal/transaction.ts';

/**
 * Adds figures to the running total of an owner's day. It needs no reading before it, and is safe only in a transaction with what
 * proves it done.
 */
export function totalAdded(table: string, day: OwnerDay & { readonly figures: Figures }): TransactWriteItem {
  const { owner, sequence, figures } = day;
  const { base = noBase } = figures;
  const amounts = [
    ...figureNames.map((name) => [name, figures[name]] as const),
    ...baseFigureNames.map((name) => [name, base[name]] as const),
  ];
  const changed = amounts.filter(([, amount]) => amount !== 0n);
  const adds = changed.map(([name]) => `#${name} :${name}`);
  return {
    Update: {
      TableName: table,
      Key: toItem(journalKeys.total(day)),
      UpdateExpression: `SET #kind = :kind, ownerKind = :ownerKind, ownerId = :ownerId, #sequence = :sequence${
        adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''
      }`,
      ExpressionAttributeNames: {
        ...{ '#kind': 'kind', '#sequence': 'sequence' },
        ...Object.fromEntries(changed.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: toItem({
        ...{ ':kind': 'TOTAL', ':ownerKind': owner.kind, ':ownerId': owner.id, ':sequence': sequence },
        ...Object.fromEntries(changed.map(([name, amount]) => [`:${name}`, amount])),
      }),
    },
  };
}
