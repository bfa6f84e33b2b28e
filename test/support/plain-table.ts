import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TestEngine } from './engines.ts';
import { localAccess } from './tables.ts';

export interface PlainTable {
  readonly name: string;
  readonly endpoint: string;
  /** A further client of the same engine, closed with the table. */
  newClient(options?: { readonly maxAttempts?: number }): DynamoDBClient;
  close(): void;
}

let tables = 0;

/** A table of the house's shape (string keys pk and sk, a stream) with the index `byOwner` (owner, sk), on an engine. */
export async function plainTable({ endpoint }: TestEngine): Promise<PlainTable> {
  tables += 1;
  const name = `plain${process.pid}_${Math.floor(performance.now())}_${tables}`;
  const clients: DynamoDBClient[] = [];
  const newClient = ({ maxAttempts = 1 } = {}) => {
    const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts });
    clients.push(client);
    return client;
  };
  await newClient().send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byOwner',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  return {
    name,
    endpoint,
    newClient,
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
}
