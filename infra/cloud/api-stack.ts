import { CfnOutput, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  type CfnRestApi,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';
import type { AccessStack } from './access-stack.ts';
import { apiDefinition } from './api-definition.ts';
import { CapabilityFunction, type CodeOf, logRetention } from './capability-function.ts';
import type { DataStack } from './data-stack.ts';
import { authorizer, defaultMemoryMb, routeTimeoutSeconds } from './entries.ts';
import { Firewall } from './firewall.ts';
import { toFunctionId } from './names.ts';

/** The stage stands in the address, in front of the paths: `…/api/v1/accounts`. */
const STAGE = 'api';
/** Requests per second over all callers, and how many at once. An account's functions run 1,000 at a time unless raised. */
const REQUESTS_PER_SECOND_MAX = 500;
const REQUESTS_AT_ONCE_MAX = 1_000;
/** Seconds that the authorizer may take. It asks the issuer for its keys once, and no longer than three. */
const AUTHORIZER_TIMEOUT_SECONDS = 10;
/** TLS 1.2 or newer, only with suites under which a recorded connection stays secret. The gateway's default is TLS 1.0. */
const TLS_POLICY = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';

/** One line per request: who, what, how it ended and how long it took. Never a body, a query or the path with its ids. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  address: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  problem: '$context.error.responseType',
  tenant: '$context.authorizer.tenant',
  client: '$context.authorizer.client',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integration.latency',
  authorizerMs: '$context.authorizer.latency',
  bytes: '$context.responseLength',
  firewall: '$context.wafResponseCode',
  tls: '$context.tlsVersion',
  trace: '$context.xrayTraceId',
};

export interface ApiStackProps extends StackProps {
  readonly services: readonly ServiceDescription[];
  readonly data: DataStack;
  readonly access: AccessStack;
  readonly code: CodeOf;
}

/** The REST API: the routes of all descriptions, the function behind each capability's, and what stands in front. */
export class ApiStack extends Stack {
  readonly api: SpecRestApi;
  readonly functions: ReadonlyMap<string, CapabilityFunction>;
  readonly authorizer: CapabilityFunction;

  constructor(scope: Construct, id: string, { services, data, access, code, ...props }: ApiStackProps) {
    super(scope, id, { description: 'Yudao: the API', ...props });
    const parts = { data, access, code };
    const withRoutes = services.filter(({ routes = [] }) => routes.length > 0);
    this.functions = new Map(withRoutes.map((service) => [service.name, this.makeFunction(service, parts)]));
    this.authorizer = this.makeAuthorizer(parts);
    this.api = this.makeApi(services);
    for (const { fn } of this.functions.values()) this.letGatewayCall(fn, `${STAGE}/*/*`);
    this.letGatewayCall(this.authorizer.fn, 'authorizers/*');
    new Firewall(this, 'Firewall', { stageArn: this.api.deploymentStage.stageArn });
    new CfnOutput(this, 'BaseUrl', { value: this.api.urlForPath('/').replace(/\/$/, '') });
  }

  private makeFunction(service: ServiceDescription, parts: FunctionParts): CapabilityFunction {
    const { memoryMb = defaultMemoryMb, timeoutSeconds = routeTimeoutSeconds } = service.api ?? {};
    const entry = 'api';
    return new CapabilityFunction(this, toFunctionId({ service: service.name, entry }), {
      service,
      entry,
      settings: { memoryMb, timeoutSeconds },
      environment: { TOKEN_URL: parts.access.tokenUrl },
      ...parts,
    });
  }

  private makeAuthorizer(parts: FunctionParts): CapabilityFunction {
    return new CapabilityFunction(this, 'Authorizer', {
      service: { name: authorizer.service },
      entry: authorizer.entry,
      settings: { memoryMb: defaultMemoryMb, timeoutSeconds: AUTHORIZER_TIMEOUT_SECONDS },
      environment: { ISSUER_URL: parts.access.issuerUrl },
      ...parts,
    });
  }

  private makeApi(services: readonly ServiceDescription[]): SpecRestApi {
    const log = new LogGroup(this, 'AccessLog', { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN });
    const api = new SpecRestApi(this, 'Api', {
      restApiName: this.stackName,
      apiDefinition: ApiDefinition.fromInline(
        apiDefinition({
          services,
          functionArnOf: (service) => this.functionOf(service).fn.functionArn,
          authorizerArn: this.authorizer.fn.functionArn,
        }),
      ),
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: STAGE,
        tracingEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        throttlingRateLimit: REQUESTS_PER_SECOND_MAX,
        throttlingBurstLimit: REQUESTS_AT_ONCE_MAX,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    const definition = api.node.defaultChild as CfnRestApi;
    definition.securityPolicy = TLS_POLICY;
    definition.endpointAccessMode = 'STRICT';
    acknowledgeFindings(api);
    return api;
  }

  private functionOf(service: string): CapabilityFunction {
    const found = this.functions.get(service);
    if (!found) throw new Error(`${service} has no function behind its routes`);
    return found;
  }

  private letGatewayCall(fn: CapabilityFunction['fn'], callers: string): void {
    fn.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.formatArn({ service: 'execute-api', resource: this.api.restApiId, resourceName: callers }),
    });
  }
}

type FunctionParts = Pick<ApiStackProps, 'data' | 'access' | 'code'>;

function acknowledgeFindings(api: SpecRestApi): void {
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-APIG2',
    reason:
      'Each function checks path, query and body against its contract, and names every field at fault; a second check in the gateway would answer less and could differ.',
  });
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'The role with which API Gateway writes logs is one for the whole account; AWS asks for this policy of its own.',
  });
}
