import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { orders, samples } from './sample-services.ts';
import { property, resources, synthesise } from './synthesise.ts';

const { templates, all } = synthesise(samples, ['acme', 'beta']);
const text = (value: unknown) => JSON.stringify(value);

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

  test('is handed a table in tumbling windows, one call at a time in a shard, until it takes each record', () => {
    const [mapping] = resources(templates.events, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.TumblingWindowInSeconds,
    );
    expect(mapping?.Properties).toMatchObject({
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 1,
      TumblingWindowInSeconds: 60,
      ParallelizationFactor: 1,
      MaximumRetryAttempts: -1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
    expect(mapping?.Properties).not.toHaveProperty('BisectBatchOnFunctionError');
    expect(mapping?.Properties).not.toHaveProperty('MaximumRecordAgeInSeconds');
  });

  test('is handed the kinds of items it asked for, removed ones too', () => {
    const [mapping] = resources(templates.events, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.FilterCriteria,
    );
    const { Filters } = property<{ Filters: readonly { Pattern: string }[] }>(mapping, 'FilterCriteria');
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
    const workers = 6;
    const bus = 1;
    expect(about('ApproximateNumberOfMessagesVisible')).toHaveLength(workers + bus);
  });

  test('hear of a late stream, of 5xx and of throttled writes', () => {
    expect(about('IteratorAge').map(({ Properties }) => Properties.Threshold)).toEqual([600_000, 600_000]);
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
