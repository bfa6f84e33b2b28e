import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { orders, samples } from './sample-services.ts';
import { resources, statements, synthesise } from './synthesise.ts';

const { templates, all } = synthesise(samples, ['acme', 'beta']);
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

describe('every function', () => {
  const functions = resources(all, 'AWS::Lambda::Function');

  test('runs on Node 24 and arm64, is traced, and logs JSON to a group that stays', () => {
    expect(functions.map(({ Properties }) => Properties.Description).sort()).toEqual([
      'Yudao: access/authorizer',
      'Yudao: orders/api',
      'Yudao: orders/expire.job',
      'Yudao: orders/on-change',
      'Yudao: orders/on-upload',
      'Yudao: parcel-shipping/hand-over.job',
      'Yudao: parcel-shipping/on-order',
    ]);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
        KmsKeyArn: expect.anything(),
      });
    }
  });

  test.each([
    ['orders/api', 768, 20],
    ['orders/on-upload', 1024, 300],
    ['orders/on-change', 512, 60],
    ['parcel-shipping/on-order', 512, 40],
  ])('%s has the memory and the time that its description asks for', (name, memory, seconds) => {
    const found = functions.find(({ Properties }) => Properties.Description === `Yudao: ${name}`);
    expect(found?.Properties).toMatchObject({ MemorySize: memory, Timeout: seconds });
  });

  const environmentOf = (name: string) => {
    const found = functions.find(({ Properties }) => Properties.Description === `Yudao: ${name}`);
    return (found?.Properties.Environment as { Variables: Record<string, unknown> }).Variables;
  };

  test('knows its own data, that of the capabilities it uses, and the bus where it publishes', () => {
    expect(Object.keys(environmentOf('orders/on-change')).sort()).toEqual([
      'BUCKET_ORDERS',
      'EVENT_BUS',
      'NUMBER_HASH_KEY',
      'TABLE_ORDERS',
    ]);
    expect(Object.keys(environmentOf('parcel-shipping/on-order')).sort()).toEqual([
      'BUCKET_ORDERS',
      'NUMBER_HASH_KEY',
      'TABLE_ORDERS',
      'TABLE_PARCEL_SHIPPING',
    ]);
    expect(Object.keys(environmentOf('access/authorizer'))).toEqual(['ISSUER_URL']);
  });

  test('a caller waits for cannot publish: what changes leaves through the table', () => {
    expect(Object.keys(environmentOf('orders/api'))).not.toContain('EVENT_BUS');
    expect(statements([templates.api]).flatMap(({ actions }) => actions)).not.toContain('events:PutEvents');
  });

  test('gets the hash key by reference to the secret, never as a text', () => {
    expect(text(environmentOf('orders/api').NUMBER_HASH_KEY)).toContain('{{resolve:secretsmanager:');
  });
});

describe('permissions', () => {
  const given = statements(all);

  test('on tables and indexes name the actions and the resources', () => {
    const onTables = given.filter(({ actions }) =>
      actions.some((action) => action.startsWith('dynamodb:') && action !== 'dynamodb:ListStreams'),
    );
    expect(onTables.length).toBeGreaterThan(5);
    for (const { actions, Resource } of onTables) {
      if (actions.includes('dynamodb:ListStreams')) continue;
      expect(actions.join()).not.toContain('*');
      expect(text(Resource)).not.toContain('*');
    }
    expect(given.flatMap(({ actions }) => actions)).not.toContain('dynamodb:Scan');
  });

  test('let a function ask an index and do nothing else to it', () => {
    const onIndexes = given.filter(({ Resource }) => text(Resource).includes('/index/'));
    expect(onIndexes.length).toBeGreaterThan(0);
    for (const { actions, Resource } of onIndexes) {
      expect(actions).toEqual(['dynamodb:Query']);
      expect(text(Resource)).toContain('/index/byBuyer');
    }
  });

  test('have no wildcard but for traces, the list of streams and the files below a prefix', () => {
    const wild = given.filter(({ actions, Resource }) => actions.join().includes('*') || text(Resource).includes('*'));
    const rest = wild.filter(({ actions, Resource }) => {
      const isTrace = actions.every((action) => action.startsWith('xray:Put') || action === 'dynamodb:ListStreams');
      return !isTrace && !text(Resource).includes('/orders/*');
    });
    expect(rest).toEqual([]);
  });

  test('to publish are for the own name only', () => {
    const publishing = given.filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing.length).toBeGreaterThan(0);
    for (const { Condition } of publishing)
      expect(Condition).toEqual({ StringEquals: { 'events:source': 'yudao.orders' } });
  });
});

