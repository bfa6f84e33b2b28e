import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { ChannelFile, FileContent, StandingFile } from './channel-files/channel-file.ts';
import {
  channelFileFromPlain,
  channelFileToPlain,
  standingFromPlain,
  standingToPlain,
} from './channel-files/channel-file-items.ts';
import type { PackedLine } from './channel-files/pack-channel-line.ts';
import { channelFilePlace, keys } from './keys.ts';

/** Files of channels and their lines; reads by key are strongly consistent. */
export function channelFileStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, putNext, putAnyhow, write } = transactionParts(client, table);

  async function readChannelFile(tenant: string, fileId: string): Promise<ChannelFile | undefined> {
    const item = await get(keys.channelFile(tenant, fileId));
    return item && channelFileFromPlain(item);
  }

  const partOf = (file: ChannelFile) => {
    const item = channelFileToPlain(file);
    return file.revision === 1 ? putNew(item) : putNext(item, file.revision - 1);
  };

  /** The next state of a file, only over the one before it. Throws what DynamoDB throws. */
  const writeChannelFile = (file: ChannelFile) => write([partOf(file)]);

  /** The same, and that it stands for its day from now on. Throws what DynamoDB throws. */
  function completeChannelFile(file: ChannelFile, { readingId, blocks }: FileContent): Promise<void> {
    const { tenant, marketId, channelId, businessDate, part, id: fileId } = file;
    const standing = { tenant, marketId, channelId, businessDate, part, fileId, readingId, blocks };
    return write([partOf(file), putAnyhow(standingToPlain(standing))]);
  }

  /** Writes blocks of lines, several at once; `finish` says how many there are when all are stored. */
  function channelLineWriter(tenant: string, fileId: string, readingId: string) {
    const writer = batchWriter(client, table);
    let blocks = 0;
    return {
      async write(lines: readonly PackedLine[]): Promise<void> {
        const packed = packBlock(lines);
        const key = keys.channelLines(tenant, fileId, readingId, blocks);
        blocks += 1;
        await writer.put({ ...key, kind: 'CHANNEL_LINES', ...packed }, Buffer.byteLength(packed.text));
      },
      async finish(): Promise<number> {
        await writer.finish();
        return blocks;
      },
    };
  }

  /** The files that stand for days of a channel, by day and part. */
  async function readStandingFiles(
    tenant: string,
    marketId: string,
    channelId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<StandingFile[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': keys.standingFile(tenant, marketId, channelId, from, 0).pk,
        ':from': `FILE#${from}`,
        ':to': `FILE#${to}#\uffff`,
      }),
      ConsistentRead: true,
    });
    return items.map(standingFromPlain).filter((standing) => standing.channelId === channelId);
  }

  /** The lines of a file that stands, block by block. Throws where one is not there. */
  async function* readChannelLines({ tenant, fileId, readingId, blocks }: StandingFile): AsyncGenerator<PackedLine[]> {
    for (let block = 0; block < blocks; block++) {
      const item = await get(keys.channelLines(tenant, fileId, readingId, block));
      if (!item) throw new Error(`Block ${block} of ${fileId} is not there.`);
      yield unpackBlock<PackedLine>(item);
    }
  }

  /** A page of a market's files by day, from behind a place; the index may lag a moment. */
  async function listChannelFiles(
    tenant: string,
    marketId: string,
    {
      from,
      to,
      after,
      count,
    }: { readonly from: string; readonly to: string; readonly after?: string; readonly count: number },
  ) {
    const { items } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: 'marketOf = :of AND marketAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':of': channelFilePlace(tenant, marketId, '', '').marketOf,
        ':from': after === undefined ? from : `${after}\u0000`,
        ':to': `${to}#\uffff`,
      }),
      Limit: count + 1,
    });
    const shown = items.slice(0, count);
    const found = await batchGet(
      client,
      table,
      shown.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    const byId = new Map(found.map(channelFileFromPlain).map((file) => [file.id, file]));
    const files = shown.flatMap(({ marketAt }) => byId.get(String(marketAt).split('#')[1] ?? '') ?? []);
    return { files, ...(items.length > count && { next: String(shown.at(-1)?.marketAt) }) };
  }

  return {
    ...{ readChannelFile, writeChannelFile, completeChannelFile, channelLineWriter },
    ...{ readStandingFiles, readChannelLines, listChannelFiles },
  };
}
