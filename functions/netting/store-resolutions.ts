import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { packBlocks, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { keys, openResolutions, type QueueName } from './keys.ts';
import type { QueueHead, Resolution, StoredList } from './resolutions/resolution.ts';
import { resolutionFromPlain, resolutionToPlain } from './resolutions/resolution-items.ts';

/** Records of one block, at most. */
const recordsPerBlockMax = 1_000;

type HeadPart = (tenant: string, queue: QueueName, next: QueueHead) => TransactWriteItem;

/** Resolutions, one under way in a queue at most, and their lists; reads by key are strongly consistent. */
export function resolutionStore(client: DynamoDBClient, table: string, headPart: HeadPart) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readResolution(tenant: string, resolutionId: string): Promise<Resolution | undefined> {
    const item = await get(keys.resolution(tenant, resolutionId));
    return item && resolutionFromPlain(item);
  }

  /** A new resolution in its queue, and the record of its key. Throws what DynamoDB throws. */
  const startResolution = (resolution: Resolution, head: QueueHead, claim: KeyClaim) =>
    write([
      putNew(resolutionToPlain(resolution)),
      headPart(resolution.tenant, resolution, { ...head, resolutionId: resolution.id, revision: head.revision + 1 }),
      putNew(keyToPlain(resolution.tenant, claim)),
    ]);

  /** Only where it still stands as it was read. Throws what DynamoDB throws. */
  const replaceRun = (next: Resolution, { revision }: Resolution) =>
    write([putNext(resolutionToPlain(next), revision)]);

  /** The same, and the record of the key by which that was asked. */
  const tryAgain = (next: Resolution, { revision }: Resolution, claim: KeyClaim) =>
    write([putNext(resolutionToPlain(next), revision), putNew(keyToPlain(next.tenant, claim))]);

  /** The next state of a resolution and of its queue, only where both still stand as they were read. Throws what DynamoDB throws. */
  const replaceWithHead = (next: Resolution, before: Resolution, head: QueueHead) =>
    write([
      putNext(resolutionToPlain(next), before.revision),
      headPart(next.tenant, next, { ...head, revision: head.revision + 1 }),
    ]);

  /** Keeps a list beside a resolution, or a cycle, before what names it. Safe to repeat. */
  async function writeList(
    tenant: string,
    resolutionId: string,
    records: readonly unknown[],
    perBlock = recordsPerBlockMax,
  ): Promise<StoredList> {
    const blocks = packBlocks(records, perBlock);
    const name = deriveId('lst', ...blocks.flatMap(({ text, amounts }) => [text, amounts.join()]));
    const writer = batchWriter(client, table);
    for (const [place, block] of blocks.entries()) {
      const item = { ...keys.resolutionBlock(tenant, resolutionId, name, place), kind: 'RESOLUTION_LIST', ...block };
      await writer.put(item, Buffer.byteLength(block.text));
    }
    await writer.finish();
    return { name, blocks: blocks.length };
  }

  /** The records of blocks of a list, in their order: of all, or of those from one place up to before another. */
  async function readList(
    tenant: string,
    resolutionId: string,
    { name, blocks }: StoredList,
    from = 0,
    to = blocks,
  ): Promise<unknown[]> {
    const wanted = Array.from({ length: Math.max(0, to - from) }, (_, place) =>
      keys.resolutionBlock(tenant, resolutionId, name, from + place),
    );
    const found = new Map((await batchGet(client, table, wanted)).map((item) => [String(item.sk), item]));
    return wanted.flatMap(({ sk }) => {
      const item = found.get(sk);
      if (!item) throw new Error(`The resolution ${resolutionId} names ${sk}, which is not there.`);
      return unpackBlock<unknown>(item);
    });
  }

  /** A page of the resolutions of all tenants that are under way; the index may lag a moment. */
  async function listResolutionsUnderWay(after: string | undefined, count: number) {
    const { items, lastKey } = await query({
      IndexName: 'byDue',
      KeyConditionExpression: after === undefined ? 'dueOf = :of' : 'dueOf = :of AND dueAt > :after',
      ExpressionAttributeValues: toItem({
        ':of': openResolutions,
        ...(after !== undefined && { ':after': after }),
      }),
      Limit: count,
    });
    const found = await batchGet(
      client,
      table,
      items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    return { resolutions: found.map(resolutionFromPlain), ...(lastKey && { next: String(items.at(-1)?.dueAt) }) };
  }

  return {
    ...{ readResolution, startResolution, replaceRun, tryAgain, replaceWithHead },
    ...{ writeList, readList, listResolutionsUnderWay },
  };
}
