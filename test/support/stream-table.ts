import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import { Functions } from '../../infra/local/functions.ts';
import { HostState } from '../../infra/local/host-state.ts';
import { StreamReader } from '../../infra/local/stream-reader.ts';
import { StreamConsumer } from '../../infra/local/streams.ts';
import { createTables, localAccess } from '../../infra/local/tables.ts';
import type { StreamDescription } from '../../shared/service/description.ts';
import { tinyPlan } from './tiny-system.ts';

export type StreamHandle<Event = DynamoDBStreamEvent> = (event: Event) => Promise<DynamoDBBatchResponse | undefined>;

/** A table of its own with a stream, and consumers of it that a test makes. */
export async function openStreamTable(endpoint: string) {
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  const streams = new DynamoDBStreamsClient({ endpoint, ...localAccess });
  const state = new HostState(':memory:');
  const [table] = await createTables(endpoint, [tinyPlan], () => `streams-${randomUUID()}`);
  const { name: TableName = '', streamArn = '' } = table ?? {};
  return {
    state,
    streamArn,
    put: (name: string, more: object = {}) =>
      client.send(new PutItemCommand({ TableName, Item: { ...keyOf(name), n: { N: '1' }, ...more } })),
    remove: (name: string) => client.send(new DeleteItemCommand({ TableName, Key: keyOf(name) })),
    consume: <Event = DynamoDBStreamEvent>(
      description: Partial<StreamDescription> & { batchSize: number },
      handle: StreamHandle<Event>,
    ) => {
      const stream = { entry: 'eat', ...description };
      const functions = new Functions(async () => (event) => handle(event as Event));
      const reader = new StreamReader(streams, streamArn, stream.entry, state);
      const target = { service: 'tiny', stream, streamArn };
      const consumer = new StreamConsumer(target, reader, functions, state, () => new Date());
      onTestFinished(() => consumer.stop());
      return consumer;
    },
  };
}

/** The name under which a test put the item. */
export function nameOf(record: DynamoDBRecord): string {
  return record.dynamodb?.Keys?.sk?.S ?? '';
}

function keyOf(name: string) {
  return { pk: { S: 'p' }, sk: { S: name } };
}