describe('what runs by itself', () => {
  test('follows a table from the oldest change, halves a failing batch and puts the bad record aside', () => {
    templates.events.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 2,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 20,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  test('is handed the kinds of items it asked for, removed ones too', () => {
    const [mapping] = resources(templates.events, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.FilterCriteria,
    );
    const { Filters } = mapping?.Properties.FilterCriteria as { Filters: readonly { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { kind: { S: ['ORDER', 'LINE'] } } } },
      { eventName: ['REMOVE'], dynamodb: { OldImage: { kind: { S: ['ORDER', 'LINE'] } } } },
    ]);
  });

  test('gets events of the named types and of the capability that publishes them, through a queue', () => {
    templates.events.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['yudao.orders'], 'detail-type': ['orders.order-placed.v1'] },
      Targets: [Match.objectLike({ Arn: Match.anyValue(), DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    templates.events.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 240,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 5 }),
    });
    templates.events.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 25,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('gets uploaded files one at a time', () => {
    templates.events.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      EventSourceArn: { 'Fn::ImportValue': Match.stringLikeRegexp('Uploads') },
    });
  });

  test('is called by the clock: every so many minutes, or at a local time', () => {
    templates.events.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      Target: Match.objectLike({
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: { Arn: Match.anyValue() },
      }),
    });
    templates.events.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(5 9 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
    });
  });

  test('keeps what went over the bus', () => {
    templates.events.hasResourceProperties('AWS::Events::EventBus', {
      KmsKeyIdentifier: Match.anyValue(),
      DeadLetterConfig: Match.anyValue(),
    });
    templates.events.hasResourceProperties('AWS::Events::Archive', {
      RetentionDays: 400,
      KmsKeyIdentifier: Match.anyValue(),
    });
  });
});

describe('who may call', () => {
  test('is known by tenant and role, one client each; merchants come later', () => {
    const servers = resources(templates.access, 'AWS::Cognito::UserPoolResourceServer');
    expect(servers.map(({ Properties }) => Properties.Identifier)).toEqual(['acme', 'beta']);
    expect(resources(templates.access, 'AWS::Cognito::UserPoolClient')).toHaveLength(2 * 4);
    for (const { Properties } of resources(templates.access, 'AWS::Cognito::UserPoolClient')) {
      expect(Properties).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], GenerateSecret: true });
      expect(Properties.AllowedOAuthScopes).toHaveLength(1);
    }
  });

  test('stays when the stack goes', () => {
    templates.access.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  test('is not a tenant whose name would not fit into a token', () => {
    expect(() => synthesise([orders], ['a tenant'])).toThrow(/no name for a tenant/);
  });
});

describe('operations', () => {
  const alarms = resources(templates.operations, 'AWS::CloudWatch::Alarm');
  const about = (metric: string) => alarms.filter(({ Properties }) => Properties.MetricName === metric);

  test('hear of every function that fails or is held back', () => {
    expect(about('Errors')).toHaveLength(resources(all, 'AWS::Lambda::Function').length);
    expect(about('Throttles')).toHaveLength(resources(all, 'AWS::Lambda::Function').length);
  });

  test('hear of every message put aside', () => {
    const workers = 5;
    const bus = 1;
    expect(about('ApproximateNumberOfMessagesVisible')).toHaveLength(workers + bus);
  });

  test('hear of a late stream, of 5xx and of throttled writes', () => {
    expect(about('IteratorAge').map(({ Properties }) => Properties.Threshold)).toEqual([600_000]);
    expect(about('5XXError')).toHaveLength(1);
    expect(about('WriteThrottleEvents')).toHaveLength(2);
  });

  test('are told, by a topic that only takes what is encrypted on its way', () => {
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toHaveLength(1);
    templates.operations.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  });

  test('see a row for each capability', () => {
    const [dashboard] = resources(templates.operations, 'AWS::CloudWatch::Dashboard');
    const body = text(dashboard?.Properties.DashboardBody);
    for (const { title } of samples) expect(body).toContain(`## ${title}`);
    for (const metric of ['Latency', 'TransactionConflict', 'ConsumedWriteCapacityUnits', 'IteratorAge'])
      expect(body).toContain(metric);
  });
});
