import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Exchange, Middleware } from '../exchange.ts';
import { describeError, writeLog } from '../log.ts';

const METRICS_NAMESPACE = 'Yudao/Http';

/**
 * One line per request: who asked what and how it ended, never what was in it. The same line carries the metrics in
 * CloudWatch's embedded format, so that neither can be without the other. Refusals (4xx) are no errors of ours.
 */
export function requestLog(service: string): Middleware {
  const write = ({ event, response }: { event: Exchange; response?: APIGatewayProxyResult | null | undefined }) => {
    writeLog({
      ...lineOf(event, response?.statusCode ?? 500),
      ...metricsOf(service, event, response?.statusCode ?? 500),
    });
  };
  return { after: write, onError: write };
}

function lineOf({ event, actor, requestId, problem, failure }: Exchange, status: number) {
  return {
    level: failure === undefined ? 'INFO' : 'ERROR',
    message: 'request',
    method: event.httpMethod,
    resource: event.resource,
    status,
    tenant: actor?.tenant,
    client: actor?.client,
    role: actor?.role,
    requestId,
    gatewayRequestId: event.requestContext.requestId,
    problem: problem?.code,
    error: failure === undefined ? undefined : describeError(failure),
  };
}

function metricsOf(service: string, exchange: Exchange, status: number) {
  return {
    Service: service,
    Operation: exchange.target?.route.operation ?? 'unknown',
    Requests: 1,
    Refusals: status >= 400 && status < 500 ? 1 : 0,
    Errors: status >= 500 ? 1 : 0,
    Latency: Math.round((performance.now() - exchange.startedMs) * 10) / 10,
    _aws: {
      Timestamp: exchange.receivedAt.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['Service'], ['Service', 'Operation']],
          Metrics: [
            { Name: 'Requests', Unit: 'Count' },
            { Name: 'Refusals', Unit: 'Count' },
            { Name: 'Errors', Unit: 'Count' },
            { Name: 'Latency', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
  };
}
