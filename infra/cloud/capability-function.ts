import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSettings, ServiceDescription } from '../../shared/service/description.ts';
import type { DataStack } from './data-stack.ts';
import type { Entry } from './entries.ts';
import { dataStatements, publishStatement } from './grants.ts';
import { bucketVariable, tableVariable } from './names.ts';

/** Logs hold no account number and no amount; they stay long enough for a question about last year's day. */
export const logRetention = RetentionDays.THIRTEEN_MONTHS;

/** The code of a function; where it comes from is the app's affair. */
export type CodeOf = (entry: Entry) => Code;

export interface CapabilityFunctionProps {
  /** Its name is enough for a function that keeps nothing. */
  readonly service: Pick<ServiceDescription, 'name' | 'uses' | 'publishes'>;
  readonly entry: string;
  readonly settings: Required<FunctionSettings>;
  readonly code: CodeOf;
  readonly data: DataStack;
  /** The bus that it may publish to, under its capability's name. Without one it cannot publish. */
  readonly bus?: IEventBus;
  /** Settings besides those that come with tables, buckets and the bus. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * One function of a capability. How functions run stands here and nowhere else. What a function is told of in its
 * environment and what it may do are given together, so that neither is without the other: the capability's own data,
 * that of the capabilities it uses, and the bus where it has one.
 */
export class CapabilityFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly source: Entry;

  constructor(scope: Construct, id: string, props: CapabilityFunctionProps) {
    super(scope, id);
    const { service, entry, settings, code, data, bus, environment = {} } = props;
    this.source = { service: service.name, entry };
    const logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN });
    this.fn = new LambdaFunction(this, 'Function', {
      description: `Yudao: ${service.name}/${entry}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: code(this.source),
      role: this.makeRole(logGroup, data),
      memorySize: settings.memoryMb,
      timeout: Duration.seconds(settings.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup: logGroup as ILogGroup,
      environment: { ...environment },
      environmentEncryption: data.key,
    });
    for (const name of new Set([service.name, ...(service.uses ?? [])])) this.openData(name, data);
    if (bus && service.publishes?.length) this.openBus(service.name, bus);
  }

  /** A role that may log, trace and read its own settings: what every function needs and no managed policy grants alone. */
  private makeRole(logGroup: LogGroup, data: DataStack): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [data.key.keyArn] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Writing traces (xray:PutTraceSegments, xray:PutTelemetryRecords) knows no resources.',
    });
    return role;
  }

  private openData(service: string, data: DataStack): void {
    const kept = data.dataOf(service);
    for (const statement of dataStatements(kept, data.key.keyArn)) this.fn.addToRolePolicy(statement);
    if (kept.table) {
      this.fn.addEnvironment(tableVariable(service), kept.table.tableName);
      this.fn.addEnvironment('NUMBER_HASH_KEY', data.numberHashKey.secretValue.unsafeUnwrap());
    }
    if (kept.files) {
      this.fn.addEnvironment(bucketVariable(service), kept.files.bucket.bucketName);
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-IAM5',
        reason: 'The keys of uploaded files are not known beforehand; the permission ends at the prefix of uploads.',
      });
    }
  }

  private openBus(service: string, bus: IEventBus): void {
    this.fn.addToRolePolicy(publishStatement(service, bus.eventBusArn));
    this.fn.addEnvironment('EVENT_BUS', bus.eventBusName);
  }
}
