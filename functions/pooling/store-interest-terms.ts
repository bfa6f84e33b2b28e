import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../shared/dynamo/items.ts';
import { unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import {
  interestKeys,
  settlementFromPlain,
  settlementToPlain,
  termsFromRecords,
  termsRecords,
  versionToPlain,
} from './interest-runs/interest-items.ts';
import type { InterestTerms } from './interest-runs/interest-terms.ts';
import type { DueSettlement } from './interest-runs/settlement.ts';
import { keys, place } from './keys.ts';
import type { Cause } from './pool.ts';
import { putWhere } from './put-where.ts';
import { blockStore } from './store-blocks.ts';
import type { poolStore } from './store-pools.ts';

const recordsPerBlockMax = 500;

/** Interest terms in all their versions, and what waits for the settlement day of the current one. */
export function interestTermsStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get, query } = tableAccess(client, table);
  const { writeBlocks } = blockStore(client, table);

  /** The terms in force, or an earlier version of them. */
  async function readInterestTerms(
    tenant: string,
    ownerId: string,
    version?: number,
  ): Promise<InterestTerms | undefined> {
    const key = version === undefined ? keys.terms(tenant, ownerId) : interestKeys.version(tenant, ownerId, version);
    const item = await get(key);
    if (!item) return undefined;
    const blocks = await pools.readPartition(key.pk, interestKeys.termsBlocks(String(item.where)));
    return {
      tenant,
      ownerId,
      version: Number(item.version),
      content: termsFromRecords(blocks.flatMap((block) => unpackBlock(block))),
      setAt: String(item.setAt),
      cause: item.cause as Cause,
    };
  }

  /**
   * Stores the next version, and with it what waits for its settlement day, in place of what waited before; `where` is a
   * place of its own for its blocks. Throws where another version came first.
   */
  async function writeInterestTerms(terms: InterestTerms, where: string, due?: DueSettlement): Promise<void> {
    const { tenant, ownerId, version, content } = terms;
    const key = keys.terms(tenant, ownerId);
    const skOf = (block: number) => `${interestKeys.termsBlocks(where)}${place(block)}`;
    await writeBlocks(key.pk, skOf, termsRecords(content), recordsPerBlockMax);
    const current = versionToPlain(terms, where, key);
    const isFollowing = { expression: 'version = :before', values: { ':before': version - 1 } };
    const listed = version === 1 && content.kind === 'DEPOSIT' ? [interestKeys.deposit(tenant, ownerId)] : [];
    await pools.transact([
      version === 1 ? pools.put(current) : putWhere(table, current, isFollowing),
      pools.put(versionToPlain(terms, where, interestKeys.version(tenant, ownerId, version))),
      ...listed.map((place) => pools.put({ ...place, kind: 'DEPOSIT' })),
      due
        ? { Put: { TableName: table, Item: toItem(settlementToPlain(due)) } }
        : { Delete: { TableName: table, Key: toItem(interestKeys.settlement(tenant, ownerId)) } },
    ]);
  }

  async function readSettlement(tenant: string, ownerId: string): Promise<DueSettlement | undefined> {
    const item = await get(interestKeys.settlement(tenant, ownerId));
    return item && settlementFromPlain(item);
  }

  /** What waits after a look at it, only where it still stands as it was read. */
  function replaceSettlement(next: DueSettlement, { termsVersion, revision }: DueSettlement): TransactWriteItem {
    return putWhere(table, settlementToPlain(next), {
      expression: 'termsVersion = :version AND revision = :revision',
      values: { ':version': termsVersion, ':revision': revision },
    });
  }

  /** A page of the accounts with an agreed deposit, by id; `after` is the last of the page before, or ''. */
  async function listDepositAccounts(tenant: string, after: string, count: number) {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': interestKeys.deposit(tenant, '').pk, ':after': after || ' ' }),
      Limit: count + 1,
      ConsistentRead: true,
    });
    return { accountIds: items.slice(0, count).map(({ sk }) => String(sk)), more: items.length > count };
  }

  return { readInterestTerms, writeInterestTerms, readSettlement, replaceSettlement, listDepositAccounts };
}
