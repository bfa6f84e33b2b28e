import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, rulePlace } from './keys.ts';
import { headFromPlain, headToPlain, versionFromPlain, versionToPlain } from './rules/rule-items.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { byMarketIndex } from './store-by-market.ts';

/** Split rules with their versions; reads by id are strongly consistent. */
export function ruleStore(client: DynamoDBClient, table: string) {
  const { queryAll } = tableAccess(client, table);
  const { listIds } = byMarketIndex(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  /** A rule with all of its versions; head and versions are written together, and lie together. */
  async function readRule(tenant: string, ruleId: string): Promise<StoredRule | undefined> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.rule(tenant, ruleId).pk }),
      ConsistentRead: true,
    });
    const head = items.find(({ kind }) => kind === 'SPLIT_RULE');
    if (!head) return undefined;
    const versions = items.filter(({ kind }) => kind === 'SPLIT_RULE_VERSION').map(versionFromPlain);
    return { head: headFromPlain(head), versions };
  }

  /** A page of the heads of a market's rules by id, from behind one; the index may lag a moment. */
  async function listRules(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { ids, ...more } = await listIds(rulePlace(tenant, marketId, '').marketOf, after, count);
    const found = await batchGet(
      client,
      table,
      ids.map((id) => keys.rule(tenant, id)),
    );
    const heads = new Map(found.map(headFromPlain).map((head) => [head.id, head]));
    const rules = ids.flatMap((id) => heads.get(id) ?? []);
    return { rules, ...more };
  }

  /** The last version of a rule with its head, only over the one before it, and the record of its key. Throws what DynamoDB throws. */
  async function writeRule({ head, versions }: StoredRule, claim: KeyClaim): Promise<void> {
    const last = versions.at(-1);
    if (!last) throw new Error(`The rule ${head.id} has no version.`);
    const { tenant, revision } = head;
    await write([
      revision === 1 ? putNew(headToPlain(head)) : putNext(headToPlain(head), revision - 1),
      putNew(versionToPlain(last)),
      putNew(keyToPlain(tenant, claim)),
    ]);
  }

  return { readRule, listRules, writeRule };
}
