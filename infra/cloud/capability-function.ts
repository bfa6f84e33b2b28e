import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSettings, ServiceDescription } from '../../shared/service/description.ts';
import type { DataStack } from './data-stack.ts';
import type { Entry } from './entries.ts';
import { filesFindings } from './findings.ts';
import { fileStatements, publishStatement, tableStatements } from './grants.ts';
import { bucketVariable, tableVariable, toConstructId } from './names.ts';
import type { UploadBucket } from './upload-bucket.ts';

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
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: CapabilityFunctionProps) {
    super(scope, id);
    const { service, entry, settings, code, data, bus, environment = {} } = props;
    this.source = { service: service.name, entry };
    const logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN });
    this.role = this.makeRole(logGroup, data);
    this.fn = new LambdaFunction(this, 'Function', {
      description: `Yudao: ${service.name}/${entry}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: code(this.source),
      role: this.role as IRole,
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
      reason: 'Writing traces (xray:Put…) and listing streams (dynamodb:ListStreams) know no resources.',
    });
    return role;
  }

  private openData(service: string, data: DataStack): void {
    const { table, files, ...kept } = data.dataOf(service);
    if (table) {
      for (const statement of tableStatements({ table, ...kept }, data.key.keyArn)) this.fn.addToRolePolicy(statement);
      this.fn.addEnvironment(tableVariable(service), table.tableName);
      this.fn.addEnvironment('NUMBER_HASH_KEY', data.numberHashKey.secretValue.unsafeUnwrap());
    }
    if (files) {
      this.openFiles(`${toConstructId(service)}Files`, files, data);
      this.fn.addEnvironment(bucketVariable(service), files.bucket.bucketName);
    }
  }

  private openFiles(id: string, files: UploadBucket, data: DataStack): void {
    const statements = [...fileStatements(files, data.key.keyArn)];
    const policy = new Policy(this, id, { statements, roles: [this.role as IRole] });
    for (const id of filesFindings(files)) {
      Validations.of(policy).acknowledge({
        id,
        reason: 'The names of files are not known beforehand; the permission ends at the prefixes of the description.',
      });
    }
  }

  private openBus(service: string, bus: IEventBus): void {
    this.fn.addToRolePolicy(publishStatement(service, bus.eventBusArn));
    this.fn.addEnvironment('EVENT_BUS', bus.eventBusName);
  }
}
