import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { keys } from './keys.ts';
import type { DueLoan } from './loans/due-loan.ts';
import { dueLoanFromPlain, dueLoanToPlain, nettedLoanFromPlain, nettedLoanToPlain } from './loans/due-loan-items.ts';
import type { NettedLoan } from './loans/netted-loan.ts';

/** A new one is two items, and one transaction holds 100. (DynamoDB service quotas.) */
const loansPerWriteMax = 50;

/** Loans that have fallen due; reads are strongly consistent. */
export function dueLoanStore(client: DynamoDBClient, table: string) {
  const { get, queryAll } = tableAccess(client, table);
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
        part.flatMap((one) => {
          const { tenant, id, poolId, revision } = one;
          const item = dueLoanToPlain(one);
          if (revision > 1) return [putNext(item, revision - 1)];
          return [putNew(item), putNew({ ...keys.dueLoanPool(tenant, id), kind: 'DUE_LOAN_POOL', poolId })];
        }),
      );
    }
  }

  /** A loan by its id alone. */
  async function readDueLoan(tenant: string, loanId: string): Promise<DueLoan | undefined> {
    const pointer = await get(keys.dueLoanPool(tenant, loanId));
    const item = pointer && (await get(keys.dueLoan(tenant, String(pointer.poolId), loanId)));
    return item && dueLoanFromPlain(item);
  }

  async function readNettedLoan(tenant: string, loanId: string, cycleId: string): Promise<NettedLoan | undefined> {
    const item = await get(keys.nettedLoan(tenant, loanId, cycleId));
    return item && nettedLoanFromPlain(item);
  }

  /** Its next state, only over the one before; a new one only where there is none. Throws what DynamoDB throws. */
  const putNettedLoan = (next: NettedLoan) => {
    const item = nettedLoanToPlain(next);
    return write([next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1)]);
  };

  return { readDueLoans, putDueLoans, readDueLoan, readNettedLoan, putNettedLoan };
}
