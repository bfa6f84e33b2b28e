import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { apiDefinition } from '../../../infra/cloud/api-definition.ts';
import { gatewayResponses } from '../../../infra/cloud/gateway-responses.ts';
import type { RouteDescription, ServiceDescription } from '../../../shared/service/description.ts';
import { orders, samples } from './sample-services.ts';
import { property, resources, synthesise } from './synthesise.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly 'x-amazon-apigateway-integration': { readonly uri: unknown; readonly type: string };
}

interface Body {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[];
}

const { templates } = synthesise(samples);
const bodyOf = (template: Template) => resources(template, 'AWS::ApiGateway::RestApi')[0]?.Properties.Body as Body;
const body = bodyOf(templates.api);

describe('the API in the cloud', () => {
  test('serves every route of the descriptions and no other', () => {
    const served = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.sort()).toEqual(['GET /terms', 'GET /v1/orders/{orderId}', 'POST /v1/orders']);
  });

  test('calls the function of the capability', () => {
    const { uri, type } = body.paths['/v1/orders']?.post?.['x-amazon-apigateway-integration'] ?? {};
    expect(type).toBe('aws_proxy');
    expect(JSON.stringify(uri)).toMatch(/"OrdersApiFunction\w+"/);
  });

  test('asks for a token everywhere but where the description says PUBLIC', () => {
    expect(body.paths['/v1/orders']?.post?.security).toEqual([{ accessToken: [] }]);
    expect(body.paths['/terms']?.get?.security).toEqual([]);
  });

  test('hands over the bytes of a body as they came', () => {
    expect(body['x-amazon-apigateway-binary-media-types']).toEqual(['*/*']);
  });

  test('asks the authorizer who calls, and keeps the answer by the token for five minutes', () => {
    expect(JSON.stringify(body)).toContain('"identitySource":"method.request.header.Authorization"');
    expect(JSON.stringify(body)).toContain('"authorizerResultTtlInSeconds":300');
  });

  test('takes TLS 1.2 at least, is throttled, traced and logged, and never logs a body', () => {
    templates.api.hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    });
    const [stage] = resources(templates.api, 'AWS::ApiGateway::Stage');
    expect(stage?.Properties).toMatchObject({
      StageName: 'api',
      TracingEnabled: true,
      MethodSettings: [{ DataTraceEnabled: false, ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }],
    });
    const { Format } = property<{ Format: string }>(stage, 'AccessLogSetting');
    expect(Object.keys(JSON.parse(Format) as object)).toEqual(
      expect.arrayContaining(['requestId', 'status', 'tenant', 'latencyMs']),
    );
    expect(Format).not.toMatch(/\$context\.(path|requestOverride|authorizer\.claims)|\$input/);
  });

  test('stands behind a firewall that lets large bodies through and stops one address that asks too much', () => {
    expect(resources(templates.api, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    const [acl] = resources(templates.api, 'AWS::WAFv2::WebACL');
    const rules = acl?.Properties.Rules as readonly { Name: string; Action?: object }[];
    expect(rules.map(({ Name }) => Name)).toEqual([
      'RatePerAddress',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    expect(rules[0]?.Action).toEqual({ Block: {} });
    expect(JSON.stringify(rules)).toContain('{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}');
  });

  test('is deployed anew when a route is added', () => {
    const more: RouteDescription = {
      operation: 'listOrders',
      method: 'GET',
      path: '/v1/orders',
      access: ['auditor'],
      summary: 'List orders',
      success: 200,
    };
    const changed = synthesise([{ ...orders, routes: [...(orders.routes ?? []), more] }, ...samples.slice(1)]);
    const idOf = (template: Template) => Object.keys(template.findResources('AWS::ApiGateway::Deployment')).join();
    expect(idOf(changed.templates.api)).not.toBe(idOf(templates.api));
    expect(Object.keys(bodyOf(changed.templates.api).paths['/v1/orders'] ?? {})).toEqual(['post', 'get']);
  });
});

describe('what the gateway says by itself', () => {
  const responses = gatewayResponses() as Record<
    string,
    { statusCode: number; responseParameters: Record<string, string>; responseTemplates: Record<string, string> }
  >;

  test.each([
    ['UNAUTHORIZED', 401, 'access/unauthorised'],
    ['ACCESS_DENIED', 403, 'access/role-not-allowed'],
    ['MISSING_AUTHENTICATION_TOKEN', 404, 'request/unknown-route'],
    ['REQUEST_TOO_LARGE', 413, 'request/payload-too-large'],
    ['THROTTLED', 429, 'request/too-many-requests'],
    ['DEFAULT_5XX', 500, 'request/internal-error'],
    ['INTEGRATION_TIMEOUT', 503, 'request/unavailable'],
  ])('%s is a problem of status %i and code %s', (name, status, code) => {
    const { statusCode, responseParameters, responseTemplates } = responses[name] ?? {};
    expect(statusCode).toBe(status);
    expect(responseParameters?.['gatewayresponse.header.content-type']).toBe("'application/problem+json'");
    expect(responseParameters?.['gatewayresponse.header.x-request-id']).toBe('context.requestId');
    expect(responseParameters?.['gatewayresponse.header.x-content-type-options']).toBe("'nosniff'");
    expect(JSON.parse(responseTemplates?.['application/json'] ?? '')).toMatchObject({
      status,
      code,
      requestId: '$context.requestId',
    });
  });

  test('says when to come back', () => {
    expect(responses.THROTTLED?.responseParameters['gatewayresponse.header.retry-after']).toBe("'5'");
    expect(responses.UNAUTHORIZED?.responseParameters['gatewayresponse.header.www-authenticate']).toBe("'Bearer'");
  });
});

describe('routes that the gateway would refuse are refused before', () => {
  const route = (path: string): RouteDescription => ({
    operation: 'x',
    method: 'GET',
    path,
    access: 'PUBLIC',
    summary: 'X',
    success: 200,
  });
  const define = (...paths: readonly string[]) => {
    const service: ServiceDescription = { name: 'x', title: 'X', description: 'X', routes: paths.map(route) };
    return apiDefinition({ services: [service], functionArnOf: () => 'arn', authorizerArn: 'arn' });
  };

  test('a route described twice', () => {
    expect(() => define('/v1/a', '/v1/a')).toThrow('GET /v1/a is described twice');
  });

  test('two names for one variable', () => {
    expect(() => define('/v1/a/{id}', '/v1/a/{key}/b')).toThrow(/below \/v1\/a the gateway knows \{id\}/);
    expect(() => define('/v1/a/{id}', '/v1/a/{id}/b', '/v1/b/{key}')).not.toThrow();
  });
});
