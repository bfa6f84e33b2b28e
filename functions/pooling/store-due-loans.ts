import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { keys } from './keys.ts';
import type { DueLoan } from './loans/due-loan.ts';
import { dueLoanFromPlain, dueLoanToPlain } from './loans/due-loan-items.ts';

/** What one transaction holds. (DynamoDB service quotas.) */
const loansPerWriteMax = 100;

/** Loans that have fallen due; reads are strongly consistent. */
export function dueLoanStore(client: DynamoDBClient, table: string) {
  const { queryAll } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readDueLoans(tenant: string, poolId: string): Promise<DueLoan[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.dueLoan(tenant, poolId, '').pk }),
      ConsistentRead: true,
    });
    return items.map(dueLoanFromPlain);
  }

  /** Their next states, each only over the one before; of very many some may be written. Throws what DynamoDB throws. */
  async function putDueLoans(next: readonly DueLoan[]): Promise<void> {
    for (let start = 0; start < next.length; start += loansPerWriteMax) {
      const part = next.slice(start, start + loansPerWriteMax);
      await write(
        part.map((one) => {
          const item = dueLoanToPlain(one);
          return one.revision === 1 ? putNew(item) : putNext(item, one.revision - 1);
        }),
      );
    }
  }

  return { readDueLoans, putDueLoans };
}
