import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ResourceNotFoundException,
  type StreamSpecification,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { ServiceDescription } from '../../shared/service/description.ts';

/** What the synthesised template says of one service's table, in the words of the DynamoDB API. */
export interface TablePlan {
  readonly service: string;
  readonly attributes: readonly AttributeDefinition[];
  readonly key: readonly KeySchemaElement[];
  readonly indexes: readonly GlobalSecondaryIndex[];
  readonly stream?: StreamSpecification;
  readonly timeToLiveAttribute?: string;
}

export interface LocalTable {
  readonly service: string;
  readonly name: string;
  readonly streamArn?: string;
}

interface TemplateTable {
  readonly Type: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Properties: {
    readonly AttributeDefinitions: AttributeDefinition[];
    readonly KeySchema: KeySchemaElement[];
    readonly GlobalSecondaryIndexes?: GlobalSecondaryIndex[];
    readonly StreamSpecification?: { readonly StreamViewType: 'NEW_AND_OLD_IMAGES' };
    readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
  };
}

/** Credentials that the embedded engines ask for and do not check. */
export const localAccess = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/**
 * The tables of the cloud's data stack, read from the template that it synthesises: keys, indexes, streams and expiry
 * are what a deployment would make.
 *
 * @throws Error when a service with a table has none in the template.
 */
export async function planTables(services: readonly ServiceDescription[]): Promise<TablePlan[]> {
  const withTable = services.filter((service) => service.table);
  if (withTable.length === 0) return [];
  const resources = Object.values(await synthesiseData(services)).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
  return withTable.map(({ name }) => {
    const table = resources.find(({ Metadata }) => Metadata?.['yudao:service'] === name);
    if (!table) throw new Error(`The data stack has no table for ${name}.`);
    return toPlan(name, table.Properties);
  });
}

/** Makes the tables that are not there yet; those that are keep their items. */
export async function createTables(
  endpoint: string,
  plans: readonly TablePlan[],
  nameOf: (service: string) => string,
): Promise<LocalTable[]> {
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  try {
    return await Promise.all(plans.map((plan) => createTable(client, plan, nameOf(plan.service))));
  } finally {
    client.destroy();
  }
}

/** What the table of a service is called on this host. */
export function tableName(service: string): string {
  return `yudao-${service}`;
}

/** In a process of its own, so that the memory of the CDK (some 200 MB) does not stay with the system. */
async function synthesiseData(services: readonly ServiceDescription[]): Promise<Record<string, TemplateTable>> {
  const file = join(import.meta.dirname, 'synthesise-data.ts');
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'pipe'], env });
  child.stdin.end(JSON.stringify(services));
  const [template, words, code] = await Promise.all([text(child.stdout), text(child.stderr), codeOf(child)]);
  if (code !== 0) throw new Error(`The data stack does not synthesise: ${words}`);
  return JSON.parse(template).Resources;
}

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}

function toPlan(service: string, properties: TemplateTable['Properties']): TablePlan {
  const stream = properties.StreamSpecification;
  const expiry = properties.TimeToLiveSpecification;
  return {
    service,
    attributes: properties.AttributeDefinitions,
    key: properties.KeySchema,
    indexes: (properties.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    })),
    ...(stream && { stream: { StreamEnabled: true, StreamViewType: stream.StreamViewType } }),
    ...(expiry?.Enabled && { timeToLiveAttribute: expiry.AttributeName }),
  };
}

async function createTable(client: DynamoDBClient, plan: TablePlan, name: string): Promise<LocalTable> {
  const standing = await describe(client, name);
  const streamArn = standing ? standing.streamArn : await create(client, plan, name);
  return { service: plan.service, name, ...(streamArn && { streamArn }) };
}

async function create(client: DynamoDBClient, plan: TablePlan, name: string): Promise<string | undefined> {
  const input: CreateTableCommandInput = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...plan.attributes],
    KeySchema: [...plan.key],
    ...(plan.indexes.length > 0 && { GlobalSecondaryIndexes: [...plan.indexes] }),
    ...(plan.stream && { StreamSpecification: plan.stream }),
  };
  const { TableDescription } = await client.send(new CreateTableCommand(input));
  if (plan.timeToLiveAttribute) {
    const TimeToLiveSpecification = { AttributeName: plan.timeToLiveAttribute, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  }
  return TableDescription?.LatestStreamArn;
}

async function describe(client: DynamoDBClient, name: string): Promise<{ streamArn: string | undefined } | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return { streamArn: Table?.LatestStreamArn };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
