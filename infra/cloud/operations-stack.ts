import { Aws, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { makeDashboard } from './dashboard.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Read by CDK in the stack that refers to another. Exports (`strong`) could not go while an alarm still watches them. */
const CROSS_STACK_REFERENCES = '@aws-cdk/core:defaultCrossStackReferences';

export interface OperationsStackProps extends StackProps, OperationsParts {
  /** Who is told of alarms, besides who subscribes to the topic. */
  readonly alarmEmail?: string;
}

/** How the system does: a dashboard with a row per capability, and alarms told to a topic. */
export class OperationsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { services, data, events, api, alarmEmail, ...props }: OperationsStackProps,
  ) {
    super(scope, id, { description: 'Yudao: dashboard and alarms', ...props });
    this.node.setContext(CROSS_STACK_REFERENCES, 'weak');
    const parts = { services, data, events, api };
    const topic = this.makeTopic();
    if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
    new Alarms(this, 'Alarm', parts, new SnsAction(topic as ITopic));
    const { dashboardName } = makeDashboard(this, parts);
    new CfnOutput(this, 'DashboardName', { value: dashboardName });
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }

  private makeTopic(): Topic {
    const masterKey = new Key(this, 'Key', {
      description: 'Yudao: encrypts what alarms say',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    masterKey.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*');
    return new Topic(this, 'Alarms', { masterKey, enforceSSL: true });
  }
}
