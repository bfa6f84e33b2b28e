import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { TextWithAmounts } from '../../shared/dynamo/text-with-amounts.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import type { Centre } from './centres/centre.ts';
import {
  blockFromPlain,
  blockToPlain,
  centreFromPlain,
  centreToPlain,
  versionToPlain,
} from './centres/centre-items.ts';
import type { Block } from './centres/participant-blocks.ts';
import { keys } from './keys.ts';

/** Parts of lists that are kept in memory, at most: they never change, and a large centre has 65 of 50 KB. */
const blocksKeptMax = 200;

/** Centres, their versions and the parts of their lists; all reads are strongly consistent. */
export function centreStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);
  const kept = new Map<string, TextWithAmounts>();

  async function readCentre(tenant: string, centreId: string): Promise<Centre | undefined> {
    const item = await get(keys.centre(tenant, centreId));
    return item && centreFromPlain(item);
  }

  async function readCentreVersion(tenant: string, centreId: string, version: number): Promise<Centre | undefined> {
    const item = await get(keys.centreVersion(tenant, centreId, version));
    return item && centreFromPlain(item);
  }

  /** A page of centres by id, from behind one. */
  async function listCentres(tenant: string, after: string | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({
        ':pk': keys.centre(tenant, '').pk,
        ...(after !== undefined && { ':after': after }),
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    return { centres: items.slice(0, count).map(centreFromPlain), more: items.length > count };
  }

  /** Parts of the lists of a centre, by id. Throws Error where one is not there: a centre names only what was written before. */
  async function readBlocks(
    { tenant, id }: Pick<Centre, 'tenant' | 'id'>,
    blockIds: Iterable<string>,
  ): Promise<Map<string, TextWithAmounts>> {
    const wanted = [...new Set(blockIds)];
    const nameOf = (blockId: string) => `${tenant}#${id}#${blockId}`;
    const unknown = wanted.filter((blockId) => !kept.has(nameOf(blockId)));
    const read = await batchGet(
      client,
      table,
      unknown.map((blockId) => keys.centreBlock(tenant, id, blockId)),
    );
    const found = new Map(read.map(blockFromPlain).map((block) => [block.id, block.content]));
    const blocks = new Map<string, TextWithAmounts>();
    for (const blockId of wanted) {
      const content = found.get(blockId) ?? kept.get(nameOf(blockId));
      if (!content) throw new Error(`The centre ${id} names the part ${blockId}, which is not there.`);
      blocks.set(blockId, content);
    }
    for (const [blockId, content] of blocks) keep(nameOf(blockId), content);
    return blocks;
  }

  /** What was asked for last is kept longest. */
  function keep(name: string, content: TextWithAmounts): void {
    kept.delete(name);
    kept.set(name, content);
    const [oldest] = kept.keys();
    if (kept.size > blocksKeptMax && oldest !== undefined) kept.delete(oldest);
  }

  /** Parts of the lists of a centre, before the version that names them. Safe to repeat. */
  async function writeBlocks({ tenant, id }: Pick<Centre, 'tenant' | 'id'>, blocks: Iterable<Block>): Promise<void> {
    const writer = batchWriter(client, table);
    for (const block of blocks) {
      await writer.put(blockToPlain(tenant, id, block), Buffer.byteLength(block.content.text));
    }
    await writer.finish();
  }

  /** A new centre, its first version, the record of its key, and what begins with it: all or nothing. Throws what DynamoDB throws. */
  const createCentre = (centre: Centre, claim: KeyClaim, more: readonly TransactWriteItem[]) =>
    write([
      putNew(centreToPlain(centre)),
      putNew(versionToPlain(centre)),
      putNew(keyToPlain(centre.tenant, claim)),
      ...more,
    ]);

  /** The next version of a centre, only over the one before it. Throws what DynamoDB throws. */
  const replaceCentre = (next: Centre) =>
    write([putNext(centreToPlain(next), next.revision - 1), putNew(versionToPlain(next))]);

  return { readCentre, readCentreVersion, listCentres, readBlocks, writeBlocks, createCentre, replaceCentre };
}
