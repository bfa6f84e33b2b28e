import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { packBlocks } from '../../shared/dynamo/record-blocks.ts';

/** Records that are more than one item holds, stored where nobody looks before another item names the place. */
export function blockStore(client: DynamoDBClient, table: string) {
  /** Answers into how many blocks they went. */
  async function writeBlocks(
    pk: string,
    skOf: (block: number) => string,
    records: readonly unknown[],
    recordsMax: number,
  ): Promise<number> {
    const writer = batchWriter(client, table);
    const blocks = packBlocks(records, recordsMax);
    for (const [index, block] of blocks.entries()) {
      await writer.put({ pk, sk: skOf(index), kind: 'BLOCK', ...block }, Buffer.byteLength(block.text));
    }
    await writer.finish();
    return blocks.length;
  }

  return { writeBlocks };
}
