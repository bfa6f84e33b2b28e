import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { localAccess } from './tables.ts';

/** Pages read of one shard, at most; an empty one ends the reading. */
const pagesMax = 10_000;

/** Everything that a table's stream holds, from its beginning, in the form in which Lambda hands it over. */
export async function readStreamRecords(
  endpoint: string,
  client: DynamoDBClient,
  table: string,
): Promise<DynamoDBRecord[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const streamArn = Table?.LatestStreamArn;
  if (!streamArn) throw new Error(`${table} has no stream.`);
  const streams = new DynamoDBStreamsClient({ endpoint, ...localAccess });
  try {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const shardIds = (StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId ?? '');
    const shards = await Promise.all(shardIds.map((shardId) => readShard(streams, streamArn, shardId)));
    return shards.flat().map((record) => toLambdaRecord(record, streamArn));
  } finally {
    streams.destroy();
  }
}

async function readShard(streams: DynamoDBStreamsClient, streamArn: string, shardId: string): Promise<_Record[]> {
  const first = await streams.send(
    new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const records: _Record[] = [];
  let iterator = first.ShardIterator;
  for (let page = 0; iterator && page < pagesMax; page++) {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    if (Records.length === 0) break;
    records.push(...Records);
    iterator = NextShardIterator;
  }
  return records;
}

/** Lambda's event is JSON: times are epoch seconds and binary values base64 text. */
export function toLambdaRecord(record: _Record, streamArn: string): DynamoDBRecord {
  const { dynamodb, eventID, eventName } = record;
  const { Keys, NewImage, OldImage, SequenceNumber, SizeBytes, ApproximateCreationDateTime } = dynamodb ?? {};
  const facts = { eventID, eventName, eventVersion: '1.1', eventSource: 'aws:dynamodb', eventSourceARN: streamArn };
  const change = {
    ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
    Keys: toWire(Keys),
    NewImage: toWire(NewImage),
    OldImage: toWire(OldImage),
    SequenceNumber,
    SizeBytes,
    StreamViewType: 'NEW_AND_OLD_IMAGES' as const,
  };
  return JSON.parse(JSON.stringify({ ...facts, awsRegion: localAccess.region, dynamodb: change })) as DynamoDBRecord;
}

function toWire(image: object | undefined): Record<string, AttributeValue> | undefined {
  return image && JSON.parse(JSON.stringify(image, (_, part) => (part instanceof Uint8Array ? toBase64(part) : part)));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
