import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import type { PoolLedger, VirtualAccount } from './ledgers/pool-ledger.ts';
import type { poolStore } from './store-pools.ts';

/** Internal ledgers of LEDGER pools, and which virtual account number leads to which. */
export function poolLedgerStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get, query } = tableAccess(client, table);

  async function readLedger(tenant: string, poolId: string, accountId: string): Promise<PoolLedger | undefined> {
    const item = await get({ pk: keys.ledgers(tenant, poolId), sk: accountId });
    return item && ledgerFromPlain(item);
  }

  /** A page, in the order of opening; `after` is the last account id of the page before, or ''. */
  async function listLedgers(tenant: string, poolId: string, after: string, count: number) {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': keys.ledgers(tenant, poolId), ':after': after || ' ' }),
      Limit: count + 1,
      ConsistentRead: true,
    });
    return { ledgers: items.slice(0, count).map(ledgerFromPlain), more: items.length > count };
  }

  /** All of them; the main ledger, which is the top of the tree, is not among them. */
  async function readLedgers(tenant: string, poolId: string): Promise<PoolLedger[]> {
    return (await pools.readPartition(keys.ledgers(tenant, poolId))).map(ledgerFromPlain);
  }

  /** A new ledger with its place in the pool and its virtual account numbers, by keyed hash; none of it may be there yet. */
  function putLedger(ledger: PoolLedger, numbers: ReadonlyMap<string, string>): TransactWriteItem[] {
    const { tenant, poolId, accountId } = ledger;
    return [
      pools.put({ pk: keys.ledgers(tenant, poolId), sk: accountId, kind: 'LEDGER', ...ledger }),
      pools.put({ ...keys.membership(tenant, accountId), kind: 'MEMBERSHIP', poolId }),
      ...[...numbers].map(([hash, masked]) =>
        pools.put({ ...keys.virtualAccount(tenant, hash), kind: 'VIRTUAL_ACCOUNT', poolId, accountId, masked }),
      ),
    ];
  }

  /** The virtual account numbers that exist among these keyed hashes, by hash. */
  async function readVirtualAccounts(tenant: string, hashes: Iterable<string>): Promise<Map<string, VirtualAccount>> {
    const wanted = [...new Set(hashes)].map((hash) => keys.virtualAccount(tenant, hash));
    const prefix = keys.virtualAccount(tenant, '').pk.length;
    const items = await batchGet(client, table, wanted);
    return new Map(
      items.map(({ pk, poolId, accountId, masked }) => [
        String(pk).slice(prefix),
        { poolId: String(poolId), accountId: String(accountId), masked: String(masked) },
      ]),
    );
  }

  return { readLedger, listLedgers, readLedgers, putLedger, readVirtualAccounts };
}

function ledgerFromPlain(plain: Plain): PoolLedger {
  const { pk: _pk, sk: _sk, kind: _kind, ...ledger } = plain;
  return ledger as unknown as PoolLedger;
}
