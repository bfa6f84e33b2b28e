import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { samples } from './sample-services.ts';
import { resources, synthesise } from './synthesise.ts';

const { templates, all } = synthesise(samples);
const text = (value: unknown) => JSON.stringify(value);

/** Whether something in the template puts what it could not handle into the queue. */
function isDestination(queueId: string, template: unknown): boolean {
  const arn = text({ 'Fn::GetAtt': [queueId, 'Arn'] });
  const all = text(template);
  return [`"deadLetterTargetArn":${arn}`, `"Destination":${arn}`, `"DeadLetterConfig":{"Arn":${arn}}`].some((use) =>
    all.includes(use),
  );
}

describe('what is kept', () => {
  const tables = resources(templates.data, 'AWS::DynamoDB::Table');

  test('has a table for each capability that describes one, and says whose it is', () => {
    expect(tables.map(({ Metadata }) => Metadata?.['yudao:service']).sort()).toEqual(['orders', 'parcel-shipping']);
  });

  test('can be restored, cannot be deleted by mistake, and is encrypted with our key', () => {
    for (const table of tables) {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      });
    }
  });

  test('has the indexes and the expiry that the description names', () => {
    templates.data.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byBuyer',
          KeySchema: [
            { AttributeName: 'buyer', KeyType: 'HASH' },
            { AttributeName: 'placedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('files lie in a bucket that is closed, versioned, logged and encrypted with our key', () => {
    templates.data.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: { DestinationBucketName: Match.anyValue() },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      },
    });
  });

  test('a file put under the prefix becomes a message in a queue that S3 may send to', () => {
    templates.data.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: {
        QueueConfigurations: [
          { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'orders/' }] } } },
        ],
      },
    });
    templates.data.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sqs:SendMessage', Principal: { Service: 's3.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('every key turns by itself', () => {
    const keys = resources(all, 'AWS::KMS::Key');
    expect(keys).toHaveLength(3);
    for (const { Properties } of keys) expect(Properties.EnableKeyRotation).toBe(true);
  });
});

describe('every queue', () => {
  const queues = resources(all, 'AWS::SQS::Queue');

  test('is encrypted with a key of ours', () => {
    expect(queues.length).toBeGreaterThan(5);
    for (const { Properties } of queues) expect(text(Properties.KmsMasterKeyId)).toContain('Key');
  });

  test('has a queue of dead letters, or is one', () => {
    for (const template of [templates.data, templates.events]) {
      for (const [id, queue] of Object.entries(template.findResources('AWS::SQS::Queue'))) {
        const hasOne = queue.Properties.RedrivePolicy !== undefined;
        expect(hasOne || isDestination(id, template.toJSON()), id).toBe(true);
      }
    }
  });

  test('refuses what comes without TLS', () => {
    const policies = resources(all, 'AWS::SQS::QueuePolicy').map(({ Properties }) => text(Properties));
    const closed = policies.filter((policy) => policy.includes('"aws:SecureTransport":"false"'));
    expect(closed).toHaveLength(queues.length);
  });
});
