import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Plain } from '../../shared/dynamo/items.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import type { Account } from './account.ts';
import type { HotPosting, KeyRecord, Transaction, Version } from './assemble.ts';
import type { TargetUpdate } from './decision.ts';
import { accountToPlain, hotPostingToPlain, recordToPlain, versionToPlain } from './items.ts';
import { hotShardOf, keys } from './keys.ts';
import type { FoldGroups } from './store-reads.ts';

export interface Fold {
  readonly version: Version;
  readonly groups: FoldGroups;
  readonly postings: readonly HotPosting[];
}

/** An account as it is opened: its lasting facts, first version and, with a bank account, the hash of its number. */
export interface Opening {
  readonly account: Account;
  readonly version: Version;
  readonly record: KeyRecord;
  readonly numberHash?: string;
}

/** What is written: only transactions, each put only where nothing stands. */
export function ledgerWrites(client: DynamoDBClient, table: string) {
  const put = (pk: string, sk: string, plain: Plain): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: toItem({ pk, sk, ...plain }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });
  const putVersion = (tenant: string, version: Version) =>
    put(keys.chain(tenant, version.state.accountId), keys.version(version.state.version), versionToPlain(version));
  const putRecord = (tenant: string, record: KeyRecord) =>
    put(keys.record(tenant, record.id), keys.recordSort, recordToPlain(record));
  const putHotPosting = (tenant: string, posting: HotPosting) =>
    put(
      keys.hot(tenant, posting.accountId, hotShardOf(posting.id)),
      keys.hotSort(posting.at, posting.id),
      hotPostingToPlain(posting),
    );

  function updateTarget(tenant: string, target: TargetUpdate): TransactWriteItem {
    const key = toItem({ pk: keys.record(tenant, target.transferId), sk: keys.recordSort });
    if (target.reversedBy !== undefined) {
      return {
        Update: {
          TableName: table,
          Key: key,
          UpdateExpression: 'SET reversedBy = :by',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(reversedBy)',
          ExpressionAttributeValues: toItem({ ':by': target.reversedBy }),
        },
      };
    }
    return {
      Update: {
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #status = :status, resolvedBy = :by REMOVE expiryShard',
        ConditionExpression: '#status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: toItem({
          ':status': target.status,
          ':by': target.resolvedBy,
          ':pending': 'PENDING',
        }),
      },
    };
  }

  async function transact(items: TransactWriteItem[]): Promise<void> {
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
  }

  /** Writes a transaction of postings: new versions only on the heads it was decided on, each record only once. */
  function writeTransaction(tenant: string, transaction: Transaction): Promise<void> {
    return transact([
      ...transaction.records.map((record) => putRecord(tenant, record)),
      ...transaction.versions.map((version) => putVersion(tenant, version)),
      ...transaction.targets.map((target) => updateTarget(tenant, target)),
      ...transaction.hotPostings.map((posting) => putHotPosting(tenant, posting)),
    ]);
  }

  /** Folds postings into a hot account's chain and removes them, together: each is taken in exactly once. */
  function writeFold(tenant: string, fold: Fold): Promise<void> {
    const { accountId, version } = fold.version.state;
    const groups = fold.groups.map(({ transfers, digest }) => ({ transfers, digest }));
    return transact([
      putVersion(tenant, fold.version),
      put(keys.chain(tenant, accountId), keys.fold(version), { kind: 'FOLD', groups }),
      ...fold.postings.map((posting) => ({
        Delete: {
          TableName: table,
          Key: toItem({
            pk: keys.hot(tenant, accountId, hotShardOf(posting.id)),
            sk: keys.hotSort(posting.at, posting.id),
          }),
          ConditionExpression: 'attribute_exists(pk)',
        },
      })),
    ]);
  }

  function writeOpening(tenant: string, { account, version, record, numberHash }: Opening): Promise<void> {
    const number = numberHash ? [put(keys.number(tenant, numberHash), keys.numberSort, numberItem(account))] : [];
    const facts = put(keys.accounts(tenant), account.id, { ...accountToPlain(account), cause: version.cause });
    const hot = account.hot
      ? [put(keys.hotAccounts, keys.chain(tenant, account.id), hotAccountItem(tenant, account))]
      : [];
    return transact([putRecord(tenant, record), facts, putVersion(tenant, version), ...number, ...hot]);
  }

  return { writeTransaction, writeFold, writeOpening };
}

function hotAccountItem(tenant: string, account: Account): Plain {
  return { kind: 'HOT_ACCOUNT', tenant, accountId: account.id };
}

function numberItem(account: Account): Plain {
  return { kind: 'NUMBER', accountId: account.id };
}
