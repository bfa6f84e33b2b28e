import { DeleteItemCommand, type DynamoDBClient, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keys } from './keys.ts';

/** That an account belongs to a pool, or is being put into it. */
export interface AccountClaim {
  readonly accountId: string;
  readonly poolId: string;
  /** Of the configuration that it was put for; 0 for a header and for internal ledgers, which no configuration releases. */
  readonly version: number;
  /** ISO instant; '' for an internal ledger, which has another record that tells. */
  readonly claimedAt: string;
}

/** Which pool an account belongs to. An account has one claim, so it is in one pool. */
export function claimStore(client: DynamoDBClient, table: string) {
  async function readClaims(tenant: string, accountIds: readonly string[]): Promise<Map<string, AccountClaim>> {
    const wanted = [...new Set(accountIds)].map((accountId) => keys.membership(tenant, accountId));
    const items = await batchGet(client, table, wanted);
    const prefix = keys.membership(tenant, '').pk.length;
    const claims = items.map((item) => claimFromPlain(String(item.pk).slice(prefix), item));
    return new Map(claims.map((claim) => [claim.accountId, claim]));
  }

  async function readMemberships(tenant: string, accountIds: readonly string[]): Promise<Map<string, string>> {
    const claims = await readClaims(tenant, accountIds);
    return new Map([...claims.values()].map(({ accountId, poolId }) => [accountId, poolId]));
  }

  /** Takes a free account, one that the pool has by the same version or an earlier one, or one that stands exactly as `stale`. */
  function putClaim(tenant: string, claim: AccountClaim, stale?: AccountClaim): TransactWriteItem {
    const { accountId, poolId, version, claimedAt } = claim;
    const own = version === 0 ? 'poolId = :pool' : `poolId = :pool AND ${notAfter}`;
    const exact = stale && exactly(stale);
    return {
      Put: {
        TableName: table,
        Item: toItem({
          ...keys.membership(tenant, accountId),
          kind: 'MEMBERSHIP',
          poolId,
          claimedAt,
          ...(version > 0 && { version }),
        }),
        ConditionExpression: `attribute_not_exists(pk) OR (${own})${exact ? ` OR (${exact.condition})` : ''}`,
        ExpressionAttributeValues: toItem({
          ':pool': poolId,
          ...(version > 0 && { ':version': version }),
          ...exact?.values,
        }),
      },
    };
  }

  /** Undoes the claim of a pool that is not to be, whatever version it has. */
  function deleteClaim(tenant: string, poolId: string, accountId: string): TransactWriteItem {
    return {
      Delete: {
        TableName: table,
        Key: toItem(keys.membership(tenant, accountId)),
        ConditionExpression: 'attribute_not_exists(pk) OR poolId = :pool',
        ExpressionAttributeValues: toItem({ ':pool': poolId }),
      },
    };
  }

  /** Frees an account that the pool claimed for a version before this one; throws where it did not. */
  async function releaseClaim(tenant: string, poolId: string, accountId: string, version: number): Promise<void> {
    await client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: toItem(keys.membership(tenant, accountId)),
        ConditionExpression: 'poolId = :pool AND version < :version',
        ExpressionAttributeValues: toItem({ ':pool': poolId, ':version': version }),
      }),
    );
  }

  return { readClaims, readMemberships, putClaim, deleteClaim, releaseClaim };
}

const notAfter = '(attribute_not_exists(version) OR version <= :version)';

/** The condition that a claim has not been put again since it was read. */
function exactly({ poolId, version, claimedAt }: AccountClaim): { condition: string; values: Plain } {
  const facts = [
    'poolId = :stalePool',
    version === 0 ? 'attribute_not_exists(version)' : 'version = :staleVersion',
    claimedAt === '' ? 'attribute_not_exists(claimedAt)' : 'claimedAt = :staleAt',
  ];
  return {
    condition: facts.join(' AND '),
    values: {
      ':stalePool': poolId,
      ...(version > 0 && { ':staleVersion': version }),
      ...(claimedAt !== '' && { ':staleAt': claimedAt }),
    },
  };
}

function claimFromPlain(accountId: string, { poolId, version, claimedAt }: Plain): AccountClaim {
  return { accountId, poolId: String(poolId), version: Number(version ?? 0n), claimedAt: String(claimedAt ?? '') };
}
