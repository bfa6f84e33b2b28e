import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/**
 * What a capability does with its tables. There is no Scan (a question that needs one needs an index), and an index can
 * be asked and nothing else. CDK's own grants would add scans, streams and every index that will ever be.
 */
const tableActions = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'ConditionCheckItem',
].map((action) => `dynamodb:${action}`);

/** What DynamoDB and S3 do in the caller's name with the key that a table or bucket is encrypted with. */
const tableKeyActions = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:DescribeKey',
];
const bucketKeyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];

interface TableGrant {
  readonly table?: Table;
  /** Names of the table's indexes. */
  readonly indexes?: readonly string[];
}

interface FilesGrant {
  readonly bucket: Bucket;
  readonly prefixes: readonly string[];
}

/** Reading and writing a capability's table; nothing where it has none. */
export function tableStatements({ table, indexes = [] }: TableGrant, keyArn: string): readonly PolicyStatement[] {
  if (!table) return [];
  const indexArns = indexes.map((name) => `${table.tableArn}/index/${name}`);
  return [
    new PolicyStatement({ actions: tableActions, resources: [table.tableArn] }),
    ...(indexArns.length > 0 ? [new PolicyStatement({ actions: ['dynamodb:Query'], resources: indexArns })] : []),
    keyStatement(keyArn, tableKeyActions, 'dynamodb'),
  ];
}

/** Reading and writing the files below a bucket's prefixes. */
export function fileStatements({ bucket, prefixes }: FilesGrant, keyArn: string): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    }),
    keyStatement(keyArn, bucketKeyActions, 's3'),
  ];
}

/** Publishing to the bus in the name of one capability: the bus refuses events with another's source. */
export function publishStatement(service: string, busArn: string): PolicyStatement {
  return new PolicyStatement({
    actions: ['events:PutEvents'],
    resources: [busArn],
    conditions: { StringEquals: { 'events:source': `yudao.${service}` } },
  });
}

/** Putting a message into an encrypted queue. */
export function sendStatements(queueArn: string, keyArn: string): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }),
    keyStatement(keyArn, ['kms:Decrypt', 'kms:GenerateDataKey'], 'sqs'),
  ];
}

function keyStatement(keyArn: string, actions: readonly string[], service: string): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [keyArn],
    conditions: { StringLike: { 'kms:ViaService': `${service}.${Aws.REGION}.*` } },
  });
}
