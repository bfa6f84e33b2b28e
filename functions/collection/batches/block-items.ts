import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Plain } from '../../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CollectionItem } from '../items/item.ts';
import { batchesOf, collectionsOf, keys, openShard, tenantOf } from '../keys.ts';
import type { Batch, Block } from './batch.ts';
import type { RefusedLine } from './refused-line.ts';

/** Some refused lines of a batch. */
export interface RefusalBlock {
  readonly tenant: string;
  readonly batchId: string;
  readonly block: number;
  readonly lines: readonly RefusedLine[];
}

export function batchToPlain(batch: Batch): Plain {
  const { tenant, id, single, createdAt } = batch;
  const listOf = single ? collectionsOf(tenant) : batchesOf(tenant);
  return { ...keys.batch(tenant, id), kind: 'BATCH', ...batch, listOf, listAt: `${createdAt}#${id}` };
}

export function batchFromPlain(plain: Plain): Batch {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, lines, refused, items, blocks, ...batch } = plain;
  const counts = { lines: Number(lines), refused: Number(refused), items: Number(items), blocks: Number(blocks) };
  return { ...(batch as unknown as Batch), ...counts };
}

export function blockToPlain({
  tenant,
  batchId,
  block,
  revision,
  items,
  dueAt,
  single,
  closed,
  changedAt,
  cause,
}: Block): Plain {
  return {
    ...keys.block(tenant, batchId, block),
    kind: 'BLOCK',
    batchId,
    block,
    revision,
    ...zipped(items),
    ...defined({ single, closed }),
    changedAt,
    cause,
    ...(dueAt !== undefined && { dueOf: openShard(batchId, block), dueAt }),
  };
}

export function blockFromPlain(item: Plain): Block {
  return {
    tenant: tenantOf(String(item.pk)),
    batchId: String(item.batchId),
    block: Number(item.block),
    revision: Number(item.revision),
    items: unzipped<CollectionItem>(item),
    changedAt: String(item.changedAt),
    cause: item.cause as Cause,
    ...defined({
      dueAt: item.dueAt as string | undefined,
      single: item.single as true | undefined,
      closed: item.closed as true | undefined,
    }),
  };
}

export function refusalsToPlain({ tenant, batchId, block, lines }: RefusalBlock): Plain {
  return { ...keys.refusals(tenant, batchId, block), kind: 'REFUSALS', ...zipped(lines) };
}

/** Items of a batch are much alike, and written again with each step: pressed, they take a fifth. Amounts stay numbers. */
function zipped(records: readonly unknown[]): Plain {
  const { text, amounts } = packBlock(records);
  return { records: deflateRawSync(text), amounts };
}

/** The records that an item holds pressed. */
export function unzipped<Record>({ records, amounts }: Plain): Record[] {
  return unpackBlock<Record>({ text: inflateRawSync(records as Uint8Array).toString(), amounts });
}
